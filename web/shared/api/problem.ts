import { errors, type ErrorCode, type FieldProblem } from '@linli/contract/errors'

/** `CONNECTION_LOST` and `ANSWER_UNREADABLE` arise in the browser; every other code is the catalogue's. */
export type ProblemCode = ErrorCode | 'CONNECTION_LOST' | 'ANSWER_UNREADABLE'

/** What the server refused, or why nothing came back (错误). Words are chosen by the screen from the catalogue, in its own language. */
export class ApiProblem extends Error {
  readonly code: ProblemCode
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  readonly fields: readonly FieldProblem[]
  readonly extra: Readonly<Record<string, unknown>>
  readonly requestId: string | null
  constructor(
    code: ProblemCode,
    status: number,
    rest: { fields?: readonly FieldProblem[]; extra?: Readonly<Record<string, unknown>>; requestId?: string | null } = {},
  ) {
    super(code)
    this.name = 'ApiProblem'
    this.code = code
    this.status = status
    this.fields = rest.fields ?? []
    this.extra = rest.extra ?? {}
    this.requestId = rest.requestId ?? null
  }
}

/** True where the problem says that nobody is signed in any more. */
export function isSignedOut(problem: unknown): boolean {
  return problem instanceof ApiProblem && problem.code === 'SESSION_MISSING'
}

/** Reads a problem+json body (RFC 9457); a body of any other shape becomes `ANSWER_UNREADABLE`. */
export function problemFrom(status: number, body: unknown): ApiProblem {
  if (!isRecord(body) || typeof body['code'] !== 'string' || !isCode(body['code'])) return new ApiProblem('ANSWER_UNREADABLE', status)
  const fields = Array.isArray(body['fields']) ? body['fields'].filter(isFieldProblem) : []
  return new ApiProblem(body['code'], status, {
    fields,
    extra: isRecord(body['extra']) ? body['extra'] : {},
    requestId: typeof body['requestId'] === 'string' ? body['requestId'] : null,
  })
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isFieldProblem(value: unknown): value is FieldProblem {
  return isRecord(value) && typeof value['pointer'] === 'string' && typeof value['code'] === 'string'
}
