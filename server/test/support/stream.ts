import type { TestServer } from './server.ts'
import type { Person } from './world.ts'

export interface Heard {
  readonly id: string
  readonly event: string
  readonly data: Record<string, unknown>
}
export interface Listening {
  readonly heard: Heard[]
  readonly status: number
  /** Settles when either side closed it. */
  readonly ended: Promise<void>
  close(): void
}

/** Opens a person's event stream and collects what it says until it is closed. */
export async function listen(server: TestServer, person: Person, headers: Record<string, string> = {}): Promise<Listening> {
  const stop = new AbortController()
  const response = await fetch(`${server.running.url}/api/v1/stream`, { headers: { authorization: `Bearer ${person.token}`, ...headers }, signal: stop.signal })
  const heard: Heard[] = []
  const reading = (async () => {
    let rest = ''
    for await (const part of response.body ?? []) {
      const frames = (rest + Buffer.from(part).toString()).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const field = (name: string) =>
          frame
            .split('\n')
            .find((text) => text.startsWith(`${name}: `))
            ?.slice(name.length + 2) ?? ''
        if (field('event') !== '') heard.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) as Record<string, unknown> })
      }
    }
  })()
  const ended = reading.catch(() => undefined)
  return { heard, status: response.status, ended, close: () => stop.abort() }
}

/** Waits until something holds, or throws after the time given. */
export async function until(holds: () => boolean | Promise<boolean>, what: string, ms = 8_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 40))
  }
}
