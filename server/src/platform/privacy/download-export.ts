import { once as happens } from 'node:events'
import { Refusal } from '@linli/contract/errors'
import type { ServerResponse } from 'node:http'
import { writeAudit, writeRead } from '../audit/audit.ts'
import type { Platform } from '../platform.ts'
import { allow, type PersonActor } from '../rights/actor.ts'
import type { Dataset } from './dataset.ts'
import { fieldOf } from './export-rules.ts'
import { countDownload, findChunk, lockExport, type ExportRecord } from './exports-store.ts'

export interface DownloadCommand {
  readonly id: string
  readonly actor: PersonActor
  readonly requestId: string
  readonly purpose: string
}

/**
 * Lets the asker fetch a file that is ready, and logs it before the first byte. Throws NOT_FOUND for anybody else, EXPORT_NOT_READY,
 * EXPORT_EXPIRED, PURPOSE_NOT_ALLOWED for another purpose than the approved one, and PERMISSION_MISSING where a right was lost meanwhile.
 */
export async function openDownload(platform: Platform, datasets: ReadonlyMap<string, Dataset>, command: DownloadCommand): Promise<ExportRecord> {
  const { actor, id } = command
  return platform.transaction(async (tx) => {
    const row = await lockExport(tx, id)
    if (!row || row.personId !== actor.personId) throw new Refusal('NOT_FOUND')
    if (row.state === 'expired' || (row.expiresAt && row.expiresAt.getTime() <= platform.runtime.now())) throw new Refusal('EXPORT_EXPIRED')
    if (row.state !== 'ready') throw new Refusal('EXPORT_NOT_READY', [], { state: row.state })
    if (row.purpose !== command.purpose) throw new Refusal('PURPOSE_NOT_ALLOWED', [], { allowed: row.purpose })
    const dataset = datasets.get(row.dataset)
    if (!dataset) throw new Refusal('NOT_FOUND')
    allow(actor, dataset.permission)
    for (const name of row.unmasked) {
      const needs = fieldOf(dataset, name)?.unmaskNeeds
      if (needs) allow(actor, needs)
    }
    await countDownload(tx, id)
    const said = { districtId: 0, requestId: command.requestId, actor, objectKind: 'export', objectId: id }
    await writeRead(tx, platform.runtime, { ...said, endpoint: 'privacy.downloadExport', purpose: command.purpose, rows: row.countMade ?? 0 })
    await writeAudit(tx, platform.runtime, { ...said, action: 'privacy.downloadExport', outcome: 'done' })
    return row
  })
}

/** Sends the pieces one after another, no faster than the other side reads. A file that is destroyed on the way ends broken, never short. */
export async function sendFile(platform: Platform, row: ExportRecord, requestId: string, response: ServerResponse): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-length': row.bytes ?? 0,
    'content-disposition': `attachment; filename="${row.number}.csv"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
  })
  let sent = 0
  for (let no = 0; sent < (row.bytes ?? 0) && !response.destroyed; no += 1) {
    const chunk = await findChunk(platform.db, row.id, no)
    if (!chunk) return void response.destroy()
    sent += chunk.length
    if (!response.write(chunk)) await isRead(response)
  }
  response.end()
}

/** Waits until the other side has read what was sent or is gone, and leaves no listener behind. */
async function isRead(response: ServerResponse): Promise<void> {
  const over = new AbortController()
  const until = (event: string) => happens(response, event, { signal: over.signal })
  await Promise.race([until('drain'), until('close')]).catch(() => undefined)
  over.abort()
}
