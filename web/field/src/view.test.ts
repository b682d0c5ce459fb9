import { describe, expect, it } from 'vitest'
import type { Act, Bundle, Entry, Item, Items, Sent } from './outbox/types.ts'
import { cardsOf, compare, dutiesOf, endOfToday, gridAt, shiftOf, tasksOf } from './view.ts'

const HOUR = 3_600_000
const TODAY = '2026-11-17T16:00:00.000Z'
const END = '2026-11-18T16:00:00.000Z'
const item = (key: string, form: Record<string, unknown> = {}): Item => ({
  key,
  classCode: '02',
  zh: key,
  en: key,
  how: { zh: key, en: key },
  frequency: 'daily',
  days: 'all',
  graceDays: 1,
  evidence: 'none',
  form,
  matters: [],
  basis: null,
})
const items: Items = {
  edition: 1,
  classes: [],
  rows: [item('fire'), item('bikes'), item('dogs')],
  joint: [
    {
      subject: 'stairs',
      asked: [
        { itemKey: 'fire', field: 'n', zh: '消防', en: 'Fire' },
        { itemKey: 'bikes', field: 'n', zh: '公安', en: 'Police' },
      ],
    },
  ],
}
const period = (itemKey: string) => ({ itemKey, period: '2026-11-18', startsAt: TODAY, dueAt: END, closesAt: END })
const bundle = (more: Partial<Bundle> = {}): Bundle => ({
  today: '2026-11-18',
  shift: null,
  grids: [{ code: 'a', name: 'A', part: null, center: { lon: 113, lat: 32 } }],
  left: [],
  tasks: [],
  moreTasks: false,
  periods: [period('fire'), period('bikes'), period('dogs')],
  duties: [{ gridCode: 'a', states: 'ood' }],
  numbers: [{ span: 'today', from: TODAY, done: 3, excused: 1, corrected: 0, reported: 2, moved: 0 }],
  refused: [],
  items: null,
  matters: null,
  areas: null,
  ...more,
})
/** Nothing was sent since the day was asked for. */
const quiet = { sent: [], loadedAt: Date.parse(END), offsetMs: 0 }
let n = 0
const entry = (act: Act, more: Partial<Entry> = {}): Entry => ({
  id: `field-${(n += 1)}`,
  n,
  personId: 'p',
  lane: `${n}`,
  title: '',
  act,
  photos: [],
  stamp: { deviceAt: 5, offsetMs: 2, notBefore: 0 },
  body: null,
  tries: 0,
  nextAt: 0,
  photosAgain: false,
  rejection: null,
  ...more,
})
const duty = (itemKey: string): Act => ({ kind: 'duty', body: { gridCode: 'a', itemKey, period: '2026-11-18' } })
const REFUSED = { code: 'DUTY_SETTLED', pointers: [], seq: null }

describe('duties on the telephone', () => {
  it('stand as the server said, with what waits here laid over them', () => {
    expect(
      dutiesOf({ ...quiet, bundle: bundle(), items, outbox: [entry(duty('fire')), entry(duty('bikes'), { rejection: REFUSED })] }).map((each) => each.standing),
    ).toEqual(['waiting', 'refused', 'done'])
  })

  it('show what another telephone has done although something waits here', () => {
    expect(
      dutiesOf({ ...quiet, bundle: bundle({ duties: [{ gridCode: 'a', states: 'dnm' }] }), items, outbox: [entry(duty('fire'))] }).map((each) => [
        each.item.key,
        each.standing,
      ]),
    ).toEqual([['fire', 'done']])
  })

  it('that share an asked field and are due at one time are one card; what stands otherwise is not', () => {
    const cards = cardsOf(dutiesOf({ ...quiet, bundle: bundle(), items, outbox: [] }), items)
    expect(cards.map((card) => card.duties.map((each) => each.item.key))).toEqual([['fire', 'bikes'], ['dogs']])
    const apart = cardsOf(dutiesOf({ ...quiet, bundle: bundle({ duties: [{ gridCode: 'a', states: 'dod' }] }), items, outbox: [] }), items)
    expect(apart.map((card) => card.duties.length)).toEqual([1, 1, 1])
  })

  it('that the server took after the day was asked for are done, whatever the day says', () => {
    const sent: Sent = {
      id: '1',
      personId: 'p',
      at: Date.parse(END),
      kind: 'duty',
      title: '',
      number: null,
      caseId: null,
      duty: { gridCode: 'a', itemKey: 'fire', period: '2026-11-18', entryId: 'e' },
    }
    const at = (loadedAt: number, offsetMs = 0) => dutiesOf({ sent: [sent], loadedAt, offsetMs, bundle: bundle(), items, outbox: [] })[0]?.standing
    expect([at(Date.parse(END)), at(Date.parse(END) + 1), at(Date.parse(END) - HOUR, HOUR + 1)]).toEqual(['done', 'open', 'open'])
  })

  it('of today end with the city’s day', () => {
    expect(endOfToday(bundle()) - Date.parse(END)).toBe(HOUR)
    expect(endOfToday(undefined)).toBe(0)
  })
})

