import { randomUUID } from 'node:crypto'
import type { Running } from '../../src/start.ts'
import { fullInput, generalist, OWNER, sendMove, type Player } from './cast.ts'
import { LEGAL, type LegalMove } from './legal-moves.ts'
import type { TestServer } from './server.ts'

/** A small seeded generator (mulberry32), so that a busy run is the same each time. */
export function dice(seed: number): (sides: number) => number {
  let state = seed
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) % 1_000_000) % sides
  }
}

const OWNERS = [OWNER, 'gardens-990103', 'transport']
const MATTERS = ['gbt30428-component-0101', 'gbt30428-event-0113', 'gbt30428-component-0217']
/** Looks once for clocks that have run out, as the program's own pump does. Returns how many lines it wrote. */
export async function markDue(running: Running): Promise<number> {
  const pump = running.app.registrations.flatMap((registration) => registration.pumps ?? []).find((candidate) => candidate.name === 'cases.overdue')
  if (!pump) throw new Error('no pump looks at the clocks')
  return pump.work()
}

/** What reporters say of it afterwards, one after the other. */
const ANSWERS = [
  ['rate', { fixed: true, rating: 'satisfied' }],
  ['not-fixed', { fixed: false, rating: 'dissatisfied' }],
  ['rate', { fixed: true, rating: 'dissatisfied' }],
  ['not-fixed', { fixed: false, rating: 'dissatisfied' }],
  ['rate', { fixed: true, rating: 'basically' }],
] as const

interface OpenStrand {
  readonly key: string
  readonly kind: string
  readonly state: string
  readonly unit: string | null
  readonly by: string | null
}
const openStrands = async (server: TestServer, id: string): Promise<OpenStrand[]> =>
  (
    await server.running.platform.pool.query<OpenStrand>(
      'select key, kind, state, unit_code as unit, by_unit as by from cases.strand where case_id = $1 and open order by key',
      [id],
    )
  ).rows
/** The states in which a line of the table turns a strand; none where it begins one or turns none. */
const turnsFrom = (known: LegalMove): string[] => (/^\w+ ([\w|]+)>/.exec(known.strand)?.[1] ?? '').split('|').filter((state) => state !== '')
/** What an extension may ask for: an hour or a day of the clock that it moves. */
async function limitOf(server: TestServer, id: string): Promise<{ clock: string; amount: number }> {
  const { rows } = await server.running.platform.pool.query<{ clock: string }>(
    `select clock from cases.deadline where case_id = $1 and stage = 'handle' order by started_seq desc limit 1`,
    [id],
  )
  return { clock: rows[0]?.clock ?? 'workDay', amount: 1 }
}

