import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { canonical, digest } from '../../../platform/audit/hash.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { diffCatalogue, type CatalogueDiff } from '../diff.ts'
import type { Calendars } from '../calendars.ts'
import type { Editions } from '../editions.ts'
import { importCatalogue, type ImportResult } from '../import/import-catalogue.ts'
import type { ImportProblem } from '../import/problems.ts'
import type { Matter, MatterScheme } from '../import/matter.ts'
import { insertEdition } from '../store.ts'

export interface PublishCommand {
  readonly bytes: Uint8Array
  readonly mapping: Readonly<Record<string, string>> | undefined
  readonly scheme: MatterScheme | undefined
  readonly publish: boolean
  readonly note: string
  readonly actor: Actor
  readonly requestId: string
}
export interface PublishResult {
  readonly read: ImportResult
  readonly diff: CatalogueDiff
  readonly edition: number | null
}

/** Reads a catalogue file, compares it with the edition in force, and publishes it when asked, without errors and with a difference. Live cases keep their edition. */
export async function publishCatalogue(
  platform: Platform,
  { editions, calendars }: { readonly editions: Editions; readonly calendars: Calendars },
  command: PublishCommand,
): Promise<PublishResult> {
  const imported = await importCatalogue(command.bytes, {
    ...(command.mapping ? { mapping: command.mapping } : {}),
    ...(command.scheme ? { scheme: command.scheme } : {}),
  })
  const read = { ...imported, errors: [...imported.errors, ...formErrors(imported.matters), ...calendarErrors(imported.matters, calendars)] }
  const diff = diffCatalogue(editions.matters(), read.errors.length > 0 ? [] : read.matters)
  const different = diff.added.length + diff.removed.length + diff.changed.length > 0
  if (!command.publish || read.errors.length > 0 || !different) return { read, diff, edition: null }
  const edition = await platform.transaction(async (tx) => {
    const number = await writeEdition(platform, tx, read.matters, command.note, command.actor.kind === 'person' ? command.actor.personId : null)
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: command.requestId,
      actor: command.actor,
      action: 'catalog.publish',
      objectKind: 'edition',
      objectId: String(number),
      outcome: 'done',
    })
    return number
  })
  await editions.refresh()
  return { read, diff, edition }
}

/** Writes matters as the next edition. */
export function writeEdition(platform: Platform, tx: Tx, matters: readonly Matter[], note: string, by: string | null): Promise<number> {
  return insertEdition(tx, matters, { at: new Date(platform.runtime.now()), by, note, digest: digest('sha256', canonical(matters)) })
}

/** A form that is no JSON Schema would fail every report of its matter, so it is refused with the file. */
function formErrors(matters: readonly Matter[]): ImportProblem[] {
  return matters
    .filter((matter) => matter.form !== undefined && !compiles(matter.form))
    .map((matter) => ({ row: null, pointer: `/matters/${matter.key}/form`, code: 'FORM_SCHEMA_INVALID', data: { key: matter.key } }))
}

/** A calendar that the city does not have would silently count by the standard one. */
function calendarErrors(matters: readonly Matter[], calendars: Calendars): ImportProblem[] {
  return matters.flatMap((matter) =>
    [matter.calendar, ...matter.conditions.map((row) => row.calendar)]
      .filter((id) => id !== undefined && !calendars.find(id))
      .map((id) => ({ row: null, pointer: `/matters/${matter.key}/calendar`, code: 'CALENDAR_UNKNOWN', data: { key: matter.key, calendar: id ?? '' } })),
  )
}

function compiles(form: Readonly<Record<string, unknown>>): boolean {
  try {
    const ajv = new Ajv({ strict: false })
    addFormats.default(ajv)
    ajv.compile(form)
    return true
  } catch {
    return false
  }
}