describe('numbers', () => {
  const sent = (id: string, more: Partial<Sent> = {}): Sent => ({
    id,
    personId: 'p',
    at: Date.parse(TODAY) + HOUR,
    kind: 'duty',
    title: '',
    number: null,
    caseId: null,
    duty: null,
    ...more,
  })

  it('of the server equal what this telephone sent, or say what lies between', () => {
    const waiting = [entry(duty('fire')), entry(duty('bikes'), { rejection: REFUSED }), entry({ kind: 'shiftOn' })]
    expect(compare({ bundle: bundle(), outbox: waiting, sent: ['1', '2', '3', '4', '5'].map((id) => sent(id)) }, 'p')).toEqual({
      server: 6,
      sentHere: 5,
      waiting: 1,
      refused: 1,
      elsewhere: 1,
    })
  })

  it('count a finding twice, as the server does, and neither yesterday nor anybody else', () => {
    const found = sent('1', { number: 'LL-1', duty: { gridCode: 'a', itemKey: 'fire', period: '', entryId: '' } })
    expect(compare({ bundle: bundle(), outbox: [], sent: [found, sent('2', { at: Date.parse(TODAY) - 1 }), sent('3', { personId: 'q' })] }, 'p').sentHere).toBe(
      2,
    )
  })
})

describe('the shift', () => {
  it('is what waits here, and else what the server said', () => {
    const shift = { id: 's', startedAt: TODAY, endsAt: END, endedAt: null }
    expect(shiftOf({ bundle: bundle({ shift }), outbox: [] })).toEqual({ on: true, shift, waiting: false, since: Date.parse(TODAY) })
    expect(shiftOf({ bundle: bundle({ shift }), outbox: [entry({ kind: 'shiftOff', shiftId: 's' })] })).toMatchObject({ on: false, waiting: true, since: null })
    expect(shiftOf({ bundle: bundle(), outbox: [entry({ kind: 'shiftOn' })] })).toMatchObject({ on: true, waiting: true, since: 7 })
  })
})

describe('tasks', () => {
  it('stand by lateness and due time, and what has been done here last', () => {
    const task = (id: string, dueAt: string | null, overdue = false) => ({ id, dueAt, overdue }) as Bundle['tasks'][number]
    const tasks = [task('none', null), task('later', '2026-11-19T00:00:00Z'), task('done', '2026-11-18T00:00:00Z'), task('late', '2026-11-17T00:00:00Z', true)]
    const outbox = [entry({ kind: 'move', caseId: 'done', number: '', seq: 1, body: { move: 'verify' } })]
    expect(tasksOf({ ...quiet, bundle: bundle({ tasks }), outbox }).map(({ task: each }) => each.id)).toEqual(['late', 'later', 'none', 'done'])
    const taken: Sent = { id: '1', personId: 'p', at: Date.parse(END), kind: 'move', title: '', number: null, caseId: 'late', duty: null }
    expect(tasksOf({ ...quiet, sent: [taken], bundle: bundle({ tasks }), outbox }).map(({ task: each }) => each.id)).toEqual(['later', 'none', 'done'])
  })
})

describe('the grid at a position', () => {
  const square = (west: number, south: number, side: number) => [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ]
  const areas = {
    rows: [
      { code: 'ring', geometry: { type: 'Polygon', coordinates: [square(0, 0, 4), square(1, 1, 1)] } },
      { code: 'two', geometry: { type: 'MultiPolygon', coordinates: [[square(10, 0, 1)], [square(20, 0, 1)]] } },
    ],
  }

  it('is found in holes’ surroundings and in each part, and nowhere else', () => {
    expect(
      [
        [3, 3],
        [1.5, 1.5],
        [10.5, 0.5],
        [20.5, 0.5],
        [15, 0.5],
      ].map(([lon = 0, lat = 0]) => gridAt(areas, lon, lat)),
    ).toEqual(['ring', undefined, 'two', 'two', undefined])
    expect(gridAt(undefined, 0, 0)).toBeUndefined()
  })
})
