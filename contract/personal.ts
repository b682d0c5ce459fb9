import type { Purpose } from './permissions.ts'

/** Kinds of personal data (个人信息类别); masking, read log, export gate and erasure read the one table below. */
export type PersonalKind = 'identity' | 'contact' | 'health' | 'location' | 'finance' | 'words'
export interface Declaration { readonly kind: PersonalKind; readonly purposes: readonly Purpose[]; readonly retentionDays: number; readonly mask: 'name' | 'contact' | 'none' }
export interface NotPersonal { readonly notPersonal: string }

const personal = (kind: PersonalKind, purposes: readonly Purpose[], retentionDays: number, mask: Declaration['mask'] = 'none'): Declaration => ({ kind, purposes, retentionDays, mask })
const notPersonal = (reason: string): NotPersonal => ({ notPersonal: reason })

const YEARS = 365
const said = personal('words', ['handle-case', 'supervise'], 5 * YEARS)
const staff = personal('identity', ['handle-case', 'supervise', 'security-audit', 'own-account'], 10 * YEARS)
const place = personal('location', ['handle-case', 'supervise'], 5 * YEARS)
const caseFact = notPersonal('fact of a public case, without the reporter')
const key = notPersonal('internal key')
const setting = notPersonal('published data of the city')
const technical = notPersonal('technical')

/** Columns of one table: `columns('cases.case', caseFact, 'id', 'number')`. */
const columns = (table: string, declaration: Declaration | NotPersonal, ...names: string[]): [string, Declaration | NotPersonal][] => names.map((name) => [`${table}.${name}`, declaration])

/** Every column of every table, declared. A column that is not here fails the guards. */
export const personalColumns: ReadonlyMap<string, Declaration | NotPersonal> = new Map([
  ...columns('platform.migration', technical, 'module', 'name', 'digest', 'applied_at'),
  ...columns('platform.audit', staff, 'person_id', 'post_id'),
  ...columns('platform.audit', technical, 'district_id', 'id', 'at', 'request_id', 'actor_kind', 'action', 'object_kind', 'object_id', 'outcome', 'error_code', 'sealed_seq', 'sealed_hash'),
  ...columns('platform.read_log', staff, 'person_id', 'post_id'),
  ...columns('platform.read_log', technical, 'district_id', 'id', 'at', 'request_id', 'endpoint', 'purpose', 'object_kind', 'object_id', 'row_count', 'sealed_seq', 'sealed_hash'),
  ...columns('platform.seal_head', technical, 'stream', 'district_id', 'seq', 'hash'),
  ...columns('platform.outbox', technical, 'district_id', 'case_id', 'seq', 'topic', 'at', 'hash', 'delivered', 'anchored', 'attempts', 'next_at'),
  ...columns('platform.outbox', caseFact, 'payload'),
  ...columns('platform.idempotency', technical, 'channel', 'key', 'body_digest', 'status', 'at'),
  ...columns('platform.idempotency', personal('identity', ['security-audit'], 400), 'client', 'answer'),
  ...columns('platform.blob', technical, 'district_id', 'id', 'sha256', 'media_type', 'bytes', 'created_at', 'case_id'),
  ...columns('platform.blob', place, 'taken_at', 'lon', 'lat'),
  ...columns('platform.blob', personal('identity', ['security-audit'], 5 * YEARS), 'owner'),
  ...columns('platform.setting', technical, 'name', 'value'),
  ...columns('platform.number_block', technical, 'day', 'next_serial'),
  ...columns('identity.role', setting, 'name', 'permissions'),
  ...columns('identity.unit', setting, 'code', 'name', 'name_en', 'kind', 'parent_code', 'area_code', 'area_path'),
  ...columns('identity.post', setting, 'id', 'code', 'unit_code', 'title', 'area_code', 'area_name', 'area_path', 'roles'),
  ...columns('identity.person', staff, 'id', 'login', 'name'),
  ...columns('identity.person', technical, 'password_hash', 'failures', 'locked_until', 'demo_step'),
  ...columns('identity.holding', staff, 'person_id', 'post_id', 'from_at', 'to_at'),
  ...columns('identity.session', staff, 'person_id', 'post_id', 'seen_at'),
  ...columns('identity.session', technical, 'token_hash', 'id', 'created_at', 'ends_at'),
  ...columns('places.area', setting, 'code', 'parent_code', 'path', 'level', 'grid_kind', 'name', 'area_m2', 'lon', 'lat', 'version', 'valid_from', 'geometry'),
  ...columns('places.area_history', setting, 'code', 'version', 'path', 'level', 'grid_kind', 'name', 'valid_from', 'valid_to', 'geometry'),
  ...columns('places.district', setting, 'code', 'ordinal'),
  ...columns('places.component', setting, 'district_id', 'code', 'scheme', 'type_code', 'name', 'owner_unit', 'state', 'lon', 'lat', 'area_code', 'area_path', 'version', 'changed_at'),
  ...columns('catalog.edition', setting, 'edition', 'published_at', 'note', 'digest', 'matter_count', 'condition_count'),
  ...columns('catalog.edition', staff, 'published_by'),
  ...columns('catalog.matter', setting, 'edition', 'key', 'value'),
  ...columns('catalog.calendar', setting, 'version', 'value', 'published_at'),
  ...columns('dispatch.rule', setting, 'id', 'matter', 'area_code', 'owner_unit', 'co_owners', 'valid_from', 'valid_to', 'note'),
  ...columns('cases.case', said, 'title'),
  ...columns('cases.case', place, 'lon', 'lat'),
  ...columns('cases.case', caseFact, 'district_id', 'id', 'number', 'workflow', 'workflow_version', 'channel', 'area_path', 'grid_code', 'opened_at', 'state', 'step', 'seq', 'round', 'state_at', 'head_hash', 'edition', 'matter_key', 'matter_name',
    'condition_row', 'advised_unit', 'advised_rule', 'owner_unit', 'due_at', 'overdue', 'filed_at', 'dispatched_at', 'handled_at', 'handled_on_time', 'closed_at', 'closed_on_time', 'voided_at', 'sent_back'),
  ...columns('cases.entry', staff, 'person_id', 'post_id'),
  ...columns('cases.entry', caseFact, 'district_id', 'case_id', 'seq', 'at', 'move', 'actor_kind', 'unit_code', 'reason_code', 'facts', 'words_digest', 'alg', 'prev_hash', 'hash'),
  ...columns('cases.entry_words', said, 'words'),
  ...columns('cases.entry_words', key, 'district_id', 'case_id', 'seq', 'salt'),
  ...columns('cases.deadline', caseFact, 'district_id', 'case_id', 'stage', 'started_seq', 'clock', 'amount', 'calendar', 'started_at', 'due_at', 'provisional', 'stopped_at', 'overdue_at'),
  ...columns('intake.report', said, 'title', 'said', 'form', 'photos'),
  ...columns('intake.report', place, 'address', 'said_position', 'area_path'),
  ...columns('intake.report', caseFact, 'district_id', 'id', 'case_id', 'receipt_hash', 'channel', 'said_at', 'received_at', 'component', 'flags', 'outcome', 'reason_code', 'reason_zh', 'reason_en', 'rule', 'facts'),
  ...columns('intake.reporter', personal('identity', ['contact-reporter', 'handle-case'], 2 * YEARS, 'name'), 'name'),
  ...columns('intake.reporter', personal('contact', ['contact-reporter', 'handle-case'], 2 * YEARS, 'contact'), 'contact'),
  ...columns('intake.reporter', key, 'district_id', 'report_id'),
])

