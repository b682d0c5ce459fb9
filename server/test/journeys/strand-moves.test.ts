import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errors, type ErrorCode } from '@linli/contract/errors'
import { markDue } from '../support/busy.ts'
import {
  CALLED,
  caseIn,
  countsOf,
  dayAfter,
  fullInput,
  generalist,
  MATTER,
  OWNER,
  playerAt,
  sendMove,
  standardCast,
  type Cast,
  type Player,
} from '../support/cast.ts'
import { LEGAL, legalMove } from '../support/legal-moves.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

interface Opened {
  readonly id: string
  readonly seq: number
  readonly key: string
  /** Who has made a line of the strand. */
  readonly persons: readonly string[]
}
interface StrandRow {
  readonly key: string
  readonly kind: string
  readonly state: string
  readonly open: boolean
  readonly unit: string | null
  readonly by: string | null
}
const REQUESTS = ['extension', 'suspension', 'appeal']
/** `kind from|from>to` of the table, read. */
const turnOf = (text: string) => {
  const [, kind = '', from = '', to = ''] = /^(\w+) ([\w|]*)>(\w+)$/.exec(text) ?? []
  return { kind, from: from.split('|').filter((state) => state !== ''), to }
}
const TURNS = [...new Set(LEGAL.filter((known) => known.strand !== '' && turnOf(known.strand).from.length > 0).map((known) => known.move))]

