import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { catalog as contract } from '@linli/contract/endpoints/catalog'
import { Refusal } from '@linli/contract/errors'
import { workCalendar, type WorkCalendar } from '@linli/lib/time/calendar'
import { ISO_WEEKDAYS } from '@linli/lib/time/day'
import { TimeError } from '@linli/lib/time/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import type { OverTime } from '../over-time.ts'
import { insertCalendar, listCalendarVersions, lockCalendars, type CalendarRow } from '../store.ts'
import { words } from '../words.ts'

type Edit = BodyOf<typeof contract.editCalendar>
type Answer = AnswerOf<typeof contract.editCalendar>
export interface EditCommand {
  readonly id: string
  readonly edit: Edit
  readonly actor: Actor
  readonly requestId: string
}

/**
 * Shows what an edit of a calendar changes, and publishes it as a new version when asked (工作日历发布). Entries keep the version that they
 * were counted by; provisional open deadlines are counted again after the commit. Throws CALENDAR_STALE and CALENDAR_INVALID.
 */
export async function editCalendar({ platform, calendars, ports }: OverTime, command: EditCommand): Promise<Answer> {
  const { id, edit, actor } = command
  const versions = await listCalendarVersions(platform.db, id)
  const [row] = versions
  if (!row) throw new Refusal('NOT_FOUND')
  refuseStale(row, edit)
  const value = edited(row.value, edit, `${id}-v${versions.length + 1}`)
  const difference = differenceOf(row.value, value)
  const different = difference.days.length + difference.fields.length > 0
  if (!edit.publish || !different) return { version: null, ...difference, recomputed: null }
  await platform.transaction(async (tx) => {
    await lockCalendars(tx)
    const [newest] = await listCalendarVersions(tx, id)
    refuseStale(newest ?? row, edit)
    const at = new Date(platform.runtime.now())
    await insertCalendar(tx, { id, zh: row.zh, en: row.en, value, publishedAt: at, note: edit.note, by: actor.kind === 'person' ? actor.personId : null })
    await writeAudit(tx, platform.runtime, {
      districtId: 0,
      requestId: command.requestId,
      actor,
      action: 'catalog.editCalendar',
      objectKind: 'calendar',
      objectId: value.version,
      outcome: 'done',
    })
  })
  await calendars.refresh()
  return { version: value.version, ...difference, recomputed: (await ports.recountProvisional()).changed }
}

function refuseStale(row: CalendarRow, edit: Edit): void {
  if (row.version !== edit.version) throw new Refusal('CALENDAR_STALE', [{ pointer: '/body/version', code: 'CALENDAR_STALE', detail: row.version }])
}

function edited(before: WorkCalendar, edit: Edit, version: string): WorkCalendar {
  const days = new Map(Object.entries(before.days))
  for (const [day, kind] of Object.entries(edit.days ?? {})) {
    if (kind === 'standard') days.delete(day)
    else days.set(day, kind)
  }
  try {
    return workCalendar({
      ...before,
      version,
      days: Object.fromEntries([...days].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      ...(edit.horizon === undefined ? {} : { horizon: edit.horizon }),
      ...(edit.officeHours === undefined ? {} : { officeHours: edit.officeHours }),
      ...(edit.weekend === undefined ? {} : { weekend: ISO_WEEKDAYS.filter((day) => edit.weekend?.includes(day)) }),
    })
  } catch (error) {
    if (error instanceof TimeError) throw new Refusal('CALENDAR_INVALID', [{ pointer: '/body', code: error.code, detail: JSON.stringify(error.data) }])
    throw error
  }
}

function differenceOf(before: WorkCalendar, after: WorkCalendar): Pick<Answer, 'days' | 'fields'> {
  const days = [...new Set([...Object.keys(before.days), ...Object.keys(after.days)])].sort()
  const kind = (calendar: WorkCalendar, day: string) => calendar.days[day] ?? 'standard'
  return {
    days: days.filter((day) => kind(before, day) !== kind(after, day)).map((day) => ({ day, before: kind(before, day), after: kind(after, day) })),
    fields: (['horizon', 'officeHours', 'weekend'] as const)
      .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
      .map((field) => ({ pointer: `/${field}`, before: words(before[field]), after: words(after[field]) })),
  }
}
