import type { ReplayMap } from '../replay/mapping.ts'

/** Which columns seem to hold what; `owner` is who should put it right. */
export interface Columns {
  readonly map: ReplayMap
  readonly owner: string | undefined
}

/** Names under which open data and hotlines keep each field, the surest first; compared without case, spaces and signs. */
const NAMES = {
  key: [
    'srrecordid',
    'servicerequestnum',
    'servicerequestid',
    'requestid',
    'uniquekey',
    'casenumber',
    'caseid',
    'recordid',
    'ticketid',
    'objectid',
    'id',
    'row',
    '工单编号',
    '编号',
  ],
  title: ['title', 'subject', '标题', '主题'],
  text: ['detail', 'details', 'description', 'text', 'content', 'message', 'notes', '内容', '详情', '描述'],
  lon: ['longitude', 'lon', 'lng', 'long', 'x', '经度'],
  lat: ['latitude', 'lat', 'y', '纬度'],
  saidAt: [
    'createddate',
    'createdat',
    'created',
    'requesteddatetime',
    'requesteddate',
    'opendate',
    'opened',
    'openedat',
    'datetime',
    'time',
    'date',
    '时间',
    '上报时间',
  ],
  address: ['address', 'incidentaddress', 'streetaddress', 'location', '地址', '地点'],
  matter: ['srtype', 'servicename', 'requesttype', 'complainttype', 'casetype', 'type', 'category', 'label', '类型', '类别', '事项'],
  owner: ['agency', 'agencyresponsible', 'responsibleagency', 'department', 'owner', '部门', '承办单位', '责任单位'],
} as const

/** Guesses the columns of a file by their names; undefined where neither a text nor a matter is found. */
export function guessColumns(columns: Iterable<string>): Columns | undefined {
  const byPlainName = new Map([...columns].map((column) => [column.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, ''), column]))
  const find = (field: keyof typeof NAMES) => NAMES[field].map((name) => byPlainName.get(name)).find((column) => column !== undefined)
  const [key, said, lon, lat, saidAt, address, matter] = [find('key'), find('text'), find('lon'), find('lat'), find('saidAt'), find('address'), find('matter')]
  const text = said ?? [matter, address].filter((column) => column !== undefined)
  const title = find('title') ?? matter
  if (text.length === 0) return undefined
  return {
    owner: find('owner'),
    map: {
      ...(key === undefined ? {} : { key }),
      ...(title === undefined ? {} : { title }),
      text,
      ...(lon === undefined || lat === undefined ? {} : { lon, lat }),
      ...(saidAt === undefined ? {} : { saidAt }),
      ...(address === undefined ? {} : { address }),
      ...(matter === undefined ? {} : { matter: { column: matter } }),
    },
  }
}
