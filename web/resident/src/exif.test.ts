import { describe, expect, it } from 'vitest'
import { exifSegment, withExif } from './exif.ts'

const segment = (marker: number, ...content: number[]) => [0xff, marker, 0, content.length + 2, ...content]
const EXIF = segment(0xe1, 0x45, 0x78, 0x69, 0x66, 0, 0, 7)
const jpeg = (...parts: number[][]) => new Uint8Array([0xff, 0xd8, ...parts.flat(), ...segment(0xda, 1), 0xff, 0xd9])

describe('the place of a photo', () => {
  it('goes along when a photo is shrunk', () => {
    const found = exifSegment(jpeg(segment(0xe0, 1, 2), EXIF))
    expect([...(found ?? [])]).toEqual(EXIF)
    expect([...withExif(jpeg(), found ?? new Uint8Array())]).toEqual([...jpeg(EXIF)])
  })

  it('is not looked for where there is none, in other files and in broken ones', () => {
    const none = [
      jpeg(),
      jpeg(segment(0xe1, 0x68, 0x74, 0x74, 0x70)),
      new Uint8Array(),
      new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
      new Uint8Array([0xff, 0xd8, 0xff, 0xe1, 0xff]),
    ]
    for (const bytes of none) expect(exifSegment(bytes)).toBeUndefined()
    expect(exifSegment(jpeg(EXIF).subarray(0, 8))).toBeUndefined()
  })
})
