import type { AnswerOf } from '@linli/contract/endpoint'
import { catalog as contract } from '@linli/contract/endpoints/catalog'
import { Refusal } from '@linli/contract/errors'
import { limitOf, route, type Route } from '../../platform/http/request.ts'
import type { Platform } from '../../platform/platform.ts'
import { publishCatalogue } from './commands/publish.ts'
import type { Calendars } from './calendars.ts'
import type { Editions } from './editions.ts'
import type { Matter } from './import/matter.ts'
import type { ImportProblem } from './import/problems.ts'
import { listEditions } from './store.ts'
import { words } from './words.ts'

type MatterView = AnswerOf<typeof contract.listMatters>['rows'][number]

function matterView(matter: Matter, edition: number): MatterView {
  return {
    key: matter.key,
    scheme: matter.scheme,
    domain: matter.domain,
    classCode: matter.classCode,
    className: matter.className,
    code: matter.code,
    name: matter.name,
    aliases: [...matter.aliases],
    workflow: matter.workflow,
    calendar: matter.calendar ?? null,
    edition,
    evidence: [...matter.evidence],
    conditions: matter.conditions.map((row) => ({
      rowNo: row.rowNo,
      filing: row.filing,
      closing: row.closing,
      limitText: row.limitText,
      limit: { ...row.limit },
      ownerText: row.ownerText,
      supervisorText: row.supervisorText,
      calendar: row.calendar ?? null,
    })),
  }
}
const problemView = (problem: ImportProblem) => ({
  row: problem.row,
  pointer: problem.pointer,
  code: problem.code,
  detail: Object.keys(problem.data).length === 0 ? null : JSON.stringify(problem.data),
})

export function catalogRoutes(platform: Platform, editions: Editions, calendars: Calendars): Route[] {
  const numberOf = (edition: string | undefined) => (edition === undefined ? editions.current : Number(edition))
  return [
    route(contract.listMatters, async (call) => {
      const edition = numberOf(call.query.edition)
      const asked = call.query.q?.trim().toLowerCase() ?? ''
      const fits = (matter: Matter) => [matter.key, matter.name, matter.className, ...matter.aliases].some((text) => text.toLowerCase().includes(asked))
      const after = call.query.cursor === undefined ? '' : Buffer.from(call.query.cursor, 'base64url').toString()
      const found = editions.matters(edition).filter((matter) => matter.key > after && (asked === '' || fits(matter)))
      const limit = limitOf(call.query, 50)
      const last = found[limit - 1]
      return {
        rows: found.slice(0, limit).map((matter) => matterView(matter, edition)),
        next: found.length > limit && last ? Buffer.from(last.key).toString('base64url') : null,
      }
    }),
    route(contract.getMatter, async (call) => {
      const edition = numberOf(call.query.edition)
      const matter = editions.find(call.params.key, edition)
      if (!matter) throw new Refusal('NOT_FOUND')
      return { matter: matterView(matter, edition), form: matter.form ? { ...matter.form } : null }
    }),
    route(contract.importMatters, async (call) => {
      const { read, diff, edition } = await publishCatalogue(
        platform,
        { editions, calendars },
        {
          bytes: Buffer.from(call.body.base64, 'base64'),
          mapping: call.body.mapping,
          scheme: call.body.scheme,
          publish: call.body.publish,
          note: call.body.note ?? call.body.fileName,
          actor: call.actor,
          requestId: call.requestId,
        },
      )
      const failed = read.errors.length > 0
      return {
        edition,
        matters: read.matters.length,
        conditions: read.matters.reduce((sum, matter) => sum + matter.conditions.length, 0),
        added: failed ? [] : diff.added.map((matter) => matter.key),
        removed: failed ? [] : diff.removed.map((matter) => matter.key),
        changed: diff.changed.map((change) => ({
          key: change.key,
          fields: change.fields.map((field) => ({ pointer: field.pointer, before: words(field.before), after: words(field.after) })),
        })),
        unchanged: diff.unchanged,
        warnings: read.warnings.map(problemView),
        errors: read.errors.map(problemView),
      }
    }),
    route(contract.listEditions, async () => ({
      rows: (await listEditions(platform.db)).map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() })),
    })),
  ]
}
