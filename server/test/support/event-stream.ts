import type { Person } from './world.ts'

export interface StreamEvent {
  readonly id: string
  readonly topic: string
  readonly data: Record<string, unknown>
}

/** An open event stream of a person, read as a browser would. */
export interface EventStream {
  readonly events: readonly StreamEvent[]
  readonly ended: Promise<void>
  close(): void
}

/** Opens the stream and collects what comes, until it is closed from either side. */
export async function openStream(url: string, person: Person, lastEventId?: string): Promise<EventStream> {
  const closing = new AbortController()
  const response = await fetch(`${url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${person.token}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) },
    signal: closing.signal,
  })
  if (response.status !== 200 || !response.body) throw new Error(`the stream answered ${response.status}`)
  const events: StreamEvent[] = []
  const ended = collect(response.body, events).catch((error: unknown) => {
    if (!closing.signal.aborted) throw error
  })
  return { events, ended, close: () => closing.abort() }
}

async function collect(body: ReadableStream<Uint8Array>, events: StreamEvent[]): Promise<void> {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)) {
    text += chunk
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const fields = Object.fromEntries(frame.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
      if (fields['event'] !== undefined) events.push({ id: fields['id'] ?? '', topic: fields['event'], data: JSON.parse(fields['data'] ?? '{}') as Record<string, unknown> })
    }
  }
}
