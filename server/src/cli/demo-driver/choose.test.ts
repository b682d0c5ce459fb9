import { jointEvent } from '@linli/contract/workflows/joint-event'
import { describe, expect, it } from 'vitest'
import { chooseMove, inputFor, isNeglected, isSomebodysNow, WAITING, type CaseDetail } from './choose.ts'
import { seeded } from '@linli/lib/random'

const NOW = Date.parse('2026-11-22T08:00:00Z')
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString()

const abilitiesIn = (state: string) =>
  jointEvent.moves
    .filter((move) => move.from.includes(state) && move.party !== 'system')
    .map((move) => ({
      move: move.id,
      kind: move.kind,
      to: move.to ?? null,
      strand: null,
      unit: null,
      allowed: true,
      why: null,
      needs: [...move.needs],
      reasons: [...(move.reasons ?? [])],
      aside: move.aside === true,
    }))

const detail = (matterKey: string | null, text: string, advice: string | null): CaseDetail => ({
  case: {
    id: '01900000-0000-7000-8000-000000000001',
    number: 'LL-20261122-000001',
    title: text,
    state: 'reported',
    step: 'file',
    seq: 1,
    round: 1,
    matterKey,
    matterName: null,
    gridCode: '990101001001001',
    areaPath: '990100.990101',
    areaNames: [],
    position: null,
    owner: null,
    ownerName: null,
    openedAt: ago(60),
    stateAt: ago(60),
    dueAt: null,
    overdue: false,
    channel: 'web',
    track: null,
    joined: 0,
  },
  said: { text, address: null, saidAt: null, flags: [], photos: [] },
  reporter: null,
  condition: null,
  advice: advice === null ? null : { owner: advice, ownerName: advice, rule: 'rule-001', zh: '', en: '' },
  filing: { outcome: 'waiting', code: 'web-report', zh: '', en: '' },
  deadlines: [],
  abilities: [],
  strands: [],
  next: [],
  track: null,
  firstReceiver: null,
  escalations: [],
  raised: null,
  ruled: false,
  linkedTo: null,
  joined: [],
  handledOnTime: null,
  exempt: 'none',
  answers: [],
  publicReply: null,
  reply: null,
})

/** What the driver makes; the rest is left to people. */
const DRIVEN = [
  'ask-verify',
  'file',
  'void',
  'verify',
  'not-found',
  'dispatch',
  'return-to-acceptor',
  'accept',
  'refuse',
  'uphold-refusal',
  'overrule-refusal',
  'resume',
  'handle',
  'check',
  'substandard',
  'close',
  'rework',
  'evaluate',
]

