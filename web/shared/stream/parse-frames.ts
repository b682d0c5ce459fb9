/** One message of an event stream; `comment` is the server's heartbeat. */
export type Frame =
  | { readonly kind: 'event'; readonly id: string | undefined; readonly event: string; readonly data: string }
  | { readonly kind: 'retry'; readonly ms: number }
  | { readonly kind: 'comment' }

/** Splits what has arrived into whole frames and the rest that is not whole yet (WHATWG HTML, server-sent events). */
export function parseFrames(text: string): { readonly frames: Frame[]; readonly rest: string } {
  const blocks = text.replaceAll('\r\n', '\n').split('\n\n')
  const rest = blocks.pop() ?? ''
  return { frames: blocks.flatMap(frameOf), rest }
}

function frameOf(block: string): Frame[] {
  const fields: Record<string, string[]> = {}
  let comment = false
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon === 0) comment = true
    else if (line !== '') {
      const name = colon < 0 ? line : line.slice(0, colon)
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
      ;(fields[name] ??= []).push(value)
    }
  }
  const frames: Frame[] = []
  const retry = Number(fields['retry']?.at(-1))
  if (Number.isInteger(retry)) frames.push({ kind: 'retry', ms: retry })
  if (fields['data']) frames.push({ kind: 'event', id: fields['id']?.at(-1), event: fields['event']?.at(-1) ?? 'message', data: fields['data'].join('\n') })
  if (comment && frames.length === 0) frames.push({ kind: 'comment' })
  return frames
}
