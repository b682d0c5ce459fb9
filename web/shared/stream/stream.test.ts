import { describe, expect, test } from 'vitest'
import { openStream, waitBefore, type StreamState } from './open-stream.ts'
import { parseFrames } from './parse-frames.ts'

describe('the event stream', () => {
  test('is cut into frames, and a half frame waits for its other half', () => {
    const { frames, rest } = parseFrames('retry: 2000\n\n: beat\n\nid: a:1\nevent: case.moved\ndata: {"x":1}\n\nid: a:2\nev')
    expect(frames).toEqual([{ kind: 'retry', ms: 2000 }, { kind: 'comment' }, { kind: 'event', id: 'a:1', event: 'case.moved', data: '{"x":1}' }])
    expect(rest).toBe('id: a:2\nev')
  })

  test('waits longer after each failure and never longer than half a minute', () => {
    expect([0, 1, 2].map((attempt) => waitBefore(attempt, 2_000, 1))).toEqual([2_000, 4_000, 8_000])
    expect(waitBefore(40, 2_000, 1)).toBe(30_000)
    expect(waitBefore(0, 2_000, 0)).toBe(1_000)
  })

  test('resumes after the last id it saw, and passes a resync on', async () => {
    const sent: (string | undefined)[] = []
    const bodies = ['retry: 500\n\nid: a:7\nevent: case.moved\ndata: {"n":7}\n\n', 'event: resync\ndata: {}\n\n']
    const heard: unknown[] = []
    const states: StreamState[] = []
    const close = await new Promise<() => void>((resolve) => {
      const stop = openStream({
        url: '/stream',
        random: () => 0,
        network: new EventTarget(),
        fetch: (async (_url: string, init: RequestInit) => {
          sent.push((init.headers as Record<string, string>)['last-event-id'])
          return new Response(bodies[sent.length - 1] ?? '')
        }) as typeof globalThis.fetch,
        onEvent: (event, data) => void heard.push([event, data]),
        onResync: () => {
          heard.push('resync')
          resolve(stop)
        },
        onState: (state) => void states.push(state),
        onBeat: () => undefined,
      })
    })
    close()
    expect(sent.slice(0, 2)).toEqual([undefined, 'a:7'])
    expect(heard).toEqual([['case.moved', { n: 7 }], 'resync'])
    expect(states.slice(0, 3)).toEqual(['connecting', 'live', 'waiting'])
  })

  test('does not wait for a silent line when the network says that it is gone, and comes back with it', async () => {
    const network = new EventTarget()
    const states: StreamState[] = []
    const seen = async (count: number) => {
      await expect.poll(() => states.length).toBe(count)
    }
    const stop = openStream({
      url: '/stream',
      random: () => 1,
      network,
      onEvent: () => undefined,
      onResync: () => undefined,
      onBeat: () => undefined,
      onState: (state) => void states.push(state),
      fetch: (async (_url: string, init: RequestInit) =>
        new Response(
          new ReadableStream({ start: (line) => init.signal?.addEventListener('abort', () => line.error(new Error('cut'))) }),
        )) as typeof globalThis.fetch,
    })
    await seen(2)
    network.dispatchEvent(new Event('offline'))
    await seen(3)
    network.dispatchEvent(new Event('online'))
    await seen(4)
    stop()
    expect(states).toEqual(['connecting', 'live', 'waiting', 'live'])
  })

  test('gives up where nobody is signed in', async () => {
    const state = await new Promise<StreamState>((resolve) => {
      openStream({
        url: '/stream',
        random: () => 0,
        network: new EventTarget(),
        fetch: () => Promise.resolve(new Response('{}', { status: 401 })),
        onEvent: () => undefined,
        onResync: () => undefined,
        onBeat: () => undefined,
        onState: (next) => next === 'connecting' || resolve(next),
      })
    })
    expect(state).toBe('refused')
  })
})
