import type { BodyOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { intake } from '@linli/contract/endpoints/intake'
import type { patrol } from '@linli/contract/endpoints/patrol'
import type { Entry } from './types.ts'

type SyncAct = BodyOf<typeof patrol.sync>['acts'][number]
const idsOf = (entry: Entry, part: 'act' | 'finding') => entry.photos.flatMap((photo) => (photo.part === part && photo.sent !== null ? [photo.sent] : []))
const some = <K extends string>(name: K, ids: string[]) => (ids.length === 0 ? {} : ({ [name]: ids } as Record<K, string[]>))

/** The body of an entry whose photos have been uploaded, as it goes out; `at` is when it was done by the server's clock (epoch ms). */
export function bodyOf(entry: Entry, at: number): unknown {
  const { act } = entry
  const madeAt = new Date(at).toISOString()
  switch (act.kind) {
    case 'report':
      return { ...act.body, saidAt: madeAt, ...some('photos', idsOf(entry, 'act')) } satisfies BodyOf<typeof intake.report>
    case 'move':
      return { ...act.body, ...some('evidence', idsOf(entry, 'act')) } satisfies BodyOf<typeof cases.move>
    case 'duty':
      return {
        key: entry.id,
        do: {
          ...act.body,
          madeAt,
          ...some('photos', idsOf(entry, 'act')),
          ...(act.finding ? { finding: { ...act.finding, ...some('photos', idsOf(entry, 'finding')) } } : {}),
        },
      } satisfies SyncAct
    case 'excuse':
      return { key: entry.id, excuse: { ...act.body, madeAt } } satisfies SyncAct
    case 'correct':
      return { key: entry.id, correct: { entryId: act.entryId, reason: act.reason } } satisfies SyncAct
    case 'shiftOn':
    case 'shiftOff':
      return { madeAt }
  }
}

/** Whether an entry goes with the others of a round in one request. */
export const isDuty = (entry: Entry): boolean => entry.act.kind === 'duty' || entry.act.kind === 'excuse' || entry.act.kind === 'correct'
