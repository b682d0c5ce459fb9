import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { City, Organisation } from '@linli/contract/city'
import { findMove, movesFrom, type Move } from '@linli/contract/workflow'
import { jointEvent } from '@linli/contract/workflows/joint-event'
import type { ReportBody } from './report.ts'

interface FakeEntry {
  seq: number
  at: string
  move: string
  kind: string
  stateAfter: string
  personName: string | null
  login: string
}
interface FakeCase {
  id: string
  state: string
  path: string
  gridCode: string | null
  matter: string | null
  row: number | null
  owner: string | null
  barred: string
  text: string
  entries: FakeEntry[]
}
interface Person {
  login: string
  name: string
  step: string
  unit: Organisation['units'][number]
  title: string
  areaCode: string
  permissions: readonly string[]
}
interface MoveInput {
  move: string
  reasonCode?: string
  matter?: string
  conditionRow?: number
  owner?: string
  evidence?: string[]
  note?: string
  publicReply?: string
  closingConditionMet?: boolean
}

const demo = <T>(file: string): T => JSON.parse(readFileSync(join(import.meta.dirname, '../../../../cities/demo', file), 'utf8')) as T
const ROOT = '990100'
const refuse = (status: number, code: string): Response => Response.json({ code }, { status })

/** An in-memory stand-in for the server that holds the people and roles of the demo city and the rules of the workflow, enough to see the driver act. */
export class FakeCity {
  readonly cases: FakeCase[] = []
  readonly refusals: string[] = []
  moves = 0
  mostOpen = 0
  readonly #people: Person[]
  readonly #units: Organisation['units']

