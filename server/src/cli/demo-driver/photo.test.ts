import { crc32, inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { paintTile } from './photo.ts'

it('a made-up photo is a valid PNG of 64 by 64 pixels, small, and of another colour for another hue', () => {
  const png = Buffer.from(paintTile(0.3))
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const chunks = new Map<string, Buffer>()
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at)
    const body = png.subarray(at + 4, at + 8 + length)
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body))
    chunks.set(body.subarray(0, 4).toString('latin1'), body.subarray(4))
    at += 12 + length
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND'])
  expect(chunks.get('IHDR')?.readUInt32BE(0)).toBe(64)
  expect(inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))).toHaveLength(64 * (1 + 64 * 3))
  expect(png.length).toBeLessThan(20_000)
  expect(png.equals(Buffer.from(paintTile(0.8)))).toBe(false)
})