describe('every line of a strand × its state × role, over HTTP', () => {
  let server: TestServer
  let cast: Cast
  let called: Player
  let inspector: Player
  let second: Player
  let players: readonly Player[]

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    cast = await standardCast(server)
    called = await generalist(server, 'everything-called', CALLED)
    inspector = await playerAt(server, 'supervisor-1')
    second = await playerAt(server, 'supervisor-2')
    const others = ['transport-manager', `${CALLED}-manager`, `${CALLED}-handler`, 'dispatcher-2', 'administrator', 'grid-990102001000-2']
    const rest = await Promise.all(others.map((post) => playerAt(server, post)))
    const everything = await Promise.all(['supervision', 'command', OWNER].map((unit) => generalist(server, `everything-${unit}`, unit)))
    players = [...Object.values(cast), called, inspector, second, ...rest, ...everything]
  })
  afterAll(() => server.stop())

  const strandsOf = async (id: string) =>
    (
      await server.running.platform.pool.query<StrandRow>(
        'select key, kind, state, open, unit_code as unit, by_unit as by from cases.strand where case_id = $1 order by key',
        [id],
      )
    ).rows
  const make = async (player: Player, at: { id: string; seq: number }, move: string, input: Record<string, unknown> = {}) => {
    const { status, body } = await sendMove(player, at.id, at.seq, { move, ...input })
    if (status !== 200) throw new Error(`${move}: ${JSON.stringify(body)}`)
    return { id: at.id, seq: at.seq + 1 }
  }
  /** A case in which a strand of the kind has come to a state. */
  const opened = async (kind: string, state: string): Promise<Opened> => {
    const lately = kind === 'appeal' ? await lateClosed() : await caseIn(server, cast, 'handling')
    const begin: Readonly<Record<string, readonly [Player, string, Record<string, unknown>]>> = {
      coHandle: [cast.dispatcher, 'add-co-handlers', { targets: [CALLED, 'transport'] }],
      whistle: [cast.manager, 'whistle', { targets: [CALLED, 'transport'], note: '请到场' }],
      supervise: [inspector, 'supervise', { reasonCode: 'important', targets: [OWNER], limit: { clock: 'workDay', amount: 1 }, note: '请速办' }],
      extension: [cast.manager, 'ask-extension', { reasonCode: 'materials', limit: { clock: 'urgentHour', amount: 1 }, note: '配件在途' }],
      suspension: [cast.manager, 'ask-suspension', { reasonCode: 'season', until: dayAfter(server.runtime.now(), 20), note: '冻土期' }],
      appeal: [cast.manager, 'ask-appeal', { reasonCode: 'force-majeure', note: '台风' }],
    }
    const [player, move, input] = begin[kind] ?? [cast.manager, '', {}]
    let at = await make(player, lately, move, input)
    const key = `${at.seq}.0`
    const persons = [player.id]
    const next: Readonly<Record<string, readonly [Player, string, Record<string, unknown>]>> = {
      arrived: [called, 'report-in', { strand: key }],
      replied: [cast.manager, 'supervise-reply', { note: '已办' }],
      endorsed: [cast.dispatcher, `endorse-${kind}`, {}],
    }
    const [by, then, more] = next[state] ?? []
    if (by && then) {
      at = await make(by, at, then, more)
      persons.push(by.id)
    }
    return { ...at, key, persons }
  }
  const lateClosed = async () => {
    const at = await caseIn(server, cast, 'handling')
    server.runtime.offsetMs += 5 * 3_600_000
    await markDue(server.running)
    const { rows } = await server.running.platform.pool.query<{ seq: number }>('select seq from cases."case" where id = $1', [at.id])
    const handled = await make(cast.handler, { id: at.id, seq: rows[0]?.seq ?? 0 }, 'handle', { note: '完成', evidence: [await server.photo(cast.handler)] })
    const checked = await make(cast.checker, handled, 'check', { evidence: [await server.photo(cast.checker)] })
    return make(cast.closer, checked, 'close', { closingConditionMet: true, publicReply: '已办结' })
  }

  const objection = (
    player: Player,
    seen: { state: string; areaPath: string; owner: string | null; involved: readonly string[]; chain: readonly string[] },
    strand: StrandRow,
    persons: readonly string[],
    move: string,
  ): ErrorCode | undefined => {
    if (!player.permissions.has('cases.read')) return 'PERMISSION_MISSING'
    const inArea = seen.areaPath === player.areaPath || seen.areaPath.startsWith(`${player.areaPath}.`)
    if (!inArea && !seen.involved.includes(player.unit)) return 'NOT_FOUND'
    const known = legalMove(seen.state, move)
    if (!known) return 'CASES_MOVE_NOT_ALLOWED'
    const turn = turnOf(known.strand)
    if (turn.kind !== strand.kind || !turn.from.includes(strand.state)) return 'CASES_STRAND_UNKNOWN'
    if (!player.permissions.has(known.permission)) return 'PERMISSION_MISSING'
    if (known.party === 'called' && player.unit !== strand.unit) return 'CASES_PARTY_NOT_ALLOWED'
    if (known.party === 'caller' && player.unit !== strand.by) return 'CASES_PARTY_NOT_ALLOWED'
    const owns = player.unit === seen.owner
    for (const need of known.needs) {
      if (need === 'notOwner' && (owns || (REQUESTS.includes(strand.kind) && player.unit === strand.by))) return 'CASES_OWN_REQUEST_NOT_ALLOWED'
      if (need === 'freshInStrand' && persons.includes(player.id)) return 'CASES_OWN_REQUEST_NOT_ALLOWED'
      if (need === 'outsideChain' && (owns || seen.chain.includes(player.id))) return 'CASES_IN_CHAIN_NOT_ALLOWED'
    }
    return undefined
  }
  const inputFor = (move: string, strand: StrandRow) => {
    const known = LEGAL.find((line) => line.move === move)
    const reason = known?.needs.includes('present') && strand.state === 'called' ? 'no-show' : known?.reasons[0]
    return { move, strand: strand.key, ...fullInput(reason, known?.needs ?? [], '', server.runtime.now()), citation: { matter: MATTER, row: 1 } }
  }

  it.each([
    ['coHandle', 'asked'],
    ['whistle', 'called'],
    ['whistle', 'arrived'],
    ['supervise', 'ordered'],
    ['supervise', 'replied'],
    ['extension', 'asked'],
    ['extension', 'endorsed'],
    ['suspension', 'asked'],
    ['suspension', 'endorsed'],
    ['appeal', 'asked'],
    ['appeal', 'endorsed'],
  ])(
    'lets a %s that is %s be turned by whom the table names, and by nobody else',
    async (kind, state) => {
      const one = await opened(kind, state)
      const strand = (await strandsOf(one.id)).find((row) => row.key === one.key)
      if (!strand) throw new Error('no strand')
      expect(strand).toMatchObject({ kind, state, open: true })
      const { rows } = await server.running.platform.pool.query<{ state: string; areaPath: string; owner: string | null; involved: string[]; chain: string[] }>(
        `select state, area_path as "areaPath", owner_unit as owner, involved, array(select distinct person_id::text from cases.entry where case_id = id and person_id is not null and move not in ('note', 'supervise', 'supervise-again', 'supervise-close', 'reopen', 'review')) as chain
       from cases."case" where id = $1`,
        [one.id],
      )
      const [seen] = rows
      if (!seen) throw new Error('no case')
      const legal = new Map<string, Player>()
      const before = await countsOf(server, one.id)
      let refused = 0
      for (const player of players)
        for (const move of TURNS) {
          const code = objection(player, seen, strand, one.persons, move)
          if (code === undefined) legal.set(move, legal.get(move) ?? player)
          else {
            const { status, body } = await sendMove(player, one.id, one.seq, inputFor(move, strand))
            expect(`${status} ${String(body['code'])}`, `${player.post} ${move}`).toBe(`${errors[code].status} ${code}`)
            refused += 1
          }
        }
      expect(await countsOf(server, one.id)).toEqual({ ...before, audit: before.audit + refused })
      const wanted = LEGAL.filter((known) => known.from === seen.state && turnOf(known.strand).kind === kind && turnOf(known.strand).from.includes(state))
      expect([...legal.keys()].toSorted()).toEqual(wanted.map((known) => known.move).toSorted())
      for (const [move, player] of legal) {
        const fresh = await opened(kind, state)
        const own = (await strandsOf(fresh.id)).find((row) => row.key === fresh.key)
        if (!own) throw new Error('no strand')
        const others = async () => JSON.stringify((await strandsOf(fresh.id)).filter((row) => row.key !== fresh.key))
        const beside = await others()
        const { status, body } = await sendMove(player, fresh.id, fresh.seq, inputFor(move, own))
        expect(status, `${player.post} ${move} ${JSON.stringify(body)}`).toBe(200)
        const now = (await strandsOf(fresh.id)).find((row) => row.key === fresh.key)
        expect(now?.state, move).toBe(turnOf(legalMove(seen.state, move)?.strand ?? '').to)
        expect(await others()).toBe(beside)
        // What was turned is not turned again by the same words.
        expect((await sendMove(player, fresh.id, fresh.seq, inputFor(move, own))).body['code']).toBe('SEQ_STALE')
      }
    },
    60_000,
  )
})
