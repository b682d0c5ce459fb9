const DIGITS = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, value]))
for (const [digit, value] of [
  ['〇', 0],
  ['两', 2],
  ['俩', 2],
] as const)
  DIGITS.set(digit, value)
const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
])

/** The characters of which a Chinese numeral is made, for use inside a character class. */
export const NUMERAL_CHARACTERS = [...DIGITS.keys(), ...UNITS.keys()].join('')

/** Reads a Chinese numeral (中文数字) below 10,000, such as 十五, 两百零三 or 二〇; undefined where it is not one. */
export function readNumeral(text: string): number | undefined {
  const characters = [...text]
  if (characters.length === 0) return undefined
  if (characters.every((character) => DIGITS.has(character))) {
    return Number(characters.map((character) => DIGITS.get(character)).join(''))
  }
  // 一百五 is 150 to one reader and 105 to another.
  if (/[百千][^零〇十百千]$/u.test(text)) return undefined
  let total = 0
  let digit: number | undefined
  let smallestUnit = 10_000
  for (const character of characters) {
    const unit = UNITS.get(character)
    if (unit === undefined) {
      const next = DIGITS.get(character)
      // Two digits side by side are a slip, except behind a zero that stands for an empty place.
      if (next === undefined || (digit !== undefined && digit !== 0)) return undefined
      digit = next
    } else {
      if (unit >= smallestUnit || digit === 0) return undefined
      // 十五 leaves the one in front unsaid.
      total += (digit ?? 1) * unit
      smallestUnit = unit
      digit = undefined
    }
  }
  return total + (digit ?? 0)
}
