import type { Permission } from '@linli/contract/permissions'
import type { Dataset, DatasetField, DatasetRow } from '../../../platform/privacy/dataset.ts'
import type { CaseRecord } from '../store.ts'
import type { CasePrivacyPorts, ReportOfCase } from './ports.ts'
import { countExported, listExported } from './queries.ts'

type Read = (row: CaseRecord, report: ReportOfCase | undefined, ports: CasePrivacyPorts) => DatasetRow[string]
type Field = DatasetField & { readonly read: Read }
const ofCase = (name: string, zh: string, en: string, column: string, read: Read): Field => ({ name, zh, en, column: `cases.case.${column}`, read })
const ofReport = (name: string, zh: string, en: string, column: string, read: Read, unmaskNeeds?: Permission): Field => ({
  name,
  zh,
  en,
  column: `intake.${column}`,
  read,
  ...(unmaskNeeds === undefined ? {} : { unmaskNeeds }),
})

const FIELDS: readonly Field[] = [
  ofCase('number', '案件编号', 'number', 'number', (row) => row.number),
  ofCase('title', '标题', 'title', 'title', (row) => row.title),
  ofCase('channel', '来源', 'channel', 'channel', (row) => row.channel),
  ofCase('state', '状态', 'state', 'state', (row) => row.state),
  ofCase('step', '环节', 'step', 'step', (row) => row.step),
  ofCase('matterKey', '事项编码', 'matter key', 'matter_key', (row) => row.matter_key),
  ofCase('matterName', '事项', 'matter', 'matter_name', (row) => row.matter_name),
  ofCase('gridCode', '网格编码', 'grid', 'grid_code', (row) => row.grid_code),
  ofCase('areaPath', '区域路径', 'area path', 'area_path', (row) => row.area_path),
  ofCase('lon', '经度', 'longitude', 'lon', (row) => row.lon),
  ofCase('lat', '纬度', 'latitude', 'lat', (row) => row.lat),
  ofCase('owner', '责任单位编码', 'owner unit', 'owner_unit', (row) => row.owner_unit),
  ofCase('ownerName', '责任单位', 'owner', 'owner_unit', (row, _report, ports) =>
    row.owner_unit === null ? null : (ports.findUnitName(row.owner_unit) ?? null),
  ),
  ofCase('openedAt', '上报时间', 'opened at', 'opened_at', (row) => row.opened_at),
  ofCase('filedAt', '立案时间', 'filed at', 'filed_at', (row) => row.filed_at),
  ofCase('dispatchedAt', '派遣时间', 'dispatched at', 'dispatched_at', (row) => row.dispatched_at),
  ofCase('handledAt', '处置时间', 'handled at', 'handled_at', (row) => row.handled_at),
  ofCase('closedAt', '结案时间', 'closed at', 'closed_at', (row) => row.closed_at),
  ofCase('dueAt', '到期时间', 'due at', 'due_at', (row) => row.due_at),
  ofCase('overdue', '是否超时', 'overdue', 'overdue', (row) => row.overdue),
  ofCase('sentBack', '退回次数', 'times sent back', 'sent_back', (row) => row.sent_back),
  ofReport('said', '上报内容', 'what was said', 'report.said', (_row, report) => report?.said ?? null, 'reporter.read'),
  ofReport('address', '地址', 'address', 'report.address', (_row, report) => report?.address ?? null, 'reporter.read'),
  ofReport('reporterName', '上报人', 'reporter', 'reporter.name', (_row, report) => report?.name ?? null, 'reporter.reveal'),
  ofReport('reporterContact', '联系方式', 'contact', 'reporter.contact', (_row, report) => report?.contact ?? null, 'reporter.reveal'),
]

/** The cases of one's scope as rows (案件数据集), each with the first report that opened it. */
export function casesDataset(ports: CasePrivacyPorts): Dataset {
  const areaOf = (code: string | undefined) => (code === undefined ? undefined : (ports.areaPathOf(code) ?? code))
  return {
    name: 'cases',
    zh: '案件',
    en: 'Cases',
    permission: 'cases.read',
    filters: ['from', 'to', 'area', 'owner', 'matter', 'state', 'overdue'],
    fields: FIELDS,
    count: (db, asker, filter) => countExported(db, asker, filter, areaOf(filter.area)),
    page: async (db, asker, filter, wanted, after, limit) => {
      const mark = after === undefined ? undefined : (JSON.parse(after) as [string, string])
      const cases = await listExported(db, asker, filter, areaOf(filter.area), mark, limit)
      const fields = FIELDS.filter((field) => wanted.has(field.name))
      // Words and contacts are read only where a field asks for them.
      const reports = fields.some((field) => field.column.startsWith('intake.'))
        ? Map.groupBy(
            await ports.reportsOf(
              db,
              cases.map((row) => row.id),
            ),
            (report) => report.caseId,
          )
        : new Map<string, ReportOfCase[]>()
      const last = cases.at(-1)
      return {
        rows: cases.map((row) => Object.fromEntries(fields.map((field) => [field.name, field.read(row, reports.get(row.id)?.[0], ports)]))),
        next: cases.length === limit && last ? JSON.stringify([last.opened_at.toISOString(), last.id]) : undefined,
      }
    },
  }
}
