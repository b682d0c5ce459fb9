import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A connection ends by a goodbye (FIN), as of a program that closes, or by a reset (RST), as of a telephone that lost its network. */
export type Cut = 'fin' | 'reset'
export const CUTS: readonly Cut[] = ['fin', 'reset']
export interface RawAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly text: string
}
interface RawRequest {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Sent in chunks of so many bytes, without a length. */
  readonly chunk?: number
}

/** A request as the bytes that go over the wire, with the places where its parts end. */
export interface Wire {
  readonly bytes: Buffer
  /** Where the headers end and the body begins. */
  readonly bodyAt: number
}

/** Writes a request as bytes; it closes its connection behind it. */
export function wireOf({ method = 'POST', path, headers = {}, body, chunk }: RawRequest): Wire {
  const all = {
    host: 'linli',
    connection: 'close',
    ...(chunk === undefined ? { 'content-length': String(body.length) } : { 'transfer-encoding': 'chunked' }),
    ...headers,
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  const head = Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  return { bytes: Buffer.concat([head, chunk === undefined ? body : inChunks(body, chunk)]), bodyAt: head.length }
}

function inChunks(body: Buffer, size: number): Buffer {
  const parts: Buffer[] = []
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size)
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

const write = (socket: Socket, bytes: Buffer) => new Promise<void>((resolve) => socket.write(bytes, () => resolve()))

async function cut(socket: Socket, how: Cut): Promise<void> {
  const closed = once(socket, 'close')
  if (how === 'reset') socket.resetAndDestroy()
  else socket.destroy()
  await closed
}

/** Sends the first bytes of a request and cuts; what was written has left this process by then. */
export async function sendAndCut(url: string, bytes: Buffer, upTo: number, how: Cut): Promise<void> {
  const socket = await open(url)
  if (upTo > 0) await write(socket, bytes.subarray(0, upTo))
  // A reset throws away what the other side has not read yet; a moment lets it begin to read.
  await sleep(8)
  await cut(socket, how)
}

/** Sends a whole request and cuts once so many bytes of the answer have come. */
export async function cutInsideAnswer(url: string, bytes: Buffer, after: number, how: Cut): Promise<void> {
  const socket = await open(url)
  let seen = 0
  const enough = new Promise<void>((resolve) =>
    socket.on('data', (data: Buffer) => ((seen += data.length) >= after ? resolve() : undefined)).on('close', resolve),
  )
  await write(socket, bytes)
  await enough
  await cut(socket, how)
}

/** Sends bytes as they are, in one piece or in many with a pause between them, and reads the answers until the other side closes. */
export async function sendBytes(url: string, bytes: Buffer, drip?: { readonly size: number; readonly ms: number }): Promise<RawAnswer[]> {
  const socket = await open(url)
  const parts: Buffer[] = []
  socket.on('data', (data: Buffer) => parts.push(data))
  const closed = once(socket, 'close')
  if (drip)
    for (let at = 0; at < bytes.length && !socket.destroyed; at += drip.size) {
      await write(socket, bytes.subarray(at, at + drip.size))
      await sleep(drip.ms)
    }
  else await write(socket, bytes)
  await closed
  return answersIn(Buffer.concat(parts).toString())
}

/** The one answer to a request that is sent in one piece. */
export async function sendWire(url: string, wire: Wire): Promise<RawAnswer> {
  const [answer] = await sendBytes(url, wire.bytes)
  if (!answer) throw new Error('no answer')
  return answer
}

function answersIn(text: string): RawAnswer[] {
  return text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((part) => part.startsWith('HTTP/1.1 '))
    .map((part) => {
      const body = part.slice(part.indexOf('\r\n\r\n') + 4)
      const json = body.startsWith('{') ? (JSON.parse(body) as Record<string, unknown>) : {}
      return { status: Number(part.slice(9, 12)), body: json, text: body }
    })
}
