/** What people write is stored as said; only what cannot be stored faithfully is refused. */

export type TextFlag = 'control-characters' | 'bidi-controls' | 'markup' | 'very-long'

/** True where the text can be stored and sent as UTF-8: no NUL, no lone surrogate. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** Marks for the reader; the text itself is never changed. */
export function flagsOf(text: string): TextFlag[] {
  const flags: TextFlag[] = []
  // oxlint-disable-next-line no-control-regex -- finding control characters is the point
  if (/[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text)) flags.push('control-characters')
  if (/[\u202a-\u202e\u2066-\u2069]/.test(text)) flags.push('bidi-controls')
  if (/<\/?[a-z!][^>]*>/i.test(text)) flags.push('markup')
  if (text.length > 5_000) flags.push('very-long')
  return flags
}

/** The first `length` characters on one line, for a title made from what was said. */
export function titleOf(text: string, length = 40): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`
}

/** Every string inside a JSON value with its JSON pointer. */
export function* stringsIn(value: unknown, pointer = ''): Generator<{ pointer: string; text: string }> {
  if (typeof value === 'string') yield { pointer, text: value }
  else if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* stringsIn(item, `${pointer}/${index}`)
  else if (value && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      yield { pointer, text: key }
      yield* stringsIn(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    }
  }
}
