import type { BodyOf } from '@linli/contract/endpoint'
import type { places as contract } from '@linli/contract/endpoints/places'
import { Refusal, type FieldProblem } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import type { Atlas } from '../atlas.ts'
import { place } from '../position.ts'
import { lastComponentSerial, lockComponents, putComponents, type ComponentRow } from '../store.ts'

type Body = BodyOf<typeof contract.importComponents>
type NewComponent = Omit<ComponentRow, 'version'>

/** Adds or updates components (部件), whole or not at all; each is located, and gets the next 16-digit code of its division and type where it brings none. */
export async function importComponents(
  platform: Platform,
  atlas: Atlas,
  body: Body,
  actor: Actor,
  requestId: string,
): Promise<{ added: number; changed: number; unchanged: number }> {
  const problems: FieldProblem[] = []
  const seen = new Set<string>()
  const rows = body.rows.flatMap((row, index): (NewComponent & { division: string })[] => {
    try {
      const { lon, lat, located } = place(atlas, { lon: row.lon, lat: row.lat, crs: body.crs }, `/body/rows/${index}`)
      if (row.code !== undefined && seen.has(row.code)) problems.push({ pointer: `/body/rows/${index}/code`, code: 'CODE_REPEATED', detail: row.code })
      if (row.code !== undefined) seen.add(row.code)
      const grid = located.basic ?? located.deepest
      return [
        {
          districtId: located.districtId,
          scheme: row.scheme,
          typeCode: row.typeCode,
          code: row.code ?? '',
          name: row.name,
          ownerUnit: row.ownerUnit ?? null,
          state: row.state ?? 'intact',
          lon,
          lat,
          areaCode: grid.code,
          areaPath: grid.path,
          division: grid.code.slice(0, 6),
        },
      ]
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(...error.fields)
      return []
    }
  })
  if (problems.length > 0) throw new Refusal('IMPORT_INVALID', problems.slice(0, 50))
  const put = await platform.transaction(async (tx) => {
    await lockComponents(tx)
    const counts = await putComponents(tx, await numbered(tx, rows), new Date(platform.runtime.now()))
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId,
      actor,
      action: 'places.importComponents',
      outcome: 'done',
      objectKind: 'component',
      objectId: String(rows.length),
    })
    return counts
  })
  return { ...put, unchanged: rows.length - put.added - put.changed }
}

async function numbered(tx: Tx, rows: readonly (NewComponent & { division: string })[]): Promise<NewComponent[]> {
  const serials = new Map<string, number>()
  const result: NewComponent[] = []
  for (const { division, ...row } of rows) {
    if (row.code !== '') {
      result.push(row)
      continue
    }
    const prefix = `${division}${row.typeCode}`
    const serial = (serials.get(prefix) ?? (await lastComponentSerial(tx, prefix))) + 1
    if (serial > 999_999) throw new Refusal('IMPORT_INVALID', [{ pointer: '/body/rows', code: 'SERIAL_EXHAUSTED', detail: prefix }])
    serials.set(prefix, serial)
    result.push({ ...row, code: `${prefix}${String(serial).padStart(6, '0')}` })
  }
  return result
}
