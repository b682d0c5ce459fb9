import { catalog as contract } from '@linli/contract/endpoints/catalog'
import { Refusal } from '@linli/contract/errors'
import { route, type Route } from '../../platform/http/request.ts'
import { idempotencyKey } from '../../platform/idempotency.ts'
import { calendarView, countMatters } from './calendar-view.ts'
import { editCalendar } from './commands/edit-calendar.ts'
import { migrateCases } from './commands/migrate-cases.ts'
import { diffCatalogue } from './diff.ts'
import { migrationPreview } from './migration.ts'
import type { OverTime } from './over-time.ts'
import { listCalendarVersions } from './store.ts'
import { words } from './words.ts'

/** Routes by which editions and calendars change over time. */
export function overTimeRoutes(all: OverTime): Route[] {
  const { platform, editions, calendars, ports } = all
  const known = (text: string | undefined, standard: number) => {
    const edition = text === undefined ? standard : Number(text)
    if (!editions.has(edition)) throw new Refusal('EDITION_UNKNOWN', [{ pointer: '/params/edition', code: 'enum', detail: String(edition) }])
    return edition
  }
  return [
    route(contract.diffEditions, async (call) => {
      const to = known(call.params.edition, editions.current)
      const from = known(call.query.from, Math.max(1, to - 1))
      const diff = diffCatalogue(editions.matters(from), editions.matters(to))
      return {
        from,
        to,
        added: diff.added.map((matter) => matter.key),
        removed: diff.removed.map((matter) => matter.key),
        changed: diff.changed.map(({ key, fields }) => ({
          key,
          fields: fields.map((field) => ({ pointer: field.pointer, before: words(field.before), after: words(field.after) })),
        })),
        unchanged: diff.unchanged,
      }
    }),
    route(contract.migrationPreview, async (call) => {
      const edition = known(call.params.edition, editions.current)
      const rows = migrationPreview(editions, edition, await ports.openCases(platform.db))
      return {
        edition,
        asOf: new Date(platform.runtime.now()).toISOString(),
        openCases: rows.reduce((sum, row) => sum + row.openCases, 0),
        rows,
      }
    }),
    route(contract.migrate, async (call) =>
      migrateCases(
        all,
        { edition: known(call.params.edition, editions.current), ...call.body, actor: call.actor, requestId: call.requestId },
        idempotencyKey('catalog.migrate', call.actor.kind === 'person' ? call.actor.personId : '', call.key, { ...call.body, edition: call.params.edition }),
      ),
    ),
    route(contract.listCalendars, async () => {
      const counts = countMatters(editions.matters(), calendars.standardId)
      return { rows: calendars.rows.map((row) => calendarView(row, calendars.standardId, counts)) }
    }),
    route(contract.getCalendar, async (call) => {
      const versions = await listCalendarVersions(platform.db, call.params.id)
      const row = call.query.version === undefined ? versions[0] : versions.find((each) => each.version === call.query.version)
      if (!row) throw new Refusal('NOT_FOUND')
      return {
        calendar: calendarView(row, calendars.standardId, countMatters(editions.matters(), calendars.standardId)),
        days: { ...row.value.days },
        versions: versions.map((each) => ({
          version: each.version,
          publishedAt: each.publishedAt.toISOString(),
          note: each.note,
          horizon: each.value.horizon,
        })),
      }
    }),
    route(contract.editCalendar, async (call) => editCalendar(all, { id: call.params.id, edit: call.body, actor: call.actor, requestId: call.requestId })),
  ]
}
