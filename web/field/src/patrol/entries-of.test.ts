import { describe, expect, it } from 'vitest'
import type { Item } from '../outbox/types.ts'
import type { Card, Duty } from '../view.ts'
import { answerKey, askedOf, isVisit } from './asked.ts'
import { entriesOf } from './entries-of.ts'
import { NO_FINDING } from './FindingField.tsx'

const number = { type: 'integer', title: '数量', 'x-titleEn': 'Number' }
const item = (key: string, properties: Record<string, unknown>, matters: string[] = []): Item => ({
  key,
  classCode: '02',
  zh: key,
  en: key,
  how: { zh: key, en: key },
  frequency: 'daily',
  days: 'all',
  graceDays: 1,
  evidence: 'none',
  form: { type: 'object', properties, required: Object.keys(properties) },
  matters,
  basis: null,
})
const duty = (of: Item): Duty => ({ gridCode: 'g', period: '2026-11-18', item: of, dueAt: 0, closesAt: 0, standing: 'open' })
const fire = item('fire', { cleared: number, looked: number }, ['lane'])
const bikes = item('bikes', { seen: number, moved: { type: 'boolean', title: '劝离' } }, ['bike'])
const card: Card = { key: 'k', gridCode: 'g', duties: [duty(fire), duty(bikes)], dueAt: 0, standing: 'open' }
const items = {
  joint: [
    {
      subject: 'stairs',
      asked: [
        { itemKey: 'fire', field: 'looked', zh: '消防', en: 'Fire' },
        { itemKey: 'bikes', field: 'seen', zh: '公安', en: 'Police' },
      ],
    },
  ],
}
const asked = askedOf(card, items, 'zh-CN')
const filled = {
  personId: 'p',
  asked,
  answers: new Map(asked.map((one, index) => [answerKey(one), one.field.kind === 'tick' ? true : index + 1])),
  spot: { lon: 113, lat: 32, accuracyM: 8.6 },
  note: '',
  finding: NO_FINDING,
  photos: ['one'],
  titleOf: (each: Duty) => each.item.key,
}

describe('A69 what two departments ask', () => {
  it('is asked once, first, and names both', () => {
    expect(asked.map(({ goesTo, askers }) => [goesTo.map((one) => `${one.itemKey}.${one.name}`).join(), askers.map(({ zh }) => zh).join()])).toEqual([
      ['fire.looked,bikes.seen', '消防,公安'],
      ['fire.cleared', ''],
      ['bikes.moved', ''],
    ])
  })

  it('is asked for one where only one of them is due', () => {
    expect(askedOf({ duties: [duty(bikes)] }, items, 'en').map(({ field, goesTo, askers }) => [field.label, goesTo.length, askers.length])).toEqual([
      ['Number', 1, 0],
      ['劝离', 1, 0],
    ])
  })

  it('counts for both: an act for each with its own key of a lane, the same answer in both forms', () => {
    const entries = entriesOf(card, filled)
    expect(entries.map(({ lane, act }) => [lane, act.kind === 'duty' ? act.body.form : null])).toEqual([
      ['duty g fire 2026-11-18', { looked: 1, cleared: 2 }],
      ['duty g bikes 2026-11-18', { seen: 1, moved: true }],
    ])
    expect(entries.every(({ act }) => act.kind === 'duty' && act.body.position?.accuracyM === 9)).toBe(true)
  })

  it('brings a finding with the duty that may open it, and its photos for the case and for the round', () => {
    const [first, second] = entriesOf(card, { ...filled, finding: { found: true, text: ' 通道被堵 ', matter: 'bike' } })
    expect(first?.act).not.toHaveProperty('finding')
    expect(second?.act).toMatchObject({ finding: { text: '通道被堵', matter: 'bike' } })
    expect(second?.photos).toEqual([
      { blob: 'one', part: 'act' },
      { blob: 'one', part: 'finding' },
    ])
  })

  it('knows a visit by what it counts', () => {
    expect([isVisit(item('elderly', { visited: number })), isVisit(fire)]).toEqual([true, false])
  })
})