describe('choosing the next move', () => {
  it('knows who waits for a case in every state that is not final, but for one that waits for another case', () => {
    expect(Object.keys(WAITING).toSorted()).toEqual(
      Object.entries(jointEvent.states)
        .filter(([id, state]) => !state.final && id !== 'linked')
        .map(([id]) => id)
        .toSorted(),
    )
  })

  it('takes only moves that are allowed, never a note and never a reopening', () => {
    const random = seeded(1)
    for (const state of [...Object.keys(WAITING), 'evaluated', 'voided']) {
      for (let turn = 0; turn < 200; turn++) {
        const move = chooseMove(abilitiesIn(state), { seq: 3, gridCode: '1' }, random)
        expect(['note', 'reopen']).not.toContain(move?.kind)
        expect(state in WAITING).toBe(move !== undefined)
      }
    }
    expect(
      chooseMove(
        abilitiesIn('filed').map((ability) => ({ ...ability, allowed: false })),
        { seq: 3, gridCode: '1' },
        random,
      ),
    ).toBeUndefined()
  })

  it('goes forward mostly, sends back sometimes, and only goes forward once a case has been round long enough', () => {
    const random = seeded(2)
    const kinds = (seq: number) => Array.from({ length: 600 }, () => chooseMove(abilitiesIn('handled'), { seq, gridCode: '1' }, random)?.move)
    expect(kinds(5).filter((move) => move === 'substandard').length).toBeGreaterThan(20)
    expect(kinds(5).filter((move) => move === 'check').length).toBeGreaterThan(450)
    expect(kinds(15)).not.toContain('substandard')
  })

  it('seldom lets somebody send a case back who may do nothing else with it', () => {
    const random = seeded(6)
    const managerOnly = abilitiesIn('handling').filter((ability) => ability.kind === 'back')
    const moves = Array.from({ length: 1_000 }, () => chooseMove(managerOnly, { seq: 5, gridCode: '1' }, random)).filter((ability) => ability !== undefined)
    expect(moves.length).toBeGreaterThan(5)
    expect(moves.length).toBeLessThan(80)
  })

  it('asks nobody to look at a case without a place', () => {
    const random = seeded(3)
    const moves = Array.from({ length: 300 }, () => chooseMove(abilitiesIn('reported'), { seq: 1, gridCode: null }, random)?.move)
    expect(moves).not.toContain('ask-verify')
    expect(new Set(moves)).toEqual(new Set(['file', 'void']))
  })

  it('brings whatever each move needs but photos, with a reason of its own list', () => {
    const random = seeded(4)
    for (const ability of Object.keys(WAITING)
      .flatMap(abilitiesIn)
      .filter((each) => DRIVEN.includes(each.move))) {
      const input = inputFor(ability, detail('gbt30428-event-0113', '松云路路面坑有脸盆那么大', 'municipal-990101'), ['urban-990101'], random)
      const brought: Record<string, unknown> = {
        reason: input.reasonCode,
        condition: input.conditionRow,
        closingCondition: input.closingConditionMet,
        note: input.note,
        publicReply: input.publicReply,
        owner: input.owner,
      }
      for (const need of ability.needs) if (need in brought) expect(brought[need], `${ability.move} ${need}`).toBeDefined()
      if (ability.reasons.length > 0) expect(ability.reasons).toContain(input.reasonCode)
      expect(input.note).not.toBe('已办理。')
    }
  })

  it('files what was said without a matter as what the words speak of, and asks the advised owner', () => {
    const random = seeded(5)
    const file = abilitiesIn('reported').find((ability) => ability.move === 'file')
    const dispatch = abilitiesIn('filed').find((ability) => ability.move === 'dispatch')
    expect(file && inputFor(file, detail(null, '桥头有一盏路灯不亮', null), [], random)).toMatchObject({ matter: 'gbt30428-component-0137', conditionRow: 1 })
    expect(dispatch && inputFor(dispatch, detail(null, '', 'water-990102'), ['urban-990101'], random)).toMatchObject({ owner: 'water-990102' })
    expect(dispatch && inputFor(dispatch, detail(null, '', null), ['urban-990101'], random)).toMatchObject({ owner: 'urban-990101' })
  })
})

describe('room for the people who try the demo', () => {
  const entry = (seq: number, move: string, seconds: number, personName: string | null = '陈禾安') => ({ seq, move, at: ago(seconds), personName })

  it('leaves a case alone for two minutes after somebody else moved it', () => {
    expect(isSomebodysNow('c', [entry(1, 'report', 300), entry(2, 'file', 30)], new Set(), NOW)).toBe(true)
    expect(isSomebodysNow('c', [entry(1, 'report', 300), entry(2, 'file', 121)], new Set(), NOW)).toBe(false)
  })

  it('does so for a fresh report of a resident too, but not for its own acts or the program’s', () => {
    expect(isSomebodysNow('c', [entry(1, 'report', 10, null)], new Set(), NOW)).toBe(true)
    expect(isSomebodysNow('c', [entry(1, 'report', 10, null), entry(2, 'auto-file', 10, null), entry(3, 'dispatch', 5)], new Set(['c:1', 'c:3']), NOW)).toBe(
      false,
    )
  })

  it('lets about one case in ten become overdue by minutes, but never waits for a limit of days', () => {
    const ids = Array.from({ length: 1_000 }, (_, n) => `01900000-0000-7000-8000-${(n * 7_919).toString(16).padStart(12, '0')}`)
    const left = (dueAt: string | null) => ids.filter((id) => isNeglected({ id, dueAt }, NOW)).length
    expect(left(ago(-600))).toBeGreaterThan(70)
    expect(left(ago(-600))).toBeLessThan(130)
    expect(left(ago(300))).toBe(left(ago(-600)))
    expect(left(ago(700))).toBe(0)
    expect(left(ago(-86_400))).toBe(0)
    expect(left(null)).toBe(0)
  })
})
