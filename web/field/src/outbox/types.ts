import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { field } from '@linli/contract/endpoints/field'
import type { intake } from '@linli/contract/endpoints/intake'
import type { patrol } from '@linli/contract/endpoints/patrol'

export type Bundle = NonNullable<AnswerOf<typeof field.bundle>['bundle']>
export type Task = Bundle['tasks'][number]
export type Items = NonNullable<Bundle['items']>
export type Item = Items['rows'][number]
export type Matters = NonNullable<Bundle['matters']>
export type Areas = NonNullable<Bundle['areas']>
export type Shift = NonNullable<Bundle['shift']>
export type Left = Bundle['left'][number]

type ReportBody = Omit<BodyOf<typeof intake.report>, 'photos' | 'saidAt'>
type DoBody = Omit<BodyOf<typeof patrol.doDuty>, 'photos' | 'madeAt' | 'finding'>
type ExcuseBody = Omit<BodyOf<typeof patrol.excuseDuty>, 'madeAt'>
type MoveBody = Omit<BodyOf<typeof cases.move>, 'evidence'>
type Finding = Omit<NonNullable<BodyOf<typeof patrol.doDuty>['finding']>, 'photos'>

/** What somebody did, without what is only known when it is sent: the ids of uploaded photos and the time by the server's clock. */
export type Act =
  | { readonly kind: 'report'; readonly body: ReportBody }
  | { readonly kind: 'duty'; readonly body: DoBody; readonly finding?: Finding }
  | { readonly kind: 'excuse'; readonly body: ExcuseBody }
  | { readonly kind: 'correct'; readonly entryId: string; readonly reason: string }
  | { readonly kind: 'move'; readonly caseId: string; readonly number: string; readonly seq: number; readonly body: MoveBody }
  | { readonly kind: 'shiftOn' }
  | { readonly kind: 'shiftOff'; readonly shiftId: string | null }

/** A photo of an entry: where it lies on the telephone, for which part it is, and its id once it was uploaded. */
export interface EntryPhoto {
  readonly blob: string
  readonly part: 'act' | 'finding'
  readonly sent: string | null
}
/** Why the server refused: the code and what it named; words are the catalogue's. */
export interface Rejection {
  readonly code: string
  readonly pointers: readonly string[]
  readonly seq: number | null
}
/** When something was done: by the telephone's clock, by the server's as far as it was known then, and not before what was last heard of the server. */
export interface Stamp {
  readonly deviceAt: number
  readonly offsetMs: number
  readonly notBefore: number
}

/** One thing that waits to be sent (待发): it stays until the server took it or somebody gave it up. */
export interface Entry {
  /** Its idempotency key. */
  readonly id: string
  /** Order in which things were done. */
  readonly n: number
  readonly personId: string
  /** What stands in one lane goes in its order, and nothing passes a thing that was refused. */
  readonly lane: string
  readonly title: string
  readonly act: Act
  readonly photos: readonly EntryPhoto[]
  readonly stamp: Stamp
  /** The body as it was first sent: a resend is the same to the letter. */
  readonly body: unknown
  readonly tries: number
  readonly nextAt: number
  /** The photos have been uploaded a second time. */
  readonly photosAgain: boolean
  readonly rejection: Rejection | null
}

/** What was sent and taken, so that numbers can be compared and an own entry taken back. */
export interface Sent {
  readonly id: string
  readonly personId: string
  readonly at: number
  readonly kind: Act['kind']
  readonly title: string
  readonly number: string | null
  /** Of a move: the case. */
  readonly caseId: string | null
  /** Of a duty: what it was and the entry that it made. */
  readonly duty: { readonly gridCode: string; readonly itemKey: string; readonly period: string; readonly entryId: string } | null
}

/** A point where somebody on duty was, until it is sent. */
export interface TrackPoint {
  readonly at: number
  readonly lon: number
  readonly lat: number
  readonly accuracyM: number
}

/** Who is signed in, as far as the telephone must know without a network. */
export interface Worker {
  readonly personId: string
  readonly personName: string
  readonly postId: string
  readonly postTitle: string
  readonly unitName: string
  readonly areaName: string
  readonly permissions: readonly string[]
}
