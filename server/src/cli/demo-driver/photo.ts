import { crc32, deflateSync } from 'node:zlib'

const SIZE = 64
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A made-up photo: a small valid PNG tile, `SIZE` pixels square, that shades from one colour to a darker one. `hue` is 0 to 1. */
export function paintTile(hue: number): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc(SIZE * (1 + SIZE * 3))
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const light = 1 - (x + y) / (4 * SIZE)
      // Each line begins with its filter type, 0 for none.
      const at = y * (1 + SIZE * 3) + 1 + x * 3
      for (let channel = 0; channel < 3; channel++) rows[at + channel] = Math.round(255 * light * (0.55 + 0.45 * Math.cos(2 * Math.PI * (hue + channel / 3))))
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  // Eight bits a channel, true colour.
  header.set([8, 2, 0, 0, 0], 8)
  return new Uint8Array(Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]))
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
