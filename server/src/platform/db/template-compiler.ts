import { PostgresQueryCompiler, type CompiledQuery, type RawNode, type RootOperationNode, type ValueNode } from 'kysely'

type QueryId = Parameters<PostgresQueryCompiler['compileQuery']>[1]
type Part = RawNode['parameters'][number]

const isRaw = (node: Part): node is RawNode => node.kind === 'RawNode'
const isBound = (node: Part): node is ValueNode => node.kind === 'ValueNode' && (node as ValueNode).immediate !== true
/** Texts of templates that hold nothing but values: they are the same at every call. */
const texts = new WeakMap<readonly string[], string>()

/** Compiles templates of text, values and other templates, which nearly all of our SQL is, without a visit to each node; leaves the rest to Kysely. */
export class TemplateCompiler extends PostgresQueryCompiler {
  override compileQuery(node: RootOperationNode, queryId: QueryId): CompiledQuery {
    const values: unknown[] = []
    const text = isRaw(node) ? textOf(node, values) : undefined
    return text === undefined ? super.compileQuery(node, queryId) : { query: node, queryId, sql: text, parameters: values }
  }
}

/** The text of a template, its values appended; undefined where it holds something else, such as a name to be quoted. */
function textOf(node: RawNode, values: unknown[]): string | undefined {
  const { sqlFragments, parameters } = node
  const first = values.length === 0
  if (first && parameters.length > 0 && parameters.every(isBound)) return flatText(sqlFragments, parameters, values)
  let text = sqlFragments[0] ?? ''
  for (const [index, part] of parameters.entries()) {
    const inner = isBound(part) ? `$${values.push(part.value)}` : isRaw(part) ? textOf(part, values) : undefined
    if (inner === undefined) return undefined
    text += inner + (sqlFragments[index + 1] ?? '')
  }
  return text
}

/** The same string at every call, so that whoever looks it up need not read it again. */
function flatText(fragments: readonly string[], parameters: readonly ValueNode[], values: unknown[]): string {
  for (const part of parameters) values.push(part.value)
  const known = texts.get(fragments)
  if (known !== undefined) return known
  const text = parameters.reduce((before, _part, index) => `${before}$${index + 1}${fragments[index + 1] ?? ''}`, fragments[0] ?? '')
  texts.set(fragments, text)
  return text
}
