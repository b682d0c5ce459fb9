import { many, one, sql, type Queryable } from '../db/database.ts'
import type { Dataset, DatasetField, DatasetRow, ExportFilter } from './dataset.ts'

const field = (name: string, zh: string, column: string): DatasetField => ({ name, zh, en: name, column: `platform.audit.${column}` })

/** The audit trail (审计日志) for those who may read it; it has no area. */
export const auditDataset: Dataset = {
  name: 'audit',
  zh: '审计日志',
  en: 'Audit log',
  permission: 'audit.read',
  filters: ['from', 'to', 'outcome', 'objectId'],
  fields: [
    field('id', '编号', 'id'),
    field('at', '时间', 'at'),
    field('action', '动作', 'action'),
    field('outcome', '结果', 'outcome'),
    field('errorCode', '错误代码', 'error_code'),
    field('personId', '人员编号', 'person_id'),
    field('postId', '岗位编号', 'post_id'),
    field('objectKind', '对象类别', 'object_kind'),
    field('objectId', '对象编号', 'object_id'),
    field('requestId', '请求编号', 'request_id'),
  ],
  count: async (db, _asker, filter) =>
    (await one<{ count: number }>(db, sql`select count(*) as count from platform.audit where ${matching(filter)}`))?.count ?? 0,
  page: auditPage,
}

function matching(filter: ExportFilter) {
  return sql.join(
    [
      sql`true`,
      ...(filter.from === undefined ? [] : [sql`at >= ${new Date(filter.from)}`]),
      ...(filter.to === undefined ? [] : [sql`at < ${new Date(filter.to)}`]),
      ...(filter.outcome === undefined ? [] : [sql`outcome = ${filter.outcome}`]),
      ...(filter.objectId === undefined ? [] : [sql`object_id = ${filter.objectId}`]),
    ],
    sql` and `,
  )
}

async function auditPage(
  db: Queryable,
  _asker: unknown,
  filter: ExportFilter,
  _wanted: unknown,
  after: string | undefined,
  limit: number,
): Promise<{ rows: DatasetRow[]; next: string | undefined }> {
  const [at, id] = after === undefined ? [] : (JSON.parse(after) as [string, string])
  const rows = await many<DatasetRow & { id: string; at: Date }>(
    db,
    sql`select id, at, action, outcome, error_code as "errorCode", person_id as "personId", post_id as "postId", object_kind as "objectKind", object_id as "objectId", request_id as "requestId"
      from platform.audit where ${matching(filter)} and (${at ?? null}::timestamptz is null or (at, id) < (${at ?? null}::timestamptz, ${id ?? null}::uuid)) order by at desc, id desc limit ${limit}`,
  )
  const last = rows.at(-1)
  return { rows, next: rows.length === limit && last ? JSON.stringify([last.at.toISOString(), last.id]) : undefined }
}
