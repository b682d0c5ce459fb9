import { georeportStatus } from '@linli/contract/endpoints/open311'
import { errors, type ErrorCode, type FieldProblem, type Refusal } from '@linli/contract/errors'
import type { Dialect } from '../../../platform/http/request.ts'
import { CONTENT_TYPES, textOf } from './wire.ts'

/** Refusals of the platform whose words speak of uploads or JSON, which nobody sends here. */
const HERE: Partial<Record<ErrorCode, ErrorCode>> = {
  TYPE_NOT_ALLOWED: 'OPEN311_BODY_NOT_FORM',
  BODY_NOT_JSON: 'OPEN311_BODY_NOT_FORM',
  BODY_TOO_LARGE: 'OPEN311_BODY_NOT_FORM',
}

const NAMES: readonly (readonly [pointer: string, parameters: string])[] = [
  ['/body/position', 'lat, long'],
  ['/body/component', 'address_id'],
  ['/body/matter', 'service_code'],
  ['/body/reporter/name', 'first_name, last_name'],
  ['/body/reporter/contact', 'phone, email'],
]

/** The parameter of the standard that a pointer of ours means. */
function parameterOf({ pointer }: FieldProblem): string {
  const form = /^\/body\/form\/([^/]*)/.exec(pointer)?.[1]
  if (form !== undefined) return `attribute[${form.replaceAll('~1', '/').replaceAll('~0', '~')}]`
  const named = NAMES.find(([start]) => pointer.startsWith(start))?.[1]
  return named ?? pointer.replace(/^\/(querystring|params|headers|body)\/?/, '')
}

/** Refuses as GeoReport v2 does: a list of code and description in the format that was asked for (XML where none can be told), one for each field that is wrong. */
export const georeport: Dialect = {
  prefix: '/open311/',
  refuse: (refusal: Refusal, { path, language }) => {
    const format = path.endsWith('.json') ? 'json' : 'xml'
    const code = HERE[refusal.code] ?? refusal.code
    const words = errors[code]
    const said = language === 'en' ? `${words.en}. ${words.doEn}.` : `${words.zh}；${words.doZh}。`
    const facts = Object.entries(refusal.extra).map(([name, value]) => ` [${name} ${value}]`)
    const problems = refusal.fields.map((field) => ` (${[parameterOf(field), field.detail ?? field.code].filter((part) => part !== '').join(': ')})`)
    const rows = (problems.length > 0 ? problems : ['']).map((problem) => ({ code, description: `${said}${problem}${facts.join('')}` }))
    return { status: georeportStatus(code), contentType: CONTENT_TYPES[format], body: textOf(format, 'errors', rows) }
  },
}
