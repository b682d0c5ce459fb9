import type { PositionUse } from './position.ts'
import type { Broken } from './record.ts'
import type { Sent } from './send.ts'
import type { Prepared } from './to-report.ts'

/** Broken and refused rows are all counted; this many are shown one by one. */
const MOST_SHOWN = 100

export interface RefusedRow {
  readonly line: number
  readonly key: string
  readonly code: string
  readonly field: string
  readonly detail: string
}
type Counts = Record<string, number>

/** What became of a replay (回放结果): every row is counted once under broken, refused or acknowledged. */
export interface Summary {
  readonly rows: number
  readonly broken: { readonly count: number; readonly codes: Counts; readonly rows: readonly Broken[] }
  readonly positions: Record<PositionUse, number>
  readonly matters: { readonly mapped: number; readonly unmapped: number }
  /** `seenBefore`: first answered before this run began. */
  readonly acknowledged: { readonly count: number; readonly added: number; readonly seenBefore: number }
  readonly outcomes: { readonly filed: number; readonly rejected: number; readonly waiting: number }
  readonly reasons: readonly { readonly outcome: string; readonly code: string; readonly text: string; readonly count: number }[]
  readonly withOwner: number
  readonly refused: { readonly count: number; readonly codes: Counts; readonly rows: readonly RefusedRow[] }
  /** Rows with a usable position and a mapped matter, and how many of them were filed with an owner; `percent` is null without such rows. */
  readonly complete: { readonly rows: number; readonly filedWithOwner: number; readonly percent: number | null }
  readonly retries: number
}

/** Counts the rows of one replay. */
export class Tally {
  readonly #brokenCodes: Counts = {}
  readonly #broken: Broken[] = []
  readonly #refusedCodes: Counts = {}
  readonly #refused: RefusedRow[] = []
  readonly #positions: Record<PositionUse, number> = { usable: 0, rounded: 0, missing: 0 }
  readonly #outcomes = { filed: 0, rejected: 0, waiting: 0 }
  readonly #reasons = new Map<string, { outcome: string; code: string; text: string; count: number }>()
  #mapped = 0
  #prepared = 0
  #seenBefore = 0
  #withOwner = 0
  #complete = 0
  #completeOwned = 0
  #retries = 0

  broken(row: Broken): void {
    count(this.#brokenCodes, row.code)
    if (this.#broken.length < MOST_SHOWN) this.#broken.push(row)
  }

  prepared(row: Prepared): void {
    this.#prepared += 1
    this.#positions[row.position] += 1
    if (row.body.matter !== undefined) this.#mapped += 1
    if (isComplete(row)) this.#complete += 1
  }

  sent(row: Prepared, sent: Sent, seenBefore: boolean): void {
    this.#retries += sent.retries
    if ('refused' in sent) {
      const { code, fields } = sent.refused
      count(this.#refusedCodes, code)
      const [field] = fields
      if (this.#refused.length < MOST_SHOWN)
        this.#refused.push({ line: row.line, key: row.key, code, field: field?.pointer ?? '', detail: field?.detail ?? '' })
      return
    }
    const { outcome, reason, case: opened } = sent.acknowledged
    this.#outcomes[outcome] += 1
    if (seenBefore) this.#seenBefore += 1
    if (opened.owner !== null) this.#withOwner += 1
    if (isComplete(row) && outcome === 'filed' && opened.owner !== null) this.#completeOwned += 1
    const name = `${outcome} ${reason.code}`
    const entry = this.#reasons.get(name) ?? { outcome, code: reason.code, text: reason.en, count: 0 }
    entry.count += 1
    this.#reasons.set(name, entry)
  }

  summary(): Summary {
    const acknowledged = this.#outcomes.filed + this.#outcomes.rejected + this.#outcomes.waiting
    const broken = total(this.#brokenCodes)
    return {
      rows: this.#prepared + broken,
      broken: { count: broken, codes: this.#brokenCodes, rows: this.#broken },
      positions: this.#positions,
      matters: { mapped: this.#mapped, unmapped: this.#prepared - this.#mapped },
      acknowledged: { count: acknowledged, added: acknowledged - this.#seenBefore, seenBefore: this.#seenBefore },
      outcomes: this.#outcomes,
      reasons: [...this.#reasons.values()].toSorted((one, other) => other.count - one.count),
      withOwner: this.#withOwner,
      refused: { count: total(this.#refusedCodes), codes: this.#refusedCodes, rows: this.#refused.toSorted((one, other) => one.line - other.line) },
      complete: {
        rows: this.#complete,
        filedWithOwner: this.#completeOwned,
        percent: this.#complete === 0 ? null : Math.round((this.#completeOwned / this.#complete) * 10_000) / 100,
      },
      retries: this.#retries,
    }
  }
}

const isComplete = (row: Prepared) => row.position === 'usable' && row.body.matter !== undefined
const total = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0)

function count(counts: Counts, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}

/** A summary as lines for people. */
export function summaryLines(summary: Summary): string[] {
  const { broken, refused, acknowledged, outcomes, complete, positions, matters } = summary
  const codes = (counts: Counts) =>
    Object.entries(counts)
      .map(([code, number]) => `${code} ${number}`)
      .join(', ')
  return [
    `${summary.rows} rows: ${broken.count} broken, ${refused.count} refused, ${acknowledged.count} acknowledged (${acknowledged.added} added, ${acknowledged.seenBefore} seen before)`,
    `Positions: ${positions.usable} usable, ${positions.rounded} rounded, ${positions.missing} missing; matters: ${matters.mapped} mapped, ${matters.unmapped} not`,
    `Outcomes: ${outcomes.filed} filed, ${outcomes.rejected} rejected, ${outcomes.waiting} waiting; ${summary.withOwner} have an owner`,
    ...summary.reasons.map((reason) => `  ${reason.outcome} ${reason.code} ${reason.count}: ${reason.text}`),
    `Usable position and mapped matter: ${complete.rows}, of these filed with an owner: ${complete.filedWithOwner}${complete.percent === null ? '' : ` (${complete.percent.toFixed(2)} %)`}`,
    ...(broken.count > 0
      ? [
          `Broken: ${codes(broken.codes)}`,
          ...broken.rows.slice(0, 20).map((row) => `  line ${row.line} ${row.code}${row.field === undefined ? '' : ` ${row.field}`}: ${row.detail}`),
        ]
      : []),
    ...(refused.count > 0
      ? [`Refused: ${codes(refused.codes)}`, ...refused.rows.slice(0, 20).map((row) => `  line ${row.line} ${row.code} ${row.field} ${row.detail}`.trimEnd())]
      : []),
    ...(summary.retries > 0 ? [`${summary.retries} resends after a lost or postponed answer`] : []),
  ]
}
