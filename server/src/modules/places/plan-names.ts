const DIGITS = '零一二三四五六七八九'
const UNITS = ['', '十', '百', '千']

/** Writes 1 … 9,999 in Chinese as it is said: 10 is 十, 105 is 一百零五. */
export function chineseNumeral(n: number): string {
  const digits = String(n).split('').map(Number)
  let text = ''
  let gap = false
  digits.forEach((digit, i) => {
    const power = digits.length - 1 - i
    if (digit === 0) {
      gap = text !== ''
      return
    }
    if (gap) text += '零'
    gap = false
    text += DIGITS.charAt(digit) + UNITS[power]!
  })
  return text.startsWith('一十') ? text.slice(1) : text
}

/** Stems that a city wants its made-up streets and communities to bear, such as 和平; used in order, then again. */
export interface NameStems {
  streets?: readonly string[]
  communities?: readonly string[]
}

/** Returns a source of names ending in `word`: from the stems while they last, then 和平第二街道; without stems 第一街道. */
export function namesOf(stems: readonly string[] | undefined, word: string): (cityIndex: number, siblingIndex: number) => string {
  return (cityIndex, siblingIndex) => {
    if (!stems || stems.length === 0) return `第${chineseNumeral(siblingIndex + 1)}${word}`
    const round = Math.floor(cityIndex / stems.length) + 1
    const stem = stems[cityIndex % stems.length]!
    return round === 1 ? stem + word : `${stem}第${chineseNumeral(round)}${word}`
  }
}
