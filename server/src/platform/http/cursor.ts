import { Refusal } from '@linli/contract/errors'

/** The opaque mark of a place in a list that is ordered by instant and id, newest first. */
export function cursorOf(at: Date, id: string): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')
}

/** Reads such a mark; CURSOR_INVALID for any other text. */
export function readCursor(cursor: string): { at: Date; id: string } {
  try {
    const [at, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string]
    if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw new Error('shape')
    return { at: new Date(at), id }
  } catch {
    throw new Refusal('CURSOR_INVALID', [{ pointer: '/querystring/cursor', code: 'CURSOR_INVALID' }])
  }
}
