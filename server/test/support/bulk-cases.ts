import { sql, type Db } from '../../src/platform/db/database.ts'
import { canonical } from '../../src/platform/audit/hash.ts'

/** Copies of one real case: how many, and over how many days before the real one they were opened. */
export interface Copies {
  readonly caseId: string
  readonly count: number
  readonly days: number
}

/**
 * What a copy consists of. Left out, because no list, search or fold reads it: audit and read-log lines, delivered events, keys of resends
 * and photos (the copies name those of the real case).
 */
const TABLES = [
  'cases.case',
  'cases.case_text',
  'cases.entry',
  'cases.entry_words',
  'cases.deadline',
  'cases.strand',
  'intake.report',
  'intake.reporter',
] as const
type Table = (typeof TABLES)[number]
type Row = Readonly<Record<string, string | null>>
interface Column {
  readonly name: string
  readonly type: string
}

/** A copy's own facts; everything else of it is the real case's, moved in time. */
const STREETS = [
  '人民路',
  '解放路',
  '建设路',
  '青年路',
  '和平路',
  '文化路',
  '光明路',
  '新华路',
  '府前街',
  '西昌路',
  '东湖路',
  '北安路',
  '南苑路',
  '站前路',
  '学院路',
  '滨河路',
]
const THINGS = [
  '井盖缺失',
  '路灯不亮',
  '垃圾满溢',
  '占道经营',
  '噪声扰民',
  '树木倒伏',
  '路面积水',
  '墙体脱落',
  '违规停车',
  '污水外溢',
  '护栏损坏',
  '广告牌松动',
]

/**
 * Copies real cases inside the database, with ledgers whose hashes hold: each copy has its own id, number, instants and words, and all that
 * its row says follows from its lines, so that `verifyLedger` finds nothing. `first` is the serial of the first copy and must be new.
 */
export async function loadCopies(db: Db, copies: readonly Copies[], first: number): Promise<void> {
  const columns = await readColumns(db)
  const statements: string[] = []
  let serial = first
  // All are read before the first is copied: by the case alone, and then without indexes, nothing is found fast.
  for (const { caseId, count, days } of copies) {
    const sample = await readSample(db, caseId, columns)
    for (let from = serial; from < serial + count; from += CHUNK)
      statements.push(statementOf(sample, columns, { caseId, count, days, first: serial, from, to: Math.min(from + CHUNK, serial + count) - 1 }))
    serial += count
  }
  const many = serial - first > MANY
  const indexes = many ? await dropIndexes(db) : []
  try {
    for (const statement of statements) await sql.raw(statement).execute(db)
  } finally {
    for (const definition of indexes) await sql.raw(definition).execute(db)
  }
  for (const table of TABLES) await sql.raw(`vacuum analyze ${quoted(table)}`).execute(db)
}

/** Copies per statement: as many as its rows fit into memory. */
const CHUNK = 5_000
/** More than these are loaded faster without indexes, which are made again behind them. */
const MANY = 20_000

/** Drops the indexes that a big load would only slow down; returns what makes them again. */
async function dropIndexes(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; definition: string }>`select format('%I.%I', schemaname, indexname) as name, indexdef as definition from pg_indexes
    where schemaname || '.' || tablename = any(${[...TABLES]}) and not exists (select from pg_constraint where conindid = format('%I.%I', schemaname, indexname)::regclass)`.execute(
    db,
  )
  for (const { name } of rows) await sql.raw(`drop index ${name}`).execute(db)
  return rows.map(({ definition }) => definition)
}

const quoted = (table: string) => (table === 'cases.case' ? 'cases."case"' : table)

