import { writeAudit } from '../audit/audit.ts'
import type { Tx } from '../db/database.ts'
import type { Platform } from '../platform.ts'
import { SYSTEM, type PersonActor } from '../rights/actor.ts'
import { BOM, csvLine } from './csv.ts'
import type { Dataset, DatasetField, DatasetRow } from './dataset.ts'
import { fieldOf, isAlert, watermarkOf } from './export-rules.ts'
import { insertChunk, lockApproved, writeFailed, writeReady, type ExportRecord } from './exports-store.ts'
import { maskColumn } from './masking.ts'
import { privacySettings } from './settings.ts'

/** Rows in memory at a time, and bytes before a piece is written: the ceiling of what making a file of any length holds. */
const BATCH_ROWS = 500
const CHUNK_BYTES = 256 * 1024

/**
 * Makes the oldest approved export in one transaction on one snapshot: all of the file or nothing, also when killed. Returns how many it
 * made, 0 or 1; one that cannot be made is marked failed and not tried again.
 */
export async function makeNextExport(platform: Platform, datasets: ReadonlyMap<string, Dataset>): Promise<number> {
  const found: { row?: ExportRecord } = {}
  try {
    return await platform.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (tx) => {
        const row = await lockApproved(tx)
        if (!row) return 0
        found.row = row
        await make(platform, datasets, tx, row)
        return 1
      })
  } catch (error) {
    if (!found.row) throw error
    platform.log.error({ export: found.row.id, error: error instanceof Error ? error.stack : String(error) }, 'export could not be made')
    await writeFailed(platform.db, found.row.id, error instanceof Error ? error.message : String(error))
    return 1
  }
}

async function make(platform: Platform, datasets: ReadonlyMap<string, Dataset>, tx: Tx, row: ExportRecord): Promise<void> {
  const dataset = datasets.get(row.dataset)
  if (!dataset) throw new Error(`DATASET_UNKNOWN ${row.dataset}`)
  const fields = row.fields.map((name) => {
    const field = fieldOf(dataset, name)
    if (!field) throw new Error(`FIELD_UNKNOWN ${row.dataset}.${name}`)
    return field
  })
  const settings = privacySettings(platform.city.city)
  const at = new Date(platform.runtime.now())
  const expiresAt = new Date(at.getTime() + settings.exportExpiryHours * 3_600_000)
  const file = new ChunkWriter(tx, row.id)
  const person = row.personName
  const watermark = watermarkOf({
    ...row,
    person,
    post: row.postTitle,
    unit: row.unitName,
    decider: row.deciderName ?? '',
    madeAt: at,
    expiresAt,
  })
  await file.write(BOM + csvLine([watermark]) + csvLine([...fields.map((field) => field.zh), '水印']))
  const unmasked = new Set(row.unmasked)
  const wanted = new Set(row.fields)
  let rows = 0
  let after: string | undefined
  do {
    const page = await dataset.page(tx, askerOf(row), row.filter, wanted, after, BATCH_ROWS)
    for (const found of page.rows) {
      rows += 1
      await file.write(csvLine([...fields.map((field) => cellOf(field, found, unmasked)), `${row.number} ${person} ${rows}`]))
    }
    if (rows > settings.exportMaxRows) throw new Error(`EXPORT_TOO_LARGE ${rows}`)
    after = page.next
  } while (after !== undefined)
  const bytes = await file.end()
  const alert = row.alert || isAlert(rows, 0, row.alertThreshold)
  await writeReady(tx, row.id, { rows, bytes, alert, at, expiresAt })
  const line = { districtId: 0, requestId: `export ${row.number}`, actor: SYSTEM, objectKind: 'export', objectId: row.id, outcome: 'done' } as const
  await writeAudit(tx, platform.runtime, { ...line, action: 'privacy.makeExport' })
  if (alert && !row.alert) await writeAudit(tx, platform.runtime, { ...line, action: 'privacy.exportAlert' })
}

function cellOf(field: DatasetField, row: DatasetRow, unmasked: ReadonlySet<string>): DatasetRow[string] {
  const value = row[field.name] ?? null
  return typeof value === 'string' && !unmasked.has(field.name) ? maskColumn(field.column, value) : value
}

/** The asker with the scope that the asking kept. */
function askerOf(row: ExportRecord): PersonActor {
  return { ...row, kind: 'person', permissions: new Set(row.permissions), sessionId: '' }
}

/** Gathers lines into pieces of one size. */
class ChunkWriter {
  readonly #tx: Tx
  readonly #id: string
  #parts: Buffer[] = []
  #waiting = 0
  #bytes = 0
  #no = 0

  constructor(tx: Tx, id: string) {
    this.#tx = tx
    this.#id = id
  }

  async write(text: string): Promise<void> {
    const part = Buffer.from(text)
    this.#parts.push(part)
    this.#waiting += part.length
    if (this.#waiting >= CHUNK_BYTES) await this.#flush()
  }

  async end(): Promise<number> {
    if (this.#waiting > 0) await this.#flush()
    return this.#bytes
  }

  async #flush(): Promise<void> {
    await insertChunk(this.#tx, this.#id, this.#no, Buffer.concat(this.#parts))
    this.#bytes += this.#waiting
    this.#no += 1
    this.#parts = []
    this.#waiting = 0
  }
}
