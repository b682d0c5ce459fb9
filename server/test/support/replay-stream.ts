import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What is replayed: so many events, so many a second at most, and after how many of them the line is cut without a word. */
export interface Replay {
  readonly total: number
  readonly perSecond: number
  readonly cutAfter: readonly number[]
}
export interface Replaying {
  readonly url: string
  /** Events that were written to a line, each counted once however often it was sent again. */
  readonly sent: number
  /** How often somebody came back behind an event. */
  readonly resumed: number
  /** Lets the events flow up to the n-th and no further. */
  flowTo(events: number): void
  /** Cuts the line as a dead network does, and lets nobody in until it is mended. */
  cut(): void
  mend(): void
  stop(): Promise<void>
}

/** Cases that move in turn; more than a screen keeps. */
const CASES = 20_000
const STATES = [
  ['reported', 'report'],
  ['filed', 'dispatch'],
  ['dispatched', 'handle'],
  ['handling', 'handle'],
  ['handled', 'check'],
  ['evaluated', 'evaluate'],
] as const
const SLICE_MS = 50

/** Stands before the program and passes everything on but the event stream, which it plays itself: `case.moved` as the program words it, resumed behind Last-Event-ID. */
export async function replayStream(program: string, replay: Replay): Promise<Replaying> {
  const cuts = [...replay.cutAfter]
  const state = { sent: 0, resumed: 0, limit: replay.total, cut: false, lines: new Set<ServerResponse>() }
  const play = async (request: IncomingMessage, response: ServerResponse) => {
    if (state.cut) return void response.destroy()
    const last = request.headers['last-event-id']
    let next = typeof last === 'string' ? numberOf(last) + 1 : 0
    if (next > 0) state.resumed += 1
    state.lines.add(response)
    response.on('close', () => state.lines.delete(response))
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write('retry: 500\n\n: beat\n\n')
    let beatAt = performance.now()
    for (const slice = Math.max(1, Math.round((replay.perSecond * SLICE_MS) / 1_000)); !response.destroyed; await sleep(SLICE_MS)) {
      const to = Math.min(state.limit, next + slice)
      if (to > next) {
        const frames = Array.from({ length: to - next }, (_, at) => frameOf(next + at)).join('')
        next = to
        state.sent = Math.max(state.sent, next)
        if (!response.write(frames)) await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
      } else if (performance.now() - beatAt > 5_000) {
        beatAt = performance.now()
        response.write(': beat\n\n')
      }
      if (cuts[0] !== undefined && next >= cuts[0]) {
        cuts.shift()
        response.destroy()
      }
    }
  }
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/v1/stream')) return void play(request, response)
    const { hostname, port } = new URL(program)
    const onward = ask({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get sent() {
      return state.sent
    },
    get resumed() {
      return state.resumed
    },
    flowTo: (events) => {
      state.limit = Math.min(replay.total, events)
    },
    cut: () => {
      state.cut = true
      for (const line of state.lines) line.destroy()
    },
    mend: () => {
      state.cut = false
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const idOf = (n: number) => `01a20489-57ea-7003-824f-${String(n % CASES).padStart(12, '0')}`
const numberOf = (eventId: string) => {
  const [id = '', seq = '1'] = eventId.split(':')
  return Number(id.slice(-12)) + (Number(seq) - 1) * CASES
}

function frameOf(n: number): string {
  const seq = Math.floor(n / CASES) + 1
  const at = n % CASES
  const [state, step] = STATES[(seq + at) % STATES.length] ?? STATES[0]
  const data = {
    id: idOf(n),
    number: `LL-20261118-${String(at).padStart(6, '0')}`,
    seq,
    move: 'dispatch',
    areaPath: '990100.990101.990101001000',
    owner: null,
    involved: [],
    lon: 112.94 + ((at * 7919) % 1_000) * 1.2e-4,
    lat: 32.24 + ((at * 104_729) % 1_000) * 1e-4,
    matterName: '井盖',
    state,
    step,
    overdue: at % 17 === 0,
    at: new Date(Date.UTC(2026, 10, 18) + n * 100).toISOString(),
  }
  return `id: ${idOf(n)}:${seq}\nevent: case.moved\ndata: ${JSON.stringify(data)}\n\n`
}