async function readColumns(db: Db): Promise<Map<Table, readonly Column[]>> {
  const found = new Map<Table, readonly Column[]>()
  for (const table of TABLES) {
    const { rows } = await sql<Column>`select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
      where attrelid = ${quoted(table)}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(db)
    found.set(table, rows)
  }
  return found
}

async function readSample(db: Db, caseId: string, columns: ReadonlyMap<Table, readonly Column[]>): Promise<Map<Table, Row[]>> {
  const found = new Map<Table, Row[]>()
  for (const table of TABLES) {
    const texts = (columns.get(table) ?? []).map(
      ({ name, type }) => `${type === 'timestamp with time zone' ? isoOf(`"${name}"`) : `"${name}"::text`} as "${name}"`,
    )
    const where =
      table === 'cases.case' || table === 'cases.case_text'
        ? `id = '${caseId}'`
        : table === 'intake.reporter'
          ? `report_id in (select id from intake.report where case_id = '${caseId}')`
          : `case_id = '${caseId}'`
    const { rows } = await sql<Row>`select ${sql.raw(texts.join(', '))} from ${sql.raw(quoted(table))} where ${sql.raw(where)} order by 1, 2, 3`.execute(db)
    found.set(table, rows)
  }
  return found
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
const isoOf = (instant: string) => `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const moved = (iso: string) => `(${literal(iso)}::timestamptz + shift)`
const ISO = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/

/** Writes a text with other values in some places: `slots` maps what stands there to the SQL that gives the copy's; instants move. */
function written(text: string, slots: ReadonlyMap<string, string>): string {
  const known = [...slots.keys()].map((value) => value.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  const parts = text.split(new RegExp(`(${[...known, ISO.source].join('|')})`))
  return `concat(${parts.map((part) => slots.get(part) ?? (ISO.test(part) ? isoOf(moved(part)) : literal(part))).join(', ')})`
}

interface Plan extends Copies {
  readonly first: number
  /** The serials of one statement. */
  readonly from: number
  readonly to: number
}

/** One statement per sample: a row of `k` per copy, the lines' hashes one after another, then an insert per table. */
function statementOf(rows: ReadonlyMap<Table, Row[]>, columns: ReadonlyMap<Table, readonly Column[]>, plan: Plan): string {
  const sample = rows.get('cases.case')?.[0]
  const report = rows.get('intake.report')?.[0]
  const entries = (rows.get('cases.entry') ?? []).toSorted((one, other) => Number(one['seq']) - Number(other['seq']))
  const words = new Map((rows.get('cases.entry_words') ?? []).map((row) => [row['seq'], row]))
  if (!sample || !report || entries.length === 0) throw new Error(`no case ${plan.caseId}`)
  const opened = sample['opened_at'] ?? ''
  const slots = new Map([
    [plan.caseId, 'id'],
    [sample['number'] ?? '', 'number'],
    [report['id'] ?? '', 'report_id'],
  ])
  const district = Number(sample['district_id']).toString(16).padStart(3, '0')
  const idAt = (salt: string) =>
    `(lpad(to_hex(floor(extract(epoch from ${moved(opened)}) * 1000)::bigint), 12, '0') || '7${district}8' || substr(md5(serial::text || '${salt}'), 1, 15))::uuid::text`
  const stages = [
    `k0 as materialized (select serial, make_interval(secs => -round(${plan.days * 86_400} * (serial - ${plan.first})::numeric / ${plan.count}, 3)::float8) as shift from generate_series(${plan.from}::bigint, ${plan.to}::bigint) as serial)`,
    `k1 as materialized (select serial, shift, ${idAt('case')} as id, ${idAt('report')} as report_id, concat('${(sample['number'] ?? '').split('-')[0]}-', to_char(${moved(opened)}, 'YYYYMMDD'), '-', serial) as number,
      (array[${STREETS.map(literal).join(', ')}])[1 + abs(hashint8(serial)) % ${STREETS.length}] || (array[${THINGS.map(literal).join(', ')}])[1 + abs(hashint8(serial * 31)) % ${THINGS.length}] as title from k0)`,
    `s0 as materialized (select *, title || '，编号' || serial as said, ''::text as h0 from k1)`,
  ]
  for (const [index, entry] of entries.entries()) stages.push(...lineStages(entry, words.get(entry['seq'] ?? ''), index + 1, slots))
  const last = `h${entries.length}`
  const from = `s${entries.length}`
  const inserts = TABLES.flatMap((table) =>
    (rows.get(table) ?? []).map((row) => {
      const names = columns.get(table) ?? []
      const value = (column: Column) => special(table, column.name, row, last) ?? plain(row[column.name] ?? null, column.type, slots)
      return `insert into ${quoted(table)} (${names.map(({ name }) => `"${name}"`).join(', ')}) select ${names.map(value).join(', ')} from ${from}`
    }),
  )
  return `with ${stages.join(',\n')},\n${inserts
    .slice(0, -1)
    .map((insert, index) => `i${index} as (${insert})`)
    .join(',\n')}\n${inserts.at(-1)}`
}

/** The words' digest, the facts and the hash of one line, each computed once. */
function lineStages(entry: Row, words: Row | undefined, seq: number, slots: ReadonlyMap<string, string>): string[] {
  const sha = (text: string) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`
  const said = (JSON.parse(words?.['words'] ?? '{}') as { saidDigest?: string }).saidDigest
  const saidNow = sha(`concat('{"said":"', said, '","title":"', title, '"}')`)
  const wordsText =
    said === undefined
      ? literal(canonical(JSON.parse(words?.['words'] ?? '{}')))
      : written(canonical(JSON.parse(words?.['words'] ?? '{}')), new Map([[said, 'said_digest']]))
  const factsText = written(canonical(JSON.parse(entry['facts'] ?? '{}')), slots)
  const person = entry['person_id'] ?? null
  const line = canonical({
    alg: 'sha256',
    districtId: Number(entry['district_id']),
    caseId: entry['case_id'],
    seq,
    at: entry['at'],
    actor: person === null ? entry['actor_kind'] : `person:${person}`,
    post: entry['post_id'] === null ? (entry['unit_code'] ?? null) : `${entry['post_id']}@${entry['unit_code'] ?? ''}`,
    move: entry['move'],
    reasonCode: entry['reason_code'] ?? null,
    payloadDigest: '<payload>',
  })
  const before = seq - 1
  const digestOfWords = words === undefined ? literal(entry['words_digest'] ?? '') : sha(`${literal(words['salt'] ?? '')} || w${seq}`)
  return [
    `a${seq} as materialized (select *${seq === 1 ? `, ${saidNow} as said_digest` : ''}, ${factsText} as f${seq} from s${before})`,
    `b${seq} as materialized (select *, ${wordsText} as w${seq} from a${seq})`,
    `c${seq} as materialized (select *, ${digestOfWords} as d${seq} from b${seq})`,
    `s${seq} as materialized (select *, ${sha(`concat(h${before}, ${written(line, new Map([...slots, ['<payload>', sha(`concat('{"facts":', f${seq}, ',"wordsDigest":"', d${seq}, '"}')`)]]))})`)} as h${seq} from c${seq})`,
  ]
}

function special(table: Table, column: string, row: Row, last: string): string | undefined {
  const seq = row['seq']
  if (table === 'cases.case') return { title: 'title', head_hash: last }[column]
  if (table === 'cases.case_text') return { title: 'title' }[column]
  if (table === 'cases.entry') return { facts: `f${seq}::jsonb`, words_digest: `d${seq}`, prev_hash: `h${Number(seq) - 1}`, hash: `h${seq}` }[column]
  if (table === 'cases.entry_words') return { words: `w${seq}::jsonb` }[column]
  if (table === 'intake.report') return { title: 'title', said: 'said', receipt_hash: `encode(sha256(convert_to(report_id, 'UTF8')), 'hex')` }[column]
  return undefined
}

function plain(value: string | null, type: string, slots: ReadonlyMap<string, string>): string {
  if (value === null) return `null::${type}`
  if (type === 'timestamp with time zone') return moved(value)
  const slot = slots.get(value)
  return slot === undefined ? `${literal(value)}::${type}` : `${slot}::${type}`
}
