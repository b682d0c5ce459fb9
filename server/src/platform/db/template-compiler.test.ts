import { createQueryId, PostgresQueryCompiler, sql, type RawBuilder } from 'kysely'
import { expect, it } from 'vitest'
import { TemplateCompiler } from './template-compiler.ts'

const ours = new TemplateCompiler()
const theirs = new PostgresQueryCompiler()
const both = (query: RawBuilder<unknown>) => {
  const compiled = [ours, theirs].map((compiler) => {
    const { sql: text, parameters } = compiler.compileQuery(query.toOperationNode() as never, createQueryId())
    return { text, parameters: [...parameters] }
  })
  expect(compiled[0]).toEqual(compiled[1])
  return compiled[0]
}

const flat = (a: unknown, b: unknown) => sql`select ${a}::int, ${b}::text[] from t`
const mixed = (part: unknown) => sql`select * from t where a = ${1} and ${part} and b = ${2}`

it('writes what Kysely writes, at the first call and at every later one', () => {
  for (const [a, b] of [
    [1, ['x']],
    [null, undefined],
    [new Date(0), Buffer.from('x')],
  ])
    expect(both(flat(a, b))).toEqual({ text: 'select $1::int, $2::text[] from t', parameters: [a, b] })
  expect(both(sql`select 1`)).toEqual({ text: 'select 1', parameters: [] })
})

it('numbers the values of templates inside templates, also where a place holds now a value and now a template', () => {
  for (const part of [true, sql`c = ${3}`, sql``, false, sql.join([sql`x = ${4}`, sql`y = ${5}`], sql` or `), sql.raw('d is null'), true]) both(mixed(part))
  expect(both(sql`${flat(1, 2)} union ${flat(3, 4)}`)?.text).toBe('select $1::int, $2::text[] from t union select $3::int, $4::text[] from t')
})

it('leaves names and literals to Kysely', () => {
  expect(both(sql`select ${sql.ref('a.b')}, ${sql.lit("o'k")} from ${sql.table('platform.outbox')} where c = ${1}`)?.text).toBe(
    `select "a"."b", 'o''k' from "platform"."outbox" where c = $1`,
  )
})