/** Answers out of which personal data comes, as `endpoint#field`; everything else that an answer holds must be in `plainFields`. */
export const personalFields: ReadonlyMap<string, PersonalKind> = new Map([
  ['identity.signIn#personName', 'identity'], ['identity.signIn#personId', 'identity'], ['identity.me#personName', 'identity'], ['identity.me#personId', 'identity'], ['identity.takePost#personName', 'identity'], ['identity.takePost#personId', 'identity'],
  ['identity.listPeople#personName', 'identity'], ['identity.listPeople#login', 'identity'], ['intake.listReports#title', 'words'],
  ['cases.list#title', 'words'], ['cases.get#title', 'words'], ['cases.get#text', 'words'], ['cases.get#address', 'location'], ['cases.get#name', 'identity'], ['cases.get#contact', 'contact'],
  ['cases.listEntries#personName', 'identity'], ['platform.listAudit#personId', 'identity'], ['platform.listReads#personId', 'identity'],
])

const named = (reason: string, ...names: string[]): [string, string][] => names.map((name) => [name, reason])

/** Text fields that carry nobody's data wherever they occur, with the reason; `endpoint#field` where a name is plain in one answer only. */
export const plainFields: ReadonlyMap<string, string> = new Map([
  ...named('key, code or number of a thing', 'id', 'code', 'key', 'number', 'caseId', 'reportId', 'objectId', 'requestId', 'postId', 'unitCode', 'areaCode', 'gridCode', 'parentCode', 'path', 'areaPath', 'typeCode', 'classCode', 'matterKey', 'owner', 'ownerUnit', 'unit', 'rule', 'codes',
    'owner', 'coOwners', 'sha256', 'hash', 'prevHash', 'digest', 'receipt', 'next', 'cursor', 'version', 'token', 'password', 'login'),
  ...named('name of an area, unit, post or matter', 'unitName', 'postTitle', 'postTitles', 'migrations', 'areaName', 'areaNames', 'matterName', 'className', 'ownerName', 'nameEn', 'aliases'),
  ...named('published words of the city', 'zh', 'en', 'formulaZh', 'formulaEn', 'sloganZh', 'sloganEn', 'color', 'note', 'filing', 'closing', 'limitText', 'ownerText', 'supervisorText', 'evidence', 'timeZone', 'matterPattern', 'validFrom', 'publicReply', 'detail', 'before', 'after', 'added', 'removed'),
  ...named('state, kind or outcome', 'state', 'stateAfter', 'step', 'move', 'kind', 'to', 'why', 'needs', 'reasons', 'reasonCode', 'channel', 'outcome', 'stage', 'clock', 'level', 'gridKind', 'scheme', 'domain', 'workflow', 'indicator', 'mediaType', 'action', 'errorCode', 'objectKind', 'endpoint',
    'purpose', 'pointer', 'flags', 'permissions', 'type'),
  ...named('instant', 'at', 'openedAt', 'stateAt', 'dueAt', 'startedAt', 'stoppedAt', 'overdueAt', 'receivedAt', 'lastSeenAt', 'saidAt', 'publishedAt', 'asOf', 'from', 'endsAt', 'takenAt'),
  ...named('invented person of the demo city', 'identity.listDemoPeople#personName'),
  ...named('title of a post', 'identity.signIn#title', 'identity.me#title', 'identity.takePost#title'),
  ...named('name of an area, component, matter, unit, city or group', 'places.listAreas#name', 'places.getArea#name', 'places.locate#name', 'places.listComponents#name', 'catalog.listMatters#name', 'catalog.getMatter#name', 'identity.listUnits#name', 'insight.indicators#name', 'platform.city#name'),
])
