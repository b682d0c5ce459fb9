import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errors, type ErrorCode } from '@linli/contract/errors'
import { caseIn, countsOf, fullInput, generalist, OWNER, PATHS, playerAt, sendMove, standardCast, type Cast, type Player } from '../support/cast.ts'
import { clocksOf, LEGAL, legalMove, MOVES, STATES, type LegalMove } from '../support/legal-moves.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const STATE_NAMES = STATES.map(([state]) => state)

describe('every move × state × role, over HTTP', () => {
  let server: TestServer
  let cast: Cast
  let players: readonly Player[]
  const photos = new Map<string, string>()
  /** A case that others may be linked to. */
  let main: string
  const handled = () => new Set([cast.manager.id, cast.handler.id])

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    const others = [
      'acceptor-3',
      'dispatcher-2',
      'supervisor-1',
      'administrator',
      'auditor',
      'gardens-990101-manager',
      'transport-handler',
      'grid-990102001000-2',
      'street-990103001000-handler',
    ]
    const all = [...Object.values(cast), ...(await Promise.all(others.map((post) => playerAt(server, post))))]
    const everything = await Promise.all([generalist(server, 'everything-supervision', 'supervision'), generalist(server, 'everything-owner', OWNER)])
    players = [...all, ...everything]
    for (const player of players) photos.set(player.login, await server.photo(player))
    main = (await caseIn(server, cast, 'dispatched')).id
  })
  afterAll(() => server.stop())

  interface Seen {
    readonly areaPath: string
    readonly owner: string | null
    readonly involved: readonly string[]
    readonly first: string | null
  }
  /** Why a move must be refused, from the table written by hand and from who did what; undefined where it is legal. */
  const objection = (player: Player, state: string, seen: Seen, move: string): ErrorCode | undefined => {
    if (!player.permissions.has('cases.read')) return 'PERMISSION_MISSING'
    const inArea = seen.areaPath === player.areaPath || seen.areaPath.startsWith(`${player.areaPath}.`)
    if (!inArea && !seen.involved.includes(player.unit)) return 'NOT_FOUND'
    if (!MOVES.includes(move)) return 'CASES_MOVE_UNKNOWN'
    const known = legalMove(state, move)
    if (!known) return 'CASES_MOVE_NOT_ALLOWED'
    if (turns(known)) return 'CASES_STRAND_UNKNOWN'
    if (known.party === 'system' || known.party === 'reporter') return 'CASES_PARTY_NOT_ALLOWED'
    if (!player.permissions.has(known.permission)) return 'PERMISSION_MISSING'
    if (known.party === 'lead' && player.unit !== seen.owner) return 'CASES_PARTY_NOT_ALLOWED'
    if (known.party === 'informer' && ![seen.owner, seen.first].includes(player.unit) && !player.permissions.has('cases.file')) return 'CASES_PARTY_NOT_ALLOWED'
    for (const need of known.needs) {
      const code = separation(player, state, seen.owner, need) ?? LEDGER_SAYS[need]
      if (code) return code
    }
    return undefined
  }
  /** A line of a strand that must be there first; in these cases none is. */
  const turns = (known: LegalMove) => known.strand !== '' && !/^\w+ >/.test(known.strand)
  /** What the ledgers of these cases say: nothing was escalated, nothing was late. */
  const LEDGER_SAYS: Readonly<Record<string, ErrorCode>> = { escalatedToMe: 'CASES_NOT_ESCALATED', handledLate: 'CASES_NOT_LATE' }
  const separation = (player: Player, state: string, owner: string | null, need: string): ErrorCode | undefined => {
    const owns = player.unit === owner
    const took = new Set((PATHS[state] ?? []).map(([part]) => cast[part].id))
    if (need === 'notHandler' && (owns || handled().has(player.id))) return 'CASES_SELF_CHECK_NOT_ALLOWED'
    if (need === 'notScored' && (owns || handled().has(player.id) || player.id === cast.dispatcher.id)) return 'CASES_SCORED_NOT_ALLOWED'
    if (need === 'notOwner' && owns) return 'CASES_OWN_REQUEST_NOT_ALLOWED'
    if (need === 'outsideChain' && (owns || took.has(player.id))) return 'CASES_IN_CHAIN_NOT_ALLOWED'
    return need === 'noEarlierMove' && took.has(player.id) ? 'CASES_EVALUATOR_NOT_ALLOWED' : undefined
  }
  const inputFor = (player: Player, move: string) => {
    const known = LEGAL.find((line) => line.move === move)
    const input = fullInput(known?.reasons[0], known?.needs ?? [], photos.get(player.login) ?? '', server.runtime.now())
    // A ruling for another unit, or it would be no ruling.
    return { move, ...input, ...(move === 'uphold-refusal' ? { owner: 'transport' } : {}), ...(move === 'link' ? { main } : {}) }
  }
  const factsOf = async (id: string) =>
    (
      await server.running.platform.pool.query<Seen>(
        `select area_path as "areaPath", owner_unit as owner, involved, first_receiver as first from cases."case" where id = $1`,
        [id],
      )
    ).rows[0] ?? { areaPath: '', owner: null, involved: [], first: null }

  it.each(STATE_NAMES)(
    'refuses from %s whatever the table does not allow, with its code, and writes nothing but one audit line each',
    async (state) => {
      const { id, seq } = await caseIn(server, cast, state)
      const seen = await factsOf(id)
      let refused = 0
      for (const player of players) {
        const illegal = [...MOVES, 'teleport']
          .map((move) => ({ move, code: objection(player, state, seen, move) }))
          .filter((one): one is { move: string; code: ErrorCode } => one.code !== undefined)
        const before = await countsOf(server, id)
        const answers = await Promise.all(illegal.map(({ move }) => sendMove(player, id, seq, inputFor(player, move))))
        const after = await countsOf(server, id)
        expect(
          answers.map(({ status, body }, index) => `${illegal[index]?.move} ${status} ${String(body['code'])}`),
          `${player.post} from ${state}`,
        ).toEqual(illegal.map(({ move, code }) => `${move} ${errors[code].status} ${code}`))
        expect(after).toEqual({ ...before, audit: before.audit + illegal.length })
        const { rows } = await server.running.platform.pool.query<{ line: string }>(
          'select request_id || outcome || error_code as line from platform.audit where request_id = any($1)',
          [answers.map((answer) => answer.headers.get('x-request-id'))],
        )
        expect(rows.map((row) => row.line).toSorted()).toEqual(
          answers.map((answer, index) => `${answer.headers.get('x-request-id')}refused${illegal[index]?.code}`).toSorted(),
        )
        refused += illegal.length
      }
      expect(refused).toBeGreaterThan(players.length * 12)
    },
    60_000,
  )

  it.each(STATE_NAMES)(
    'lets from %s everybody make what the table allows, each with one line, one event, one audit line and the clock of the new state',
    async (state) => {
      const sample = await caseIn(server, cast, state)
      const seen = await factsOf(sample.id)
      // Everybody who may move the case moves it; of those who only write beside it, one does.
      const legal = LEGAL.filter((known) => known.from === state).flatMap((known) => {
        const able = players.filter((player) => objection(player, state, seen, known.move) === undefined)
        return able.slice(0, known.kind === 'note' || known.kind === 'side' ? 1 : able.length).map((player) => ({ known, player }))
      })
      for (const { known, player } of legal) {
        const { id, seq } = await caseIn(server, cast, state)
        const before = await countsOf(server, id)
        const { status, body } = await sendMove(player, id, seq, {
          ...inputFor(player, known.move),
          ...(known.needs.includes('evidence') ? { evidence: [await server.photo(player)] } : {}),
        })
        expect({ status, state: body['state'], seq: body['seq'] }, `${player.post} ${known.move} ${JSON.stringify(body)}`).toEqual({
          status: 200,
          state: known.to === '@before' ? 'reported' : known.to,
          seq: seq + 1,
        })
        const after = await countsOf(server, id)
        expect({
          entries: after.entries - before.entries,
          words: after.words - before.words,
          outbox: after.outbox - before.outbox,
          audit: after.audit - before.audit,
        }).toEqual({ entries: 1, words: 1, outbox: 1, audit: 1 })
        const { rows } = await server.running.platform.pool.query<{ stage: string }>(
          `select stage from cases.deadline where case_id = $1 and stopped_at is null and strand = '' order by stage`,
          [id],
        )
        expect(
          rows.map((row) => row.stage),
          `${known.move} from ${state}`,
        ).toEqual(clocksOf(known.to === '@before' ? 'reported' : known.to, state))
      }
      const human = LEGAL.filter(
        (known) =>
          known.from === state &&
          !['system', 'reporter'].includes(known.party) &&
          !turns(known) &&
          !known.needs.some((need) => LEDGER_SAYS[need] !== undefined),
      ).map((known) => known.move)
      expect([...new Set(legal.map(({ known }) => known.move))].toSorted()).toEqual(human.toSorted())
    },
    60_000,
  )

  const NEED_FIELD: Readonly<Record<string, string>> = {
    reason: 'reasonCode',
    note: 'note',
    publicReply: 'publicReply',
    evidence: 'evidence',
    closingCondition: 'closingConditionMet',
    targets: 'targets',
    target: 'targets',
    limit: 'limit',
    until: 'until',
    citation: 'citation',
    position: 'position',
    main: 'main',
  }
  /** Blank instead of absent, where a blank is something that one can send. */
  const BLANK: Readonly<Record<string, unknown>> = {
    reasonCode: '  ',
    note: '  ',
    publicReply: '  ',
    evidence: [],
    closingConditionMet: false,
    targets: [],
    citation: {},
  }
  const WRONG: Readonly<Record<string, readonly [value: Record<string, unknown>, code: ErrorCode, pointer: string]>> = {
    owner: [{ owner: 'nobody' }, 'UNIT_UNKNOWN', '/body/owner'],
    targets: [{ targets: ['nobody'] }, 'UNIT_UNKNOWN', '/body/targets/0'],
    until: [{ until: '2020-01-01' }, 'CASES_INPUT_MISSING', '/body/until'],
    citation: [{ citation: { rule: 'nothing' } }, 'CONDITION_UNKNOWN', '/body/citation/rule'],
    main: [{ main: '01900000-0000-7000-8000-000000000000' }, 'CASES_LINK_NOT_ALLOWED', '/body/main'],
    position: [{ position: { lon: 1, lat: 1, crs: 'wgs84' } }, 'POSITION_OUTSIDE_CITY', '/body/position'],
  }
  it.each(
    LEGAL.filter(
      (known, index) =>
        !['system', 'reporter'].includes(known.party) &&
        known.needs.some((need) => need in NEED_FIELD) &&
        !turns(known) &&
        !known.needs.some((need) => LEDGER_SAYS[need] !== undefined) &&
        // What is asked of a line beside the steps is asked of it in any state.
        (!['note', 'side'].includes(known.kind) || LEGAL.findIndex((other) => other.move === known.move) === index),
    ),
  )('asks $move from $from for everything it needs, names each field, and writes nothing', async (known) => {
    const { id, seq } = await caseIn(server, cast, known.from)
    const seen = await factsOf(id)
    const player = players.find((one) => objection(one, known.from, seen, known.move) === undefined)
    if (!player) throw new Error(`nobody may ${known.move}`)
    const before = await countsOf(server, id)
    const full = inputFor(player, known.move) as Record<string, unknown>
    const wrong = known.needs.flatMap((need): { body: Record<string, unknown>; code: ErrorCode; pointer: string }[] => {
      const field = NEED_FIELD[need]
      if (field === undefined) return []
      const { [field]: _left, ...rest } = full
      const missing = { code: 'CASES_INPUT_MISSING' as const, pointer: `/body/${field}` }
      return [{ body: rest, ...missing }, ...(field in BLANK ? [{ body: { ...full, [field]: BLANK[field] }, ...missing }] : [])]
    })
    for (const need of known.needs) {
      const [value, code, pointer] = WRONG[need] ?? []
      if (value && code && pointer) wrong.push({ body: { ...full, ...value }, code, pointer })
    }
    wrong.push({ body: { ...full, reasonCode: 'because' }, code: 'CASES_REASON_UNKNOWN', pointer: '/body/reasonCode' })
    if (known.needs.includes('evidence'))
      wrong.push({
        body: { ...full, evidence: [photos.get(players.find((other) => other !== player)?.login ?? '')] },
        code: 'BLOB_UNKNOWN',
        pointer: '/body/evidence',
      })
    if (known.needs.includes('condition')) {
      wrong.push(
        { body: { ...full, conditionRow: 99 }, code: 'CONDITION_UNKNOWN', pointer: '/body/conditionRow' },
        { body: { ...full, matter: 'no-such-matter' }, code: 'MATTER_UNKNOWN', pointer: '/body/matter' },
      )
      wrong.push({ body: { move: known.move, matter: 'gbt30428-component-0102' }, code: 'CASES_INPUT_MISSING', pointer: '/body/conditionRow' })
    }
    for (const { body, code, pointer } of wrong) {
      const answer = await sendMove(player, id, seq, body)
      expect(
        { status: answer.status, code: answer.body['code'], pointer: (answer.body['fields'] as { pointer: string }[])[0]?.pointer },
        JSON.stringify(body),
      ).toEqual({ status: 422, code, pointer })
    }
    expect(await countsOf(server, id)).toEqual({ ...before, audit: before.audit + wrong.length })
  })

  it('answers a stale version with 412 and the current one, a missing or broken one with 428, and writes nothing', async () => {
    const { id, seq } = await caseIn(server, cast, 'filed')
    const before = await countsOf(server, id)
    const move = { move: 'dispatch', owner: OWNER }
    for (const stale of [seq - 1, seq + 1, 0]) {
      const { status, body } = await sendMove(cast.dispatcher, id, stale, move)
      expect({ status, code: body['code'], extra: body['extra'] }).toEqual({ status: 412, code: 'SEQ_STALE', extra: { seq, state: 'filed' } })
    }
    for (const broken of [undefined, '*', 'W/"2"', '-1', 'two'])
      expect((await sendMove(cast.dispatcher, id, broken, move)).body).toMatchObject({ status: 428, code: 'IF_MATCH_MISSING' })
    expect(await countsOf(server, id)).toEqual({ ...before, audit: before.audit + 8 })
    expect((await sendMove(cast.dispatcher, id, `"${seq}"`, move)).status).toBe(200)
  })

  it('lets exactly one of many win who move the same case at the same moment', async () => {
    const second = players.find((player) => player.post === 'dispatcher-2') ?? cast.dispatcher
    for (let round = 0; round < 5; round++) {
      const { id, seq } = await caseIn(server, cast, 'filed')
      const answers = await Promise.all(
        [cast.dispatcher, second, cast.dispatcher, second, cast.acceptor].map((player) =>
          sendMove(
            player,
            id,
            seq,
            player === cast.acceptor ? { move: 'void', reasonCode: 'duplicate', publicReply: '重复' } : { move: 'dispatch', owner: OWNER },
          ),
        ),
      )
      expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 412, 412, 412, 412])
      expect(await countsOf(server, id)).toMatchObject({ entries: seq + 1, outbox: seq + 1 })
    }
  })

  it.each([
    { move: 'not-found', state: 'verifying', by: 'checker-1', receiver: 'acceptor-1', next: ['ask-verify', 'file'], lands: 'acceptor-2' },
    { move: 'return-to-acceptor', state: 'filed', by: 'dispatcher-2', receiver: 'acceptor-1', next: ['file', 'ask-verify'], lands: 'acceptor-2' },
    { move: 'rework', state: 'checked', by: 'acceptor-2', receiver: 'dispatcher-1', next: ['dispatch'], lands: 'dispatcher-2' },
  ])('bars whoever receives $move from the next forward move, and nobody else', async ({ move, state, by, receiver, next, lands }) => {
    const { id, seq } = await caseIn(server, cast, state)
    const playerOf = (post: string) => players.find((player) => player.post === post) ?? cast.acceptor
    expect(
      (await sendMove(by === 'acceptor-2' ? cast.closer : playerOf(by), id, seq, { move, reasonCode: LEGAL.find((known) => known.move === move)?.reasons[0] }))
        .status,
    ).toBe(200)
    const before = await countsOf(server, id)
    for (const forward of next)
      expect((await sendMove(playerOf(receiver), id, seq + 1, inputFor(playerOf(receiver), forward))).body['code']).toBe('CASES_RECEIVER_NOT_ALLOWED')
    expect(await countsOf(server, id)).toEqual({ ...before, audit: before.audit + next.length })
    const [forward = ''] = next
    expect((await sendMove(playerOf(lands), id, seq + 1, inputFor(playerOf(lands), forward))).status).toBe(200)
  })

  it('bars a handler whose work was substandard from taking the case up again', async () => {
    const owner = players.find((player) => player.post === 'everything-owner') ?? cast.handler
    const { id, seq } = await caseIn(server, { ...cast, handler: owner }, 'handled')
    expect((await sendMove(cast.checker, id, seq, { move: 'substandard', reasonCode: 'not-done' })).status).toBe(200)
    expect((await sendMove(owner, id, seq + 1, { move: 'accept' })).body['code']).toBe('CASES_RECEIVER_NOT_ALLOWED')
    expect((await sendMove(cast.manager, id, seq + 1, { move: 'accept' })).status).toBe(200)
  })
})
