import { errors, Refusal, type ErrorCode, type FieldProblem } from '@linli/contract/errors'

export type Language = 'zh-CN' | 'en'

/** Chinese unless the caller asks for English first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh-CN'
}

/** RFC 9457 problem document: what is wrong, where, and what to do; nothing of the inside. */
export function problemOf(refusal: Refusal, language: Language, requestId: string): Record<string, unknown> {
  const words = errors[refusal.code]
  const zh = language === 'zh-CN'
  return {
    type: `urn:linli:error:${refusal.code}`,
    title: zh ? words.zh : words.en,
    status: words.status,
    detail: zh ? words.doZh : words.doEn,
    code: refusal.code,
    requestId,
    fields: refusal.fields.map((field) => ({ pointer: field.pointer, code: field.code, ...(field.detail === undefined ? {} : { detail: field.detail }) })),
    ...(Object.keys(refusal.extra).length > 0 ? { extra: refusal.extra } : {}),
  }
}

interface Ajvish {
  instancePath: string
  keyword: string
  message?: string
  params?: Record<string, unknown>
}

/** Turns schema errors into field problems, 50 at most. */
export function fieldsOf(problems: readonly Ajvish[], root: string): FieldProblem[] {
  return problems.slice(0, 50).map((problem) => {
    const extra = problem.params?.['additionalProperty'] ?? problem.params?.['missingProperty']
    const pointer = `${root}${problem.instancePath}${typeof extra === 'string' ? `/${extra}` : ''}`
    return { pointer, code: problem.keyword, ...(problem.message === undefined ? {} : { detail: problem.message }) }
  })
}

/** Makes a Refusal of whatever Fastify, the database or the file system threw; undefined where the cause is ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (!error || typeof error !== 'object') return undefined
  const known = error as { code?: unknown; validation?: Ajvish[]; validationContext?: string; statusCode?: number }
  if (known.validation) return new Refusal('INPUT_INVALID', fieldsOf(known.validation, `/${known.validationContext ?? 'body'}`))
  const byCode: Record<string, ErrorCode> = {
    FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'TYPE_NOT_ALLOWED',
    FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_NOT_JSON',
    FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_NOT_JSON',
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'BODY_NOT_JSON',
    FST_ERR_NOT_FOUND: 'NOT_FOUND',
    ENOSPC: 'DISK_FULL',
    EDQUOT: 'DISK_FULL',
    '53100': 'DISK_FULL',
    '53300': 'NOT_READY',
    '57P03': 'NOT_READY',
    ECONNREFUSED: 'NOT_READY',
    ENOENT: 'NOT_READY',
  }
  const code = typeof known.code === 'string' ? byCode[known.code] : undefined
  if (code) return new Refusal(code)
  if (known.statusCode === 429) return new Refusal('RATE_LIMITED')
  if (known.statusCode === 400) return new Refusal('BODY_NOT_JSON')
  return undefined
}
