import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { checkUnzippedSize } from './unzipped-size.ts'

/** A zip archive of one deflated entry that claims to unpack to `claimed` bytes. */
function archive(content: Buffer, claimed: number): Uint8Array {
  const packed = deflateRawSync(content)
  const sizes = Buffer.alloc(12)
  sizes.writeUInt32LE(crc32(content))
  sizes.writeUInt32LE(packed.length, 4)
  sizes.writeUInt32LE(claimed, 8)
  const local = Buffer.concat([Buffer.from('504b03041400000008000000000000', 'hex').subarray(0, 14), sizes, Buffer.from([1, 0, 0, 0]), Buffer.from('a')])
  const entry = Buffer.concat([Buffer.from('504b0102140014000000080000000000', 'hex'), sizes, Buffer.from([1, 0]), Buffer.alloc(16), Buffer.from('a')])
  const end = Buffer.alloc(22)
  end.write('504b0506', 'hex')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length + packed.length, 16)
  return new Uint8Array(Buffer.concat([local, packed, entry, end]))
}

describe('the unpacked size of an archive', () => {
  it('is allowed up to the limit', () => {
    expect(() => checkUnzippedSize(archive(Buffer.alloc(1000), 1000), 1000)).not.toThrow()
  })

  it('is measured, not believed', () => {
    expect(() => checkUnzippedSize(archive(Buffer.alloc(1_000_000), 10), 1000)).toThrow(expect.objectContaining({ code: 'FILE_TOO_LARGE' }))
  })

  it('is refused as malformed where there is no archive', () => {
    expect(() => checkUnzippedSize(new Uint8Array([0x50, 0x4b, 3, 4]), 1000)).toThrow(expect.objectContaining({ code: 'FILE_MALFORMED' }))
  })
})
