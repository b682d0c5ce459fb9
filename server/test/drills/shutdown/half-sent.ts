import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A report whose headers and half of whose body are on the wire; the server waits for the rest. */
export interface HalfSent {
  readonly socket: Socket
  /** Sends the rest and resolves with the raw answer; rejects where the connection was cut. */
  finish(): Promise<string>
  /** Resolves when the server closed the connection. */
  readonly closed: Promise<void>
}

/** Opens a connection and sends a report up to the middle of its body. */
export async function halfSentReport(url: string, position: { lon: number; lat: number }): Promise<HalfSent> {
  const { hostname, port } = new URL(url)
  const body = JSON.stringify({
    channel: 'web',
    text: '路口井盖缺失，行人危险',
    matter: 'gbt30428-component-0101',
    conditionRow: 1,
    position: { ...position, crs: 'wgs84' },
  })
  const bytes = Buffer.from(body)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  socket.write(
    `POST /api/v1/reports HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\nidempotency-key: ${randomUUID()}\r\ncontent-length: ${bytes.length}\r\nexpect: 100-continue\r\n\r\n`,
  )
  // The server says so once it has taken the request on.
  while (!answer.includes('100 Continue')) await once(socket, 'data')
  socket.write(bytes.subarray(0, bytes.length / 2))
  return {
    socket,
    closed,
    finish: async () => {
      socket.write(bytes.subarray(bytes.length / 2))
      await closed
      return answer
    },
  }
}
