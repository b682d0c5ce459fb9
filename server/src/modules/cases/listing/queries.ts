import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import type { cases as contract } from '@linli/contract/endpoints/cases'
import { Refusal } from '@linli/contract/errors'
import { many, one, sql, together, type Db } from '../../../platform/db/database.ts'
import { cursorOf } from '../../../platform/http/cursor.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { indicatorSql } from '../indicators.ts'
import type { CasesPorts } from '../ports.ts'
import { belowPath, LIST_COLUMNS, likeText, OPEN, rowView, visibleTo } from '../queries.ts'
import { tokensOf } from '../rules.ts'
import type { CaseRecord } from '../store.ts'
import { orderOf, type Order } from './order/queries.ts'

type ListQuery = QueryOf<typeof contract.list>
type CountQuery = QueryOf<typeof contract.count>
type Condition = ReturnType<typeof sql<boolean>>

/** How many of the newest cases are looked through, first and then, before all others are asked by index; reading words takes longer. */
const WINDOWS = [250, 4_000, 40_000]
const WORD_WINDOWS = [250, 1_500]
/** A question that so many cases answer may find its page among the newest after all. */
const DENSE = 20_000
const MOST_REMEMBERED = 5_000
/** Questions whose answers are rare: they go to the indexes at once. */
const rare = new Set<string>()

/**
 * One page of the cases inside the actor's scope, newest first. No single plan is good for every scope and filter: what is common is found
 * among the newest at once, what is rare through an index on what makes it so, and the planner cannot know which is which, because it takes
 * every answer to be spread evenly over time. So the newest are looked through first, and only what is then missing is asked by index.
 */
export async function listCases(db: Db, ports: CasesPorts, actor: PersonActor, query: ListQuery, limit: number): Promise<AnswerOf<typeof contract.list>> {
  const { cursor, limit: _limit, ...asked } = query
  const question = JSON.stringify([actor.unitCode, actor.areaPath, asked])
  const order = orderOf(query.order)
  const range = sql<boolean>`${rangeOf(query)} and ${order.after(cursor)} and ${order.walk ?? walkOf(asked)}`
  const rows: CaseRecord[] = []
  let seen = 0
  for (const size of rare.has(question) ? [] : windowsFor(query)) {
    rows.push(...(await amongFirst(db, order, [range, beyond(order, range, seen)], size, whereOf(ports, actor, asked, 'row'), limit + 1 - rows.length)))
    seen += size
    if (rows.length > limit) break
  }
  if (rows.length <= limit)
    rows.push(...(await amongAll(db, order, [range, beyond(order, range, seen)], whereOf(ports, actor, asked, 'index'), limit + 1 - rows.length, question)))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown.map((row) => rowView(ports, row)), next: rows.length > limit && last ? cursorOf(order.at(last), last.id) : null }
}

const windowsFor = ({ q }: ListQuery) => (q === undefined ? WINDOWS : WHOLE_NUMBER.test(q.trim()) ? [] : WORD_WINDOWS)

/** How many cases the list holds, exactly; with `upTo` no more than one beyond it are counted, so that a large answer is quick as well. */
export async function countCases(db: Db, ports: CasesPorts, actor: PersonActor, query: CountQuery): Promise<number> {
  const where = sql.join([rangeOf(query), whereOf(ports, actor, query, 'index')], sql` and `)
  const counted =
    query.upTo === undefined
      ? sql<{ count: number }>`select count(*) as count from cases."case" where ${where}`
      : sql<{ count: number }>`select count(*) as count from (select from cases."case" where ${where} limit ${Number(query.upTo) + 1}) as found`
  return (await one<{ count: number }>(db, counted))?.count ?? 0
}

/** Looks through so many of the first; the plan is always the same walk along one index, and ends when the page is full. */
async function amongFirst(db: Db, { by }: Order, range: readonly Condition[], size: number, where: Condition, limit: number): Promise<CaseRecord[]> {
  const [rows] = await together(
    db,
    sql<CaseRecord>`select ${LIST_COLUMNS} from (select * from cases."case" where ${sql.join([...range], sql` and `)} ${by} limit ${size}) as first where ${where} ${by} limit ${limit}`,
  )
  return rows
}

/** Finds all by whichever index fits their values best and then takes the newest: the fence keeps the planner from a walk that finds its page too late or never. */
async function amongAll(db: Db, { by, column }: Order, range: readonly Condition[], where: Condition, limit: number, question: string): Promise<CaseRecord[]> {
  const rows = await many<CaseRecord & { matched: number }>(
    db,
    sql`select ${LIST_COLUMNS}, matched from (select district_id, id, ${column}, matched from (
        select district_id, id, ${column}, count(*) over () as matched from cases."case" where ${sql.join([...range, where], sql` and `)} offset 0) as found ${by} limit ${limit}) as page
      join cases."case" using (district_id, id, ${column}) ${by}`,
  )
  if ((rows[0]?.matched ?? 0) > DENSE) rare.delete(question)
  else {
    if (rare.size >= MOST_REMEMBERED) rare.clear()
    rare.add(question)
  }
  return rows
}

