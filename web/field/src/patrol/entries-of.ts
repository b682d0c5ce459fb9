import type { NewEntry } from '../outbox/add.ts'
import type { Spot } from '../report/draft.ts'
import type { Card, Duty } from '../view.ts'
import { answerKey, type Asked } from './asked.ts'
import type { Finding } from './FindingField.tsx'

interface Filled {
  readonly personId: string
  readonly asked: readonly Asked[]
  readonly answers: ReadonlyMap<string, string | number | boolean>
  readonly spot: Spot | null
  readonly note: string
  readonly finding: Finding
  readonly photos: readonly string[]
  titleOf(duty: Duty): string
}

/**
 * What was done on a card as acts for the outbox: one for each duty, for each counts for whoever asked it; the answers to what both ask go to
 * each. What was found goes with the first duty whose item may open such a case.
 */
export function entriesOf(card: Card, filled: Filled): NewEntry[] {
  const { personId, asked, answers, spot, note, finding, photos } = filled
  const opens = finding.found
    ? card.duties.find((duty) => (finding.matter === null ? duty.item.matters.length > 0 : duty.item.matters.includes(finding.matter)))
    : undefined
  return card.duties.map((duty): NewEntry => {
    const form = Object.fromEntries(
      asked.flatMap((one): (readonly [string, string | number | boolean])[] => {
        const name = one.goesTo.find((each) => each.itemKey === duty.item.key)?.name
        const value = answers.get(answerKey(one)) ?? (one.field.kind === 'tick' ? false : undefined)
        return name === undefined || value === undefined || value === '' ? [] : [[name, value]]
      }),
    )
    const position =
      spot === null
        ? undefined
        : { lon: spot.lon, lat: spot.lat, crs: 'wgs84' as const, ...(spot.accuracyM === null ? {} : { accuracyM: Math.round(spot.accuracyM) }) }
    const found = duty === opens
    return {
      personId,
      lane: `duty ${duty.gridCode} ${duty.item.key} ${duty.period}`,
      title: filled.titleOf(duty),
      act: {
        kind: 'duty',
        body: {
          gridCode: duty.gridCode,
          itemKey: duty.item.key,
          period: duty.period,
          ...(Object.keys(form).length === 0 ? {} : { form }),
          ...(position ? { position } : {}),
          ...(note === '' ? {} : { note }),
        },
        ...(found
          ? { finding: { text: finding.text.trim(), ...(finding.matter === null ? {} : { matter: finding.matter }), ...(position ? { position } : {}) } }
          : {}),
      },
      photos: [
        ...photos.map((blob) => ({ blob, part: 'act' as const })),
        // A photo belongs to one record on the server: the case that is opened gets one of its own.
        ...(found ? photos.map((blob) => ({ blob, part: 'finding' as const })) : []),
      ],
    }
  })
}
