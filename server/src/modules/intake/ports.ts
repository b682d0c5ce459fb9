import type { Crs } from '@linli/lib/geo/crs'
import type { Tx } from '../../platform/db/database.ts'
import type { FormSchema } from './forms.ts'
import type { Open311Ports } from './open311/ports.ts'
import type { Actor } from '../../platform/rights/actor.ts'

export interface PlacedReport {
  readonly lon: number
  readonly lat: number
  readonly districtId: number
  readonly areaPath: string
  readonly gridCode: string | null
}
export interface MatterFacts {
  readonly key: string
  readonly name: string
  readonly edition: number
  readonly rows: readonly number[]
  /** JSON Schema of what the matter asks beyond the common fields. */
  readonly form: FormSchema | undefined
}
export interface OpenFacts {
  readonly id: string
  readonly number: string
  readonly actor: Actor
  readonly channel: string
  readonly title: string
  readonly said: string
  readonly districtId: number
  readonly areaPath: string
  readonly gridCode: string | null
  readonly position: { readonly lon: number; readonly lat: number } | null
  readonly at: Date
  readonly matterKey: string | null
  readonly matterName: string | null
  readonly edition: number | null
  readonly conditionRow: number | null
  readonly photos: readonly string[]
  readonly filing: { readonly then: 'file' | 'reject' | 'person'; readonly rule: string; readonly explanation: string }
}

/** What `intake` wants from others; app.ts connects it. */
export interface IntakePorts {
  place(position: { readonly lon: number; readonly lat: number; readonly crs: Crs }, pointer: string): PlacedReport
  /** Whether a WGS84 position lies in the city. */
  isInside(lon: number, lat: number): boolean
  /** Where the sender's own photos say that they were taken. */
  photoPositions(ids: readonly string[], owner: string): Promise<{ lon: number; lat: number }[]>
  findComponent(code: string): Promise<{ lon: number; lat: number } | undefined>
  findMatter(key: string): MatterFacts | undefined
  hasOwner(matterKey: string, areaPath: string): boolean
  prepareCase(districtId: number, at: Date): Promise<{ id: string; number: string }>
  openCase(tx: Tx, facts: OpenFacts): Promise<{ id: string; number: string; state: string; owner: string | null; advised: string | null }>
  takePhotos(tx: Tx, ids: readonly string[], owner: string, caseId: string): Promise<void>
  /** Sends a rejected report back to a person, as its reporter asks, inside the caller's transaction. */
  reviewCase(tx: Tx, caseId: string, note: string, requestId: string): Promise<{ number: string; state: string }>
  trackCase(caseId: string): Promise<Tracked | undefined>
  /** Writes what a reporter says of a closed case, inside the caller's transaction. */
  answerCase(
    tx: Tx,
    caseId: string,
    move: 'rate' | 'not-fixed',
    said: { readonly report: string; readonly fixed: boolean; readonly rating: string; readonly note: string | undefined },
    requestId: string,
  ): Promise<{ number: string; state: string }>
  /** Open cases near in place, time and words, as anybody may see them. */
  similarCases(like: { readonly lon: number; readonly lat: number; readonly text: string; readonly matterKey: string | null }): Promise<PublicLikeness[]>
  readonly open311: Open311Ports
}
export interface PublicLikeness {
  readonly number: string
  readonly matterName: string | null
  readonly step: string
  readonly openedOn: string
  readonly metres: number
  readonly reporters: number
}
export interface Tracked {
  readonly number: string
  readonly state: string
  readonly step: string
  readonly matterName: string | null
  readonly dueAt: Date | null
  readonly publicReply: string | null
  readonly reply: { readonly unitName: string; readonly actedOn: string } | null
  readonly informed: readonly { readonly at: Date; readonly unitName: string | null; readonly text: string }[]
  readonly linkedTo: string | null
  readonly answerUntil: Date | null
  readonly mayReopen: boolean
  readonly answer: { readonly fixed: boolean; readonly rating: string; readonly at: Date } | null
  readonly steps: readonly { readonly move: string; readonly step: string | null; readonly at: Date; readonly unitName: string | null }[]
}
