import type { FieldProblem } from '@linli/contract/errors'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

export type FormSchema = Readonly<Record<string, unknown>>

// Schemas live as long as their edition; a schema that is gone takes its compiled form along.
const compiled = new WeakMap<FormSchema, ValidateFunction>()

/**
 * What is wrong with the answers to a matter's own questions (表单): each by its JSON pointer, 50 at most; empty where all fits.
 * A matter that asks nothing takes no answers, so nothing is collected that nobody declared (R3).
 */
export function formProblems(schema: FormSchema | undefined, form: unknown): FieldProblem[] {
  if (schema === undefined) return form === undefined ? [] : [{ pointer: '/body/form', code: 'additionalProperties' }]
  const valid = compiled.get(schema) ?? compile(schema)
  compiled.set(schema, valid)
  if (valid(form ?? {})) return []
  return (valid.errors ?? []).slice(0, 50).map((error) => {
    const field: unknown = error.params['missingProperty'] ?? error.params['additionalProperty']
    return {
      pointer: `/body/form${error.instancePath}${typeof field === 'string' ? `/${field}` : ''}`,
      code: error.keyword,
      ...(error.message === undefined ? {} : { detail: error.message }),
    }
  })
}

/** Each schema gets a compiler of its own: two editions may use one `$id`. Throws where the schema is none. */
function compile(schema: FormSchema): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: false, coerceTypes: false })
  addFormats.default(ajv)
  return ajv.compile(schema)
}
