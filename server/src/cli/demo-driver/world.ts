import { cases } from '@linli/contract/endpoints/cases'
import { identity } from '@linli/contract/endpoints/identity'
import { intake } from '@linli/contract/endpoints/intake'
import { chooseMove, inputFor, isNeglected, isSomebodysNow, WAITING, type CaseRow } from './choose.ts'
import type { Answered, CallApi } from './client.ts'
import { listCells, type Cell } from './ground.ts'
import { paintTile } from './photo.ts'
import { type Random } from '@linli/lib/random'
import { pick, shuffled } from './random.ts'
import { fieldReport, newKey, residentReport, type ReportBody } from './report.ts'
import { openRoster, type DemoPerson, type Roster, type Seat } from './roster.ts'

/** What an act came to: done, nothing to do just now, or refused by the server with this status (0 for a lost connection). */
export type Outcome =
  | { readonly kind: 'done'; readonly caseId: string; readonly did: string }
  | { readonly kind: 'idle' }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly retryAfterMs: number }

/** The demo city as seen by its invented people, over public HTTP only. */
export interface World {
  listOpen(): Promise<Answered<readonly CaseRow[]>>
  report(channel: 'web' | 'field'): Promise<Outcome>
  /** Moves one case that is free now. */
  moveSome(open: readonly CaseRow[]): Promise<Outcome>
  move(row: CaseRow): Promise<Outcome>
}

/** Cases looked at in one turn until one can be moved. */
const MOST_TRIES = 6
const IDLE: Outcome = { kind: 'idle' }
/** Remembered own acts; older ones are past the time in which they matter. */
const MOST_REMEMBERED = 5_000

/** Opens the world; undefined where the city has no demo people or does not answer yet. */
export async function openWorld(call: CallApi, random: Random, now: () => number): Promise<World | undefined> {
  const cells = await listCells(call)
  const roster = cells.length === 0 ? undefined : await openRoster(call, now)
  const reader = roster && (await seatOfStep(roster, 'file'))
  if (!roster || !reader) return undefined
  const units = await call(identity.listUnits, { token: reader.token })
  if (!units.ok) return undefined
  const owners = units.value.rows.filter((unit) => unit.kind === 'department').map((unit) => unit.code)
  return worldOf({ call, roster, cells, owners, random, now })
}

interface Parts {
  readonly call: CallApi
  readonly roster: Roster
  readonly cells: readonly Cell[]
  /** Units that may own a case where no rule advises one. */
  readonly owners: readonly string[]
  readonly random: Random
  readonly now: () => number
}

function worldOf({ call, roster, cells, owners, random, now }: Parts): World {
  const ours = new Set<string>()

  const remember = (caseId: string, seq: number): void => {
    ours.add(`${caseId}:${seq}`)
    const [oldest] = ours
    if (ours.size > MOST_REMEMBERED && oldest !== undefined) ours.delete(oldest)
  }

  async function photo(token?: string): Promise<string[]> {
    const answer = await call(intake.upload, { bytes: paintTile(random()), token })
    return answer.ok ? [answer.value.id] : []
  }

  async function send(body: ReportBody, token?: string): Promise<Outcome> {
    const photos = random() < 0.6 ? await photo(token) : []
    const answer = await call(intake.report, { body: { ...body, ...(photos.length > 0 ? { photos } : {}) }, key: newKey(), token })
    if (!answer.ok) return refused(answer)
    remember(answer.value.case.id, 1)
    return { kind: 'done', caseId: answer.value.case.id, did: `report ${body.channel} ${answer.value.outcome}` }
  }

  async function report(channel: 'web' | 'field'): Promise<Outcome> {
    if (channel === 'web') return send(residentReport(cellIn(cells, undefined, random), random))
    const person = pick(
      roster.people.filter((each) => each.step === 'report'),
      random,
    )
    const seat = person && (await roster.seatOf(person))
    return person && seat ? noticing(person, await send(fieldReport(cellIn(cells, seat.areaCode, random), random), seat.token)) : IDLE
  }

  async function move(row: CaseRow): Promise<Outcome> {
    for (const person of roster.candidates(row, random)) {
      const seat = await roster.seatOf(person)
      const outcome = seat ? noticing(person, await moveAs(seat, row)) : IDLE
      if (outcome.kind === 'done' || (outcome.kind === 'refused' && isTrouble(outcome.status))) return outcome
    }
    return IDLE
  }

  async function moveAs(seat: Seat, row: CaseRow): Promise<Outcome> {
    const target = { params: { id: row.id }, token: seat.token }
    const detail = await call(cases.get, target)
    if (!detail.ok) return refused(detail)
    const ability = chooseMove(detail.value.abilities, detail.value.case, random)
    if (!ability) return IDLE
    const ledger = await call(cases.listEntries, target)
    if (!ledger.ok) return refused(ledger)
    if (isSomebodysNow(row.id, ledger.value.rows, ours, now())) return IDLE
    const evidence = ability.needs.includes('evidence') ? await photo(seat.token) : []
    const body = { ...inputFor(ability, detail.value, owners, random), ...(evidence.length > 0 ? { evidence } : {}) }
    const moved = await call(cases.move, { ...target, body, seq: detail.value.case.seq })
    if (!moved.ok) return refused(moved)
    remember(row.id, moved.value.seq)
    return { kind: 'done', caseId: row.id, did: ability.move }
  }

  /** An ended session is forgotten, so that the person signs in again next time. */
  function noticing(person: DemoPerson, outcome: Outcome): Outcome {
    if (outcome.kind === 'refused' && outcome.status === 401) roster.forget(person)
    return outcome
  }

  return {
    report,
    move,
    moveSome: async (open) => {
      const free = shuffled(
        open.filter((each) => !isNeglected(each, now())),
        random,
      )
      for (const row of free.slice(0, MOST_TRIES)) {
        const outcome = await move(row)
        if (outcome.kind !== 'idle') return outcome
      }
      return IDLE
    },
    listOpen: async () => {
      for (const person of roster.people.filter((each) => each.step === 'file')) {
        const seat = await roster.seatOf(person)
        if (!seat) continue
        const answer = await call(cases.list, { query: { state: Object.keys(WAITING).join(','), limit: '200' }, token: seat.token })
        if (answer.ok) return { ok: true, value: answer.value.rows }
        noticing(person, refused(answer))
        if (answer.status !== 401) return answer
      }
      return { ok: false, status: 401, code: 'SESSION_MISSING', retryAfterMs: 0 }
    },
  }
}

/** True where the server itself is in trouble or asks for rest; anything else is one refused act. */
export function isTrouble(status: number): boolean {
  return status === 0 || status === 429 || status >= 500
}

function refused(answer: Extract<Answered<unknown>, { ok: false }>): Outcome {
  return { kind: 'refused', status: answer.status, code: answer.code, retryAfterMs: answer.retryAfterMs }
}

async function seatOfStep(roster: Roster, step: string): Promise<Seat | undefined> {
  for (const person of roster.people.filter((each) => each.step === step)) {
    const seat = await roster.seatOf(person)
    if (seat) return seat
  }
  return undefined
}

function cellIn(cells: readonly Cell[], areaCode: string | undefined, random: Random): Cell {
  const inside = areaCode === undefined ? cells : cells.filter((cell) => cell.path.split('.').includes(areaCode))
  return pick(inside.length > 0 ? inside : cells, random) ?? { path: '', lon: 0, lat: 0 }
}
