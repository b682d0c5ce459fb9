import type { CaseRecord } from '../store.ts'

/** What is asked: a place, when it was said, the words and perhaps the matter. */
export interface Likeness {
  readonly lon: number
  readonly lat: number
  readonly at: Date
  readonly text: string
  readonly matterKey: string | null
  /** The case that asks, which is not like itself. */
  readonly except: string | null
}
export interface SimilarCase {
  readonly row: CaseRecord
  readonly metres: number
  readonly hours: number
  /** Share of the words in common, 0 to 1. */
  readonly words: number
  readonly score: number
}

export const METRES_PER_DEGREE = 111_320

/** How alike a case is to what is asked: place counts for nearly half, then matter, words and time. */
export function compare(row: CaseRecord, like: Likeness, limits: { readonly metres: number; readonly days: number }): SimilarCase {
  const metres = distance(like, { lon: row.lon ?? 0, lat: row.lat ?? 0 })
  const hours = Math.abs(like.at.getTime() - row.opened_at.getTime()) / 3_600_000
  const words = commonWords(like.text, `${row.title} ${row.matter_name ?? ''}`)
  const near = Math.max(0, 1 - metres / limits.metres)
  const recent = Math.max(0, 1 - hours / (limits.days * 24))
  const matter = like.matterKey !== null && like.matterKey === row.matter_key ? 1 : 0
  return { row, metres, hours, words, score: 0.45 * near + 0.25 * matter + 0.2 * words + 0.1 * recent }
}

function distance(one: { lon: number; lat: number }, other: { lon: number; lat: number }): number {
  const x = (one.lon - other.lon) * Math.cos((((one.lat + other.lat) / 2) * Math.PI) / 180)
  return Math.hypot(x, one.lat - other.lat) * METRES_PER_DEGREE
}

/** Dice coefficient of the character pairs of two texts: works for Chinese, which has no spaces, as for words. */
export function commonWords(one: string, other: string): number {
  const left = pairsOf(one)
  const right = pairsOf(other)
  if (left.size === 0 || right.size === 0) return 0
  let common = 0
  for (const pair of left) if (right.has(pair)) common += 1
  return (2 * common) / (left.size + right.size)
}

function pairsOf(text: string): Set<string> {
  const characters = [...text.normalize('NFKC').toLowerCase()].filter((character) => /[\p{L}\p{N}]/u.test(character))
  return new Set(characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`))
}
