/** One field of the few that a grid item asks for, as its JSON Schema declares it. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly kind: 'number' | 'integer' | 'tick' | 'choice' | 'words'
  readonly required: boolean
  readonly options: readonly string[]
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly maxLength: number | undefined
}
type Schema = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const numberIn = (schema: Schema, name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined)

/** The fields of a form in the order of its schema, with their names in a language; a kind that no screen knows is asked in words. */
export function fieldsOf(form: Schema, language: string): readonly FormField[] {
  const properties = isRecord(form['properties']) ? form['properties'] : {}
  const required = Array.isArray(form['required']) ? form['required'] : []
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (!isRecord(schema)) return []
    const options = Array.isArray(schema['enum']) ? schema['enum'].filter((value) => typeof value === 'string') : []
    const label = (language === 'en' ? schema['x-titleEn'] : undefined) ?? schema['title']
    const { type } = schema
    return [
      {
        name,
        label: typeof label === 'string' ? label : name,
        kind: options.length > 0 ? 'choice' : type === 'integer' || type === 'number' ? type : type === 'boolean' ? 'tick' : 'words',
        required: required.includes(name),
        options,
        minimum: numberIn(schema, 'minimum'),
        maximum: numberIn(schema, 'maximum'),
        maxLength: numberIn(schema, 'maxLength'),
      },
    ]
  })
}

/** What was filled in, with numbers as numbers; what was left empty is left out, for the server says what is missing. */
export function answersOf(fields: readonly FormField[], data: FormData): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): (readonly [string, string | number | boolean])[] => {
      const value = data.get(`form.${field.name}`)
      if (field.kind === 'tick') return [[field.name, value !== null]]
      if (typeof value !== 'string' || value.trim() === '') return []
      return [[field.name, field.kind === 'number' || field.kind === 'integer' ? Number(value) : value]]
    }),
  )
}
