import { randomUUID } from 'node:crypto'
import type { TestServer } from './server.ts'
import type { Person } from './world.ts'

/** A person with what decides about rights: unit, area, permissions. */
export interface Player extends Person {
  readonly post: string
  readonly id: string
  readonly unit: string
  readonly areaPath: string
  readonly permissions: ReadonlySet<string>
}

/** Where the cases of a cast lie and who owns their matter. */
export const OWNER = 'water-990101'
export const MATTER = 'gbt30428-component-0101'
const ALL = 'read file verify void dispatch accept handle check close evaluate reopen note approve confirm arbitrate link pause supervise whistle'
  .split(' ')
  .map((verb) => `cases.${verb}`)

/** The person who holds a post of the demo city, by the post's code. */
export async function playerAt(server: TestServer, post: string): Promise<Player> {
  const { rows } = await server.running.platform.pool.query<{ login: string; id: string; unit: string; areaPath: string; permissions: string[] }>(
    `select person.login, person.id, post.unit_code as unit, post.area_path as "areaPath", array(select unnest(permissions) from identity.role where name = any(post.roles)) as permissions
     from identity.post join identity.holding on holding.post_id = post.id join identity.person on person.id = holding.person_id where post.code = $1 order by person.demo_step is null, person.login limit 1`,
    [post],
  )
  const [row] = rows
  if (!row) throw new Error(`nobody holds the post ${post}`)
  return { ...(await server.signIn(row.login)), ...row, post, permissions: new Set(row.permissions) }
}

/** Makes a person who holds every permission of the loop: only the rules keep such a one from a move. */
export async function generalist(server: TestServer, post: string, unit: string): Promise<Player> {
  const { pool } = server.running.platform
  await pool.query(`insert into identity.role (name, permissions) values ('generalist', $1) on conflict do nothing`, [ALL])
  await pool.query(
    `with seat as (insert into identity.post (id, code, unit_code, title, area_code, area_name, area_path, roles) select $1, $2, code, $2, area_code, name, area_path, '{generalist}' from identity.unit where code = $3 returning id),
     body as (insert into identity.person (id, login, name, password_hash) select $4, $2, $2, password_hash from identity.person where demo_step is not null limit 1 returning id)
     insert into identity.holding (person_id, post_id, from_at) select body.id, seat.id, '2020-01-01' from body, seat`,
    [randomUUID(), post, unit, randomUUID()],
  )
  return playerAt(server, post)
}

type Path = readonly (readonly [part: Part, move: string])[]
const FILED: Path = [['acceptor', 'file']]
const DISPATCHED: Path = [...FILED, ['dispatcher', 'dispatch']]
const HANDLING: Path = [...DISPATCHED, ['manager', 'accept']]
const CHECKED: Path = [...HANDLING, ['handler', 'handle'], ['checker', 'check']]
const CLOSED: Path = [...CHECKED, ['closer', 'close']]

/** The path from a report to each state: who moves, by their part, and how. */
export const PATHS: Readonly<Record<string, Path>> = {
  reported: [],
  verifying: [['acceptor', 'ask-verify']],
  verified: [
    ['acceptor', 'ask-verify'],
    ['checker', 'verify'],
  ],
  filed: FILED,
  linked: [['acceptor', 'link']],
  dispatched: DISPATCHED,
  disputed: [...DISPATCHED, ['manager', 'refuse']],
  handling: HANDLING,
  paused: [...HANDLING, ['dispatcher', 'pause']],
  handled: [...HANDLING, ['handler', 'handle']],
  checked: CHECKED,
  closed: CLOSED,
  evaluated: [...CLOSED, ['evaluator', 'evaluate']],
  voided: [['acceptor', 'void']],
}
type Part = 'acceptor' | 'dispatcher' | 'manager' | 'handler' | 'checker' | 'closer' | 'evaluator'
export type Cast = Readonly<Record<Part, Player>>

export async function standardCast(server: TestServer): Promise<Cast> {
  const at = (post: string) => playerAt(server, post)
  const [acceptor, dispatcher, manager, handler, checker, closer, evaluator] = await Promise.all([
    at('acceptor-1'),
    at('dispatcher-1'),
    at(`${OWNER}-manager`),
    at(`${OWNER}-handler`),
    at('checker-1'),
    at('acceptor-2'),
    at('evaluator-1'),
  ])
  return { acceptor, dispatcher, manager, handler, checker, closer, evaluator }
}

