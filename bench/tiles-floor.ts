// The floor of bench/tiles.ts and a child of it: a bare server that answers each path with the bytes that it was sent before.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const held = new Map<string, Buffer>()
const server = createServer((request, response) => {
  if (request.method === 'PUT') {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      held.set(request.url ?? '', Buffer.concat(parts))
      response.writeHead(200, { 'content-length': 0 }).end()
    })
    return
  }
  const bytes = held.get(request.url ?? '') ?? Buffer.alloc(0)
  response.writeHead(200, { 'content-type': 'application/vnd.mapbox-vector-tile', 'content-encoding': 'gzip', 'content-length': bytes.length }).end(bytes)
}).listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })))
