import { Agent, request } from 'node:http'
import { randomUUID } from 'node:crypto'

export interface Window {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly refused: number
}

const CONNECTIONS = 16
const REPORT = JSON.stringify({
  channel: 'web',
  text: '路口井盖缺失，行人危险，请尽快处理',
  matter: 'gbt30428-component-0101',
  conditionRow: 1,
  position: { lon: 113.006271, lat: 32.28082, crs: 'wgs84' },
  reporter: { name: '张三', contact: '13800000000' },
})

/** Makes the load on one path: each call sends reports for so many seconds over sixteen kept connections, each behind its own answer. */
export async function createLoad(url: string, path: string): Promise<(seconds: number) => Promise<Window>> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const send = () =>
    new Promise<number>((resolve, reject) => {
      const sending = request(
        `${url}${path}`,
        {
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(REPORT), 'idempotency-key': randomUUID() },
        },
        (answer) => {
          answer.resume()
          answer.on('end', () => resolve(answer.statusCode ?? 0))
        },
      )
      sending.on('error', reject)
      sending.end(REPORT)
    })
  return async (seconds) => {
    const times: number[] = []
    let refused = 0
    const began = performance.now()
    const until = began + seconds * 1_000
    const connection = async () => {
      while (performance.now() < until) {
        const at = performance.now()
        if ((await send()) === 201) times.push(performance.now() - at)
        else refused += 1
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, connection))
    const elapsed = (performance.now() - began) / 1_000
    times.sort((one, other) => one - other)
    return { perSecond: times.length / elapsed, p50: times[Math.floor(times.length * 0.5)] ?? 0, p99: times[Math.floor(times.length * 0.99)] ?? 0, refused }
  }
}