/** A day of the city so many days from an instant (epoch ms). */
export const dayAfter = (now: number, days: number): string => new Date(now + days * 86_400_000).toISOString().slice(0, 10)

/** What a move may need, all of it, with its first reason where it has one; the main case of a link is the test's own. */
export const fullInput = (reason: string | undefined, needs: readonly string[], photo: string, now = Date.now()): Record<string, unknown> => ({
  ...(needs.includes('reason') && reason !== undefined ? { reasonCode: reason } : {}),
  ...(needs.includes('condition') ? { conditionRow: 1 } : {}),
  ...(needs.includes('owner') ? { owner: OWNER } : {}),
  ...(needs.includes('note') ? { note: '已处理' } : {}),
  ...(needs.includes('publicReply') ? { publicReply: '已办结' } : {}),
  ...(needs.includes('closingCondition') ? { closingConditionMet: true } : {}),
  ...(needs.includes('evidence') ? { evidence: [photo] } : {}),
  ...(needs.includes('targets') ? { targets: [CALLED] } : {}),
  ...(needs.includes('target') ? { targets: [OWNER] } : {}),
  // The matter's own clock: an extension is counted by what it extends.
  ...(needs.includes('limit') ? { limit: { clock: 'urgentHour', amount: 1 } } : {}),
  ...(needs.includes('until') ? { until: dayAfter(now, 3) } : {}),
  ...(needs.includes('citation') ? { citation: { matter: MATTER, row: 1 } } : {}),
  ...(needs.includes('position') ? { position: { lon: 113.006271, lat: 32.28082, crs: 'wgs84' } } : {}),
})
/** The unit that the cast calls in beside the owner. */
export const CALLED = 'gardens-990101'

const stepInput = (move: string, now: number): Record<string, unknown> =>
  ({
    file: { conditionRow: 1 },
    dispatch: { owner: OWNER },
    refuse: { reasonCode: 'not-our-duty', citation: { matter: MATTER, row: 1 } },
    pause: { reasonCode: 'waiting-weather', until: dayAfter(now, 3) },
    handle: { note: '已修复' },
    void: { reasonCode: 'duplicate', publicReply: '重复上报' },
    close: { closingConditionMet: true, publicReply: '已办结' },
  })[move] ?? {}

/** Sends one move with the seq given; nothing is read before. */
export const sendMove = (person: Person, id: string, seq: number | string | undefined, body: Record<string, unknown>) =>
  person.send<Record<string, unknown>>('POST', `/api/v1/cases/${id}/moves`, body, seq === undefined ? {} : { 'if-match': String(seq) })

/** A fresh case that the cast has walked to a state; its seq is the number of its lines. */
export async function caseIn(server: TestServer, cast: Cast, state: string): Promise<{ id: string; seq: number; receipt: string }> {
  const { case: opened, receipt } = await server.report()
  let seq = 1
  for (const [part, move] of PATHS[state] ?? []) {
    const evidence = ['verify', 'handle', 'check'].includes(move) ? { evidence: [await server.photo(cast[part])] } : {}
    const main = move === 'link' ? { main: (await server.report()).case.id } : {}
    const { status, body } = await sendMove(cast[part], opened.id, seq, { move, ...stepInput(move, server.runtime.now()), ...evidence, ...main })
    if (status !== 200) throw new Error(`${part} could not ${move}: ${JSON.stringify(body)}`)
    seq += 1
  }
  return { id: opened.id, seq, receipt }
}

export interface Counts {
  readonly entries: number
  readonly words: number
  readonly outbox: number
  readonly deadlines: string
  readonly strands: string
  readonly cases: string
  readonly blobs: number
  readonly audit: number
}

/** What is written about a case, and how many audit lines there are of any kind. */
export async function countsOf(server: TestServer, id: string): Promise<Counts> {
  const { rows } = await server.running.platform.pool.query<Counts>(
    `select (select count(*) from cases.entry where case_id = $1) as entries, (select count(*) from cases.entry_words where case_id = $1) as words, (select count(*) from platform.outbox where case_id = $1) as outbox,
      (select coalesce(string_agg(deadline::text, ';' order by started_seq, stage), '') from cases.deadline where case_id = $1) as deadlines,
      (select coalesce(string_agg(strand::text, ';' order by key), '') from cases.strand where case_id = $1) as strands, (select row_to_json("case")::text from cases."case" where id = $1) as cases,
      (select count(*) from platform.blob where case_id = $1) as blobs, (select count(*) from platform.audit) as audit`,
    [id],
  )
  if (!rows[0]) throw new Error('no counts')
  return rows[0]
}
