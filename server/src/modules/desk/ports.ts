import type { AnswerOf, BodyOf, QueryOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { desk as contract } from '@linli/contract/endpoints/desk'
import type { PersonActor } from '../../platform/rights/actor.ts'

/** A case as far as the desk needs it. */
export interface SeenCase {
  readonly id: string
  readonly districtId: number
  readonly seq: number
  readonly ended: boolean
  readonly areaPath: string
  readonly involved: readonly string[]
}
/** What the desk wants from others; app.ts connects it. */
export interface DeskPorts {
  /** The case if the actor may see it; NOT_FOUND for an absent and a hidden one alike. */
  visibleCase(actor: PersonActor, id: string): Promise<SeenCase>
  /** How many cases a filter holds, no more than one beyond `upTo`. */
  countCases(actor: PersonActor, filter: Omit<QueryOf<typeof cases.count>, 'upTo'>, upTo: number): Promise<number>
  /** What waits for an actor now, by what is new since an instant, due until another, and late. */
  waitingFor(actor: PersonActor, asked: { readonly since: Date; readonly soon: Date; readonly now: Date }): Promise<Waiting>
  previewMoves(actor: PersonActor, ids: readonly string[], move: BodyOf<typeof cases.move> | undefined): Promise<AnswerOf<typeof contract.previewMoves>>
  /** When so many hours of the city's office time are over. */
  workHoursFrom(hours: number, at: Date): Date
}
export type Waiting = Pick<AnswerOf<typeof contract.alerts>, 'counts' | 'fresh' | 'soon' | 'late'>