/** Several people who hold every permission push cases around at random while the clock runs on; returns how many moves were made and which. */
export async function busyRun(
  server: TestServer,
  options: { readonly seed: number; readonly cases: number; readonly moves: number },
): Promise<Map<string, number>> {
  const roll = dice(options.seed)
  const { pool } = server.running.platform
  const posts = [['supervision', 3], ['command', 2], ...OWNERS.map((unit) => [unit, 2] as const)] as const
  const crowd: Player[] = []
  for (const [unit, count] of posts) for (let index = 0; index < count; index++) crowd.push(await generalist(server, `busy-${unit}-${index}`, unit))
  const evaluators = await Promise.all([0, 1, 2, 3].map((index) => generalist(server, `busy-evaluation-${index}`, 'evaluation')))
  const { rows: spots } = await pool.query<{ lon: number; lat: number }>(`select lon, lat from places.area where grid_kind = 'single' order by code limit 400`)
  const made = new Map<string, number>()
  const tried = new Map<string, number>()
  const ids: string[] = []
  const receipts = new Map<string, string>()
  let answered = 0
  for (let index = 0; index < options.cases; index++) {
    const spot = spots[roll(spots.length)] ?? server.point()
    const { case: opened, receipt } = await server.report({
      matter: MATTERS[roll(3)],
      conditionRow: 1,
      position: index % 9 === 8 ? undefined : { ...spot, crs: 'wgs84' },
      text: `第${index}件 ${randomUUID()}`,
    })
    ids.push(opened.id)
    receipts.set(opened.id, receipt)
  }
  for (let step = 0; step < options.moves; step++) {
    if (roll(40) === 0) {
      server.runtime.offsetMs += roll(240) * 60_000
      await markDue(server.running)
    }
    const id = ids[roll(ids.length)] ?? ''
    const { rows } = await pool.query<{ state: string; seq: number; owner: string | null }>(
      'select state, seq, owner_unit as owner from cases."case" where id = $1',
      [id],
    )
    const [found] = rows
    if (['closed', 'evaluated'].includes(found?.state ?? '') && roll(2) === 0) {
      const [move, answer] = ANSWERS[answered++ % ANSWERS.length] ?? ANSWERS[0]
      const { status } = await server.send('POST', `/api/v1/reports/${receipts.get(id) ?? ''}/answer`, answer, { 'idempotency-key': randomUUID() })
      if (status === 200) made.set(move, (made.get(move) ?? 0) + 1)
      continue
    }
    const strands = await openStrands(server, id)
    const fitting = (known: LegalMove) => strands.filter((strand) => known.strand.startsWith(`${strand.kind} `) && turnsFrom(known).includes(strand.state))
    const open = LEGAL.filter(
      (known) =>
        known.from === found?.state &&
        !['system', 'reporter'].includes(known.party) &&
        (turnsFrom(known).length > 0 ? fitting(known).length > 0 : (['forward', 'back'].includes(known.kind) && !known.aside) || roll(4) === 0),
    )
    // Half of the time the case goes on; else what was tried least, so that no run leaves a move out by chance, or anything.
    const onward = open.filter((known) => known.kind === 'forward' && !known.aside)
    const seldom = open.toSorted((one, other) => (tried.get(one.move) ?? 0) - (tried.get(other.move) ?? 0))[0]
    const chance = roll(8)
    const among = chance < 4 && onward.length > 0 ? onward : open
    const known = chance > 5 ? seldom : among[roll(Math.max(1, among.length))]
    if (!found || !known) continue
    tried.set(known.move, (tried.get(known.move) ?? 0) + 1)
    const strand = fitting(known)[0]
    const unit = { lead: found.owner, called: strand?.unit, caller: strand?.by }[known.party]
    // Who supervises does not handle: mostly the centre checks and closes, now and then somebody tries who may not.
    const centre = ['handled', 'checked'].includes(found.state) && known.kind !== 'side' && roll(4) > 0
    const able = centre
      ? crowd.filter((player) => player.unit === 'supervision')
      : unit
        ? crowd.filter((player) => player.unit === unit)
        : known.move === 'evaluate'
          ? evaluators
          : crowd
    const player = able[roll(able.length)]
    if (!player) continue
    const photo = known.needs.includes('evidence') ? await server.photo(player) : ''
    const { status } = await sendMove(player, id, found.seq, {
      move: known.move,
      ...fullInput(known.reasons[roll(known.reasons.length || 1)], known.needs, photo, server.runtime.now()),
      ...(known.needs.includes('owner') ? { owner: OWNERS[roll(3)] } : {}),
      ...(known.needs.includes('targets') || (known.move === 'dispatch' && roll(3) === 0) ? { targets: OWNERS.filter(() => roll(2) === 0).slice(0, 2) } : {}),
      ...(known.needs.includes('main') ? { main: ids[roll(ids.length)] } : {}),
      ...(known.needs.includes('limit') ? { limit: await limitOf(server, id) } : {}),
      ...(strand ? { strand: strand.key } : {}),
    })
    if (status === 200) made.set(known.move, (made.get(known.move) ?? 0) + 1)
  }
  return made
}