  constructor() {
    const { roles } = demo<City>('city.json')
    const { units, posts, people } = demo<Organisation>('organisation.json')
    this.#units = units
    this.#people = people.map(({ login, name, step, posts: [code] }) => {
      const post = posts.find((each) => each.code === code)
      const unit = units.find((each) => each.code === post?.unit)
      if (!post || !unit) throw new Error(`POST_UNKNOWN ${code}`)
      return { login, name, step: step ?? '', unit, title: post.title, areaCode: post.areaCode, permissions: post.roles.flatMap((role) => roles[role] ?? []) }
    })
  }

  /** Stands for the global fetch. */
  fetch = async (address: URL, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers)
    const person = this.#people.find((each) => each.login === headers.get('authorization')?.slice(7))
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined
    const [, , , area = '', id = '', tail = ''] = address.pathname.split('/')
    const answer = this.#answer(
      `${init.method} ${area}${id === '' ? '' : '/:id'}${tail === '' ? '' : `/${tail}`}`,
      id,
      person,
      body,
      Number(headers.get('if-match')?.replaceAll('"', '')),
    )
    if (answer.status >= 400) this.refusals.push(((await answer.clone().json()) as { code: string }).code)
    return answer
  }

  openCase({
    channel,
    text,
    matter,
    conditionRow,
    position,
    by,
  }: Pick<ReportBody, 'channel' | 'text' | 'matter' | 'conditionRow' | 'position'> & { by: string }): FakeCase {
    const street = position ? ['990101', '990101002000'] : []
    const made: FakeCase = {
      id: `01900000-0000-7000-8000-${String(this.cases.length * 16 + 1).padStart(12, '0')}`,
      state: 'reported',
      path: [ROOT, ...street].join('.'),
      gridCode: position ? '990101002001001' : null,
      matter: matter ?? null,
      row: conditionRow ?? null,
      owner: null,
      barred: '',
      text,
      entries: [],
    }
    this.cases.push(made)
    this.#append(made, 'report', 'reported', 'forward', by)
    if (channel === 'field' && conditionRow !== undefined) this.#append(made, 'auto-file', 'filed', 'forward', 'system')
    this.mostOpen = Math.max(this.mostOpen, this.#open().length)
    return made
  }

  #answer(route: string, id: string, person: Person | undefined, body: unknown, seq: number): Response {
    const found = this.cases.find((each) => each.id === id && person !== undefined && this.#sees(person, each))
    switch (route) {
      case 'GET demo-people':
        return Response.json({
          password: 'known',
          rows: this.#people.map(({ login, name, title, unit, areaCode, step }) => ({
            login,
            personName: name,
            postTitle: title,
            unitName: unit.name,
            areaName: this.#areaName(areaCode),
            step,
          })),
        })
      case 'GET city':
        return Response.json({ name: '邻里市' })
      case 'GET areas':
        return Response.json({ rows: [{ gridKind: 'basic', path: `${ROOT}.990101.990101002000`, center: { lon: 113.01, lat: 32.25 } }], next: null })
      case 'GET units':
        return Response.json({ rows: this.#units })
      case 'POST session':
        return this.#signIn((body as { login: string }).login)
      case 'POST blobs':
        return Response.json({ id: crypto.randomUUID() }, { status: 201 })
      case 'POST reports': {
        const made = this.openCase({ ...(body as ReportBody), by: person?.login ?? 'public' })
        return Response.json({ outcome: 'waiting', case: { id: made.id } }, { status: 201 })
      }
      case 'GET cases':
        return Response.json({ rows: this.#open().map((each) => this.#row(each)), next: null })
      case 'GET cases/:id':
        return found && person ? Response.json(this.#detail(found, person)) : refuse(404, 'NOT_FOUND')
      case 'GET cases/:id/entries':
        return found ? Response.json({ rows: found.entries, intact: true }) : refuse(404, 'NOT_FOUND')
      case 'POST cases/:id/moves':
        return found && person ? this.#move(found, person, body as MoveInput, seq) : refuse(404, 'NOT_FOUND')
      default:
        return refuse(404, `ROUTE_UNKNOWN ${route}`)
    }
  }

  #signIn(login: string): Response {
    const person = this.#people.find((each) => each.login === login)
    return person
      ? Response.json({ token: login, session: { post: { areaCode: person.areaCode, unitCode: person.unit.code } } }, { status: 201 })
      : refuse(401, 'SIGN_IN_FAILED')
  }

  #move(made: FakeCase, person: Person, input: MoveInput, seq: number): Response {
    const move = findMove(jointEvent, input.move)
    if (seq !== made.entries.length) return refuse(412, 'SEQ_STALE')
    if (!move || !this.#may(move, made, person)) return refuse(403, 'CASES_MOVE_NOT_ALLOWED')
    const brought: Record<string, unknown> = {
      reason: move.reasons?.find((each) => each === input.reasonCode),
      condition: input.conditionRow ?? made.row,
      closingCondition: input.closingConditionMet,
      evidence: input.evidence?.length,
      note: input.note,
      publicReply: input.publicReply,
      owner: this.#units.find((unit) => unit.code === input.owner),
    }
    if (move.needs.some((need) => need in brought && !brought[need])) return refuse(422, 'CASES_INPUT_MISSING')
    this.moves += 1
    made.barred = move.receivers ? (made.entries.findLast((entry) => move.receivers?.includes(entry.move))?.login ?? '') : ''
    made.row = input.conditionRow ?? made.row
    made.matter = input.matter ?? made.matter
    made.owner = input.owner ?? (move.to === 'filed' || move.to === 'reported' ? null : made.owner)
    this.#append(made, move.id, move.to ?? made.state, move.kind, person.login)
    return Response.json({ id: made.id, state: made.state, step: '', seq: made.entries.length })
  }

  #may(move: Move, made: FakeCase, person: Person): boolean {
    const acted = (moves: readonly string[]) => made.entries.some((entry) => entry.login === person.login && moves.includes(entry.move))
    if (!move.from.includes(made.state) || move.permission === undefined || !person.permissions.includes(move.permission)) return false
    if (move.party === 'lead' && person.unit.code !== made.owner) return false
    if (move.kind === 'forward' && made.barred === person.login) return false
    if (move.needs.includes('notHandler') && (acted(['accept', 'handle']) || person.unit.code === made.owner)) return false
    return !(move.needs.includes('noEarlierMove') && made.entries.some((entry) => entry.login === person.login))
  }

  #append(made: FakeCase, move: string, state: string, kind: string, login: string): void {
    made.state = state
    made.entries.push({
      seq: made.entries.length + 1,
      at: new Date().toISOString(),
      move,
      kind,
      stateAfter: state,
      personName: this.#people.find((each) => each.login === login)?.name ?? null,
      login,
    })
  }

  #sees = (person: Person, made: FakeCase): boolean => made.path.split('.').includes(person.areaCode) || person.unit.code === made.owner

  #open = (): FakeCase[] => this.cases.filter((each) => !jointEvent.states[each.state]?.final)

  #areaName = (code: string): string => (code === ROOT ? '邻里市' : code.length === 6 ? `区${code}` : `第${code.slice(8, 9)}街道`)

  #row(made: FakeCase): object {
    return {
      id: made.id,
      state: made.state,
      seq: made.entries.length,
      matterKey: made.matter,
      gridCode: made.gridCode,
      areaPath: made.path,
      areaNames: made.path.split('.').slice(1).map(this.#areaName),
      owner: made.owner,
      ownerName: this.#units.find((unit) => unit.code === made.owner)?.name ?? null,
      dueAt: null,
    }
  }

  #detail(made: FakeCase, person: Person): object {
    const abilities = movesFrom(jointEvent, made.state)
      .filter((move) => move.party !== 'system')
      .map((move) => ({
        move: move.id,
        kind: move.kind,
        to: move.to ?? null,
        allowed: this.#may(move, made, person),
        why: null,
        needs: move.needs,
        reasons: move.reasons ?? [],
      }))
    return {
      case: this.#row(made),
      said: { text: made.text },
      condition: made.row ? { rowNo: made.row } : null,
      advice: made.gridCode ? { owner: 'urban-990101' } : null,
      abilities,
    }
  }
}
