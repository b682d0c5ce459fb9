import { parseFrames, type Frame } from './parse-frames.ts'

/** `live`: frames arrive. `waiting`: the line broke and is tried again. `refused`: nobody is signed in, or the post may not listen. */
export type StreamState = 'connecting' | 'live' | 'waiting' | 'refused'

export interface StreamParts {
  readonly url: string
  readonly fetch: typeof globalThis.fetch
  /** Gives a number from 0 to 1: spreads the retries of many screens. */
  readonly random: () => number
  /** Says `offline` and `online`, as a browser's window does. */
  readonly network: EventTarget
  onEvent(event: string, data: unknown): void
  /** The screens must load everything afresh: the server no longer knows what was missed. */
  onResync(): void
  onState(state: StreamState): void
  /** Called for every sign of life, the heartbeat included. */
  onBeat(): void
}

/** The server beats every 15 s; a line that is silent for three beats is dead even when TCP has not noticed. */
const SILENCE_MS = 45_000
const LONGEST_WAIT_MS = 30_000

/** How long to wait before the nth try, in milliseconds: doubling from the server's own figure, spread by a random half. */
export function waitBefore(attempt: number, retryMs: number, random: number): number {
  const full = Math.min(LONGEST_WAIT_MS, retryMs * 2 ** Math.min(attempt, 6))
  return Math.round(full / 2 + (full / 2) * random)
}

/**
 * Keeps one event stream (实时推送) open until the returned function is called: resumes by Last-Event-ID, reconnects with back-off.
 * `fetch` and not EventSource, because EventSource hides the heartbeat that staleness is measured by.
 */
export function openStream(parts: StreamParts): () => void {
  const stop = new AbortController()
  void run(parts, stop.signal)
  return () => stop.abort()
}

interface Memory {
  lastId: string | undefined
  retryMs: number
  attempt: number
}

async function run(parts: StreamParts, stop: AbortSignal): Promise<void> {
  const memory: Memory = { lastId: undefined, retryMs: 2_000, attempt: 0 }
  parts.onState('connecting')
  while (!stop.aborted) {
    const outcome = await listen(parts, memory, stop).catch(() => 'broken' as const)
    if (stop.aborted) return
    if (outcome === 'refused') return parts.onState('refused')
    parts.onState('waiting')
    await pause(waitBefore(memory.attempt++, memory.retryMs, parts.random()), stop, parts.network)
  }
}

async function listen(parts: StreamParts, memory: Memory, stop: AbortSignal): Promise<'broken' | 'refused'> {
  const silent = new AbortController()
  const cut = () => silent.abort()
  let timer = setTimeout(cut, SILENCE_MS)
  parts.network.addEventListener('offline', cut)
  try {
    const response = await parts.fetch(parts.url, {
      headers: { accept: 'text/event-stream', ...(memory.lastId === undefined ? {} : { 'last-event-id': memory.lastId }) },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.any([stop, silent.signal]),
    })
    if (response.status === 401 || response.status === 403) return 'refused'
    if (!response.ok || !response.body) return 'broken'
    // What happened while nobody listened is only known to a server that was told the last id.
    if (memory.attempt > 0 && memory.lastId === undefined) parts.onResync()
    parts.onState('live')
    memory.attempt = 0
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'broken'
      clearTimeout(timer)
      timer = setTimeout(cut, SILENCE_MS)
      parts.onBeat()
      const { frames, rest } = parseFrames(text + value)
      text = rest
      for (const frame of frames) take(parts, memory, frame)
    }
  } finally {
    clearTimeout(timer)
    parts.network.removeEventListener('offline', cut)
  }
}

function take(parts: StreamParts, memory: Memory, frame: Frame): void {
  if (frame.kind === 'retry') memory.retryMs = Math.max(500, frame.ms)
  if (frame.kind !== 'event') return
  if (frame.id !== undefined) memory.lastId = frame.id
  if (frame.event === 'resync') {
    memory.lastId = undefined
    return parts.onResync()
  }
  try {
    parts.onEvent(frame.event, JSON.parse(frame.data))
  } catch {
    // A frame that cannot be read is treated like one that was missed.
    parts.onResync()
  }
}

/** Waits, but no longer than until the network is back or the stream is stopped. */
function pause(ms: number, stop: AbortSignal, network: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      network.removeEventListener('online', end)
      stop.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    network.addEventListener('online', end)
    stop.addEventListener('abort', end)
  })
}
