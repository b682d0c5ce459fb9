import { ImportFailure } from './problems.ts'

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030'

/** Simplified Chinese has its characters in the GB 2312 part of the code, where both bytes are at least 0xA1. */
const MOST_RARE_PAIRS = 0.1

/**
 * Decodes a text file: by its byte order mark, else as UTF-8, else as GB18030 if it looks like Chinese. Throws ENCODING_UNKNOWN
 * rather than guess (Big5 would pass for GB18030 and come out as other characters).
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } {
  const marked = byteOrderMark(bytes)
  const encodings: readonly TextEncoding[] = marked ? [marked] : ['utf-8', 'gb18030']
  for (const encoding of encodings) {
    const text = tryDecode(bytes, encoding)
    if (text !== undefined && (encoding !== 'gb18030' || looksSimplified(bytes))) return { text, encoding }
  }
  throw new ImportFailure('ENCODING_UNKNOWN')
}

function byteOrderMark(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

function tryDecode(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // A NUL means that the guess was wrong: UTF-16 without its mark is valid UTF-8.
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

function looksSimplified(bytes: Uint8Array): boolean {
  let pairs = 0
  let rare = 0
  for (let index = 0; index < bytes.length; index += 1) {
    if ((bytes[index] ?? 0) < 0x80) continue
    const trail = bytes[index + 1] ?? 0
    pairs += 1
    if (trail < 0xa1) rare += 1
    // Four-byte forms have a digit second.
    index += trail >= 0x30 && trail <= 0x39 ? 3 : 1
  }
  return rare <= pairs * MOST_RARE_PAIRS
}
