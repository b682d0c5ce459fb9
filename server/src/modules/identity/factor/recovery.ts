const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const COUNT = 10
const LENGTH = 16

/** Ten one-time recovery codes (恢复码) of 79 bits, in groups of four without letters that look alike. */
export function newRecoveryCodes(random: (bytes: number) => Uint8Array): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters: string[] = []
    // Bytes beyond the last whole multiple of the alphabet would favour its first letters.
    while (letters.length < LENGTH) letters.push(...[...random(LENGTH)].filter((byte) => byte < 248).map((byte) => LETTERS[byte % LETTERS.length] ?? ''))
    return (letters.slice(0, LENGTH).join('').match(/.{4}/g) ?? []).join('-')
  })
}

/** A code as it was typed, without blanks, hyphens and capitals. */
export const plainCode = (typed: string) => typed.replaceAll(/[\s-]/g, '').toLowerCase()