/** The instants between which the cases were opened. */
function rangeOf(query: CountQuery): Condition {
  return sql.join(
    [
      sql`true`,
      ...(query.from === undefined ? [] : [sql`opened_at >= ${new Date(query.from)}`]),
      ...(query.to === undefined ? [] : [sql`opened_at < ${new Date(query.to)}`]),
    ],
    sql` and `,
  )
}

/** What a question asks of every case and what has an index in the order of the list: the walk goes along that one, past fewer others. */
function walkOf({ mine, overdue, state }: Omit<ListQuery, 'cursor' | 'limit'>): Condition {
  if (mine !== undefined) return sql`waiting <> '{}'`
  if (overdue !== undefined) return sql`overdue`
  return state !== undefined && goOn(state.split(',')) ? OPEN : sql`true`
}
const goOn = (states: readonly string[]) => !states.some((state) => ENDED.has(state))

/** What lies behind the first so many; nothing where there are no more. */
const beyond = ({ by, column, beyond: than }: Order, range: Condition, seen: number): Condition =>
  seen === 0 ? sql`true` : sql`(${column}, id) ${than} (select ${column}, id from cases."case" where ${range} ${by} offset ${seen - 1} limit 1)`

/** Scope and filters. `row` looks at the row alone, `index` adds what an index can find it by; both keep the same cases. */
function whereOf(ports: CasesPorts, actor: PersonActor, query: CountQuery, by: 'row' | 'index'): Condition {
  const found: Condition[] = [visibleTo(actor)]
  const states = query.state?.split(',')
  if (states) found.push(sql`state = any(${states})`)
  if (states && by === 'index' && goOn(states)) found.push(OPEN)
  if (query.area !== undefined) found.push(belowPath(ports.areaPathOf(query.area) ?? query.area))
  if (query.order === 'due') found.push(orderOf(query.order).walk ?? OPEN)
  // Only what is open can still be put to somebody.
  if (query.owner === NONE) found.push(sql`(owner_unit is null and ${OPEN})`)
  else if (query.owner !== undefined) found.push(sql`owner_unit = ${query.owner}`)
  if (query.owner !== undefined && query.owner !== NONE && by === 'index') found.push(sql`involved @> array[${query.owner}]::text[]`)
  if (query.matter !== undefined) found.push(query.matter === NONE ? sql`matter_key is null` : sql`matter_key = ${query.matter}`)
  if (query.track !== undefined) found.push(sql`track = ${query.track}`)
  if (query.overdue !== undefined) found.push(sql`overdue`)
  const words = query.q?.trim() ?? ''
  if (words !== '') found.push(by === 'row' ? saysInRow(words) : sql`(district_id, id) in (${saysByIndex(words)})`)
  // What waits for this very actor: a permission of the post, or of its unit.
  if (query.mine !== undefined) found.push(sql`(waiting <> '{}' and waiting && ${tokensOf(actor)}::text[])`)
  if (query.indicator !== undefined) {
    const indicator = indicatorSql[query.indicator]
    if (!indicator) throw new Refusal('INPUT_INVALID', [{ pointer: '/querystring/indicator', code: 'enum' }])
    found.push(sql`${query.part === 'denominator' ? indicator.of : indicator.fulfilled}`)
  }
  return sql.join(found, sql` and `)
}

/** Stands for open cases that have no owner yet, and for cases without a matter: what a figure groups under no name opens like any other. */
const NONE = 'none'
const ENDED: ReadonlySet<string> = new Set(['closed', 'evaluated', 'voided'])
/** One case at most bears it. */
const WHOLE_NUMBER = /^[A-Za-z]+-\d{8}-\d{6,}$/
/** Numbers are capitals, digits and hyphens: nothing else is looked for in them. */
const numberIn = (words: string) => (/^[\w-]+$/.test(words) && !words.includes('_') ? words.toUpperCase() : undefined)

/** The words somewhere in the title, or the number or its beginning or end. */
function saysInRow(words: string): Condition {
  const number = numberIn(words)
  const titled = sql`title ilike ${`%${likeText(words)}%`}`
  return number === undefined ? sql<boolean>`${titled}` : sql`(${titled} or number like ${`${number}%`} or number like ${`%${number}`})`
}

/** The same by the pairs of characters that a title holds, and by the numbers read forwards and backwards. */
function saysByIndex(words: string) {
  const number = numberIn(words)
  const pairs = [...words].length < 2 ? sql`` : sql` and cases.grams(title) @> cases.grams(${words})`
  const titled = sql`select district_id, id from cases.case_text where title ilike ${`%${likeText(words)}%`}${pairs}`
  if (number === undefined) return titled
  const numbered = (condition: Condition) => sql`select district_id, id from cases.case_text where ${condition}`
  return sql`${titled} union ${numbered(sql`number like ${`${number}%`}`)} union ${numbered(sql`reverse(number) like ${`${[...number].toReversed().join('')}%`}`)}`
}
