import type { Matters } from '../outbox/types.ts'

type Matter = Matters['rows'][number]

/** The matters whose name, other names, class or conditions hold every word that was typed; what begins with the first stands first. */
export function findMatters(rows: readonly Matter[], words: string): Matter[] {
  const asked = words.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const [first = ''] = asked
  if (first === '') return []
  const rank = (row: Matter) => {
    const names = [row.name, ...row.aliases].map((name) => name.toLowerCase())
    if (names.some((name) => name.startsWith(first))) return 0
    return names.some((name) => name.includes(first)) ? 1 : 2
  }
  const textOf = (row: Matter) => [row.name, ...row.aliases, row.className, row.code, ...row.rows.map((each) => each.filing)].join(' ').toLowerCase()
  return rows
    .filter((row) => asked.every((word) => textOf(row).includes(word)))
    .map((row) => ({ row, rank: rank(row) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ row }) => row)
}
