import type { ServerResponse } from 'node:http'
import type { DomainEvent } from './outbox.ts'

/** One open stream and the test that decides which events it may see. */
interface Subscriber {
  readonly out: ServerResponse
  readonly sees: (event: DomainEvent) => boolean
  readonly sessionId: string
}

const KEPT = 5_000
const SLOW_BYTES = 1_000_000

/** Server-sent events: one shared buffer per event, policy per subscriber, slow readers are closed and resume by id. */
export class Realtime {
  readonly #subscribers = new Set<Subscriber>()
  readonly #recent: { readonly id: string; readonly event: DomainEvent; readonly frame: string }[] = []
  #heartbeat: NodeJS.Timeout | undefined

  get size(): number {
    return this.#subscribers.size
  }

  /** Opens a stream; after `lastEventId` it first sends what was missed, or `resync` when that is too old to know. */
  open(out: ServerResponse, sessionId: string, sees: (event: DomainEvent) => boolean, lastEventId: string | undefined): void {
    out.write('retry: 2000\n\n')
    if (lastEventId !== undefined) this.#resume(out, sees, lastEventId)
    const subscriber = { out, sees, sessionId }
    this.#subscribers.add(subscriber)
    out.on('close', () => this.#subscribers.delete(subscriber))
    this.#heartbeat ??= setInterval(() => this.#beat(), 15_000).unref()
  }

  publish(event: DomainEvent): void {
    const id = `${event.caseId}:${event.seq}`
    const frame = `id: ${id}\nevent: ${event.topic}\ndata: ${JSON.stringify({ ...event.payload, at: event.at })}\n\n`
    this.#recent.push({ id, event, frame })
    if (this.#recent.length > KEPT) this.#recent.splice(0, this.#recent.length - KEPT)
    this.#tell(event, frame)
  }

  /** Says what is of this moment only: it has no id to resume by and is not sent again to whoever missed it. */
  mention(event: DomainEvent): void {
    this.#tell(event, `event: ${event.topic}\ndata: ${JSON.stringify({ ...event.payload, at: event.at })}\n\n`)
  }

  #tell(event: DomainEvent, frame: string): void {
    const buffer = Buffer.from(frame)
    for (const subscriber of this.#subscribers) if (subscriber.sees(event)) this.#send(subscriber, buffer)
  }

  /** Ends the streams of a session that ended or moved to another post: what one may see is decided when a stream opens. */
  endSession(sessionId: string): void {
    for (const subscriber of this.#subscribers) {
      if (subscriber.sessionId !== sessionId) continue
      this.#subscribers.delete(subscriber)
      subscriber.out.end()
    }
  }

  close(): void {
    clearInterval(this.#heartbeat)
    for (const { out } of this.#subscribers) out.end()
    this.#subscribers.clear()
  }

  #resume(out: ServerResponse, sees: (event: DomainEvent) => boolean, lastEventId: string): void {
    const at = this.#recent.findIndex((item) => item.id === lastEventId)
    if (at < 0) out.write('event: resync\ndata: {}\n\n')
    else for (const item of this.#recent.slice(at + 1)) if (sees(item.event)) out.write(item.frame)
  }

  #beat(): void {
    const beat = Buffer.from(': beat\n\n')
    for (const subscriber of this.#subscribers) this.#send(subscriber, beat)
  }

  #send(subscriber: Subscriber, buffer: Buffer): void {
    if (subscriber.out.writableLength > SLOW_BYTES) {
      this.#subscribers.delete(subscriber)
      subscriber.out.destroy()
    } else subscriber.out.write(buffer)
  }
}
