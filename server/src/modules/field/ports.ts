import type { AnswerOf } from '@linli/contract/endpoint'
import type { field as contract } from '@linli/contract/endpoints/field'
import type { Crs } from '@linli/lib/geo/crs'
import type { Areal } from '@linli/lib/geo/geometry'
import type { PersonActor } from '../../platform/rights/actor.ts'

type Bundle = NonNullable<AnswerOf<typeof contract.bundle>['bundle']>
export type Task = Bundle['tasks'][number]
export type Items = Omit<NonNullable<Bundle['items']>, 'joint'>
export type Matters = NonNullable<Bundle['matters']>

/** A grid of a post with the ground that it stands on. */
export interface OwnGrid {
  readonly code: string
  readonly name: string
  readonly part: string | null
}
/** The live duties of some grids: periods once, and for each grid the state of each. */
export interface LiveDuties {
  readonly periods: readonly {
    readonly itemKey: string
    readonly period: string
    readonly startsAt: number
    readonly dueAt: number
    readonly closesAt: number
  }[]
  readonly grids: readonly { readonly gridCode: string; readonly states: readonly string[] }[]
}

/** What `field` wants from others; app.ts connects it. */
export interface FieldPorts {
  findArea(code: string): { readonly code: string; readonly name: string; readonly path: string } | undefined
  /** Where an area lies: its middle and its boundary (WGS84). */
  groundOf(code: string): { readonly center: { readonly lon: number; readonly lat: number }; readonly geometry: Areal } | undefined
  districtIdOf(path: string): number
  basicGridsBelow(path: string): readonly { readonly code: string; readonly name: string; readonly path: string }[]
  /** Converts and locates; undefined outside the city. */
  locate(position: {
    readonly lon: number
    readonly lat: number
    readonly crs: Crs
  }): { readonly lon: number; readonly lat: number; readonly gridCode: string | null } | undefined
  /** Today as days since 1970-01-01 and as text, in the city's time. */
  today(): { readonly day: number; readonly text: string; readonly startsAt: number; readonly weekStartsAt: number }
  ownGrids(actor: PersonActor): Promise<readonly OwnGrid[]>
  liveDuties(grids: readonly string[]): Promise<LiveDuties>
  items(): Items | undefined
  matters(): Matters
  tasks(actor: PersonActor, limit: number): Promise<{ readonly rows: readonly Task[]; readonly more: boolean }>
  /** A person's own acts on rounds between two instants, and what was refused and not taken since. */
  dutyActs(personId: string, from: Date, to: Date): Promise<{ readonly done: number; readonly excused: number; readonly corrected: number }>
  refusedActs(personId: string, from: Date, to: Date): Promise<readonly { readonly key: string; readonly code: string; readonly at: Date }[]>
  /** A person's own lines on ledgers between two instants. */
  ownMoves(personId: string, from: Date, to: Date): Promise<{ readonly reported: number; readonly moved: number }>
  /** Who has a grid now, whether the post ever had it, and what took over from it if it ended. */
  standingOf(
    gridCode: string,
    actor: PersonActor,
  ): Promise<
    | {
        readonly name: string
        readonly ended: boolean
        readonly to: readonly { readonly postTitle: string; readonly unitName: string }[]
        readonly successors: readonly string[]
      }
    | undefined
  >
  unitName(code: string): string
  /** The grids that posts are put to; a post that is put to none answers for all of its area. */
  gridsOfPosts(posts: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
  /** How many posts are put to each of some grids. */
  countPostsAt(grids: readonly string[]): Promise<ReadonlyMap<string, number>>
}
