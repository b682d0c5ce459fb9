import { describe, expect, it } from 'vitest'
import { exifBlock, exifSegment, jpegSegment, jpegWith, pngChunk, pngWith, riffChunk, webpWith } from '../testing/photo.ts'
import { photoFacts } from './photo-facts.ts'

const of = (exif: Parameters<typeof exifSegment>[0], zone = 'Asia/Shanghai') => photoFacts(jpegWith({ front: [exifSegment(exif)] }), zone)

describe('what a photo says of itself', () => {
  it('is its place in WGS84, to the centimetre', async () => {
    const facts = await of({ lon: 117.323712, lat: 34.810456 })
    expect(facts.lon).toBeCloseTo(117.323712, 7)
    expect(facts.lat).toBeCloseTo(34.810456, 7)
  })

  it('is south and west where it says so', async () => {
    const facts = await of({ lon: -70.5, lat: -33.25 })
    expect([facts.lon, facts.lat]).toEqual([-70.5, -33.25])
  })

  it("is a time on the city's clock where it names no offset", async () => {
    expect((await of({ takenAt: '2026:11:22 08:30:15' })).takenAt).toEqual(new Date('2026-11-22T00:30:15Z'))
    expect((await of({ takenAt: '2026:07:01 08:30:15' }, 'America/New_York')).takenAt).toEqual(new Date('2026-07-01T12:30:15Z'))
  })

  it('is a time on the clock that it names', async () => {
    expect((await of({ takenAt: '2026:11:22 08:30:15', offset: '-05:00' })).takenAt).toEqual(new Date('2026-11-22T13:30:15Z'))
  })

  it.each([{ takenAt: '0000:00:00 00:00:00' }, { takenAt: '2026:13:45 99:99:99' }, {}])('is nothing where it says %j', async (exif) => {
    expect((await of(exif)).takenAt).toBeUndefined()
  })

  it.each([
    ['PNG', (exif: Buffer) => pngWith(pngChunk('eXIf', exif))],
    ['WebP', (exif: Buffer) => webpWith(8, riffChunk('EXIF', exif))],
    ['WebP that some phones write', (exif: Buffer) => webpWith(8, riffChunk('EXIF', Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif])))],
  ])('is taken from a %s too', async (_kind, make) => {
    const facts = await photoFacts(make(exifBlock({ takenAt: '2026:11:22 08:30:15', lon: 117.25, lat: 34.75 })), 'Asia/Shanghai')
    expect(facts).toEqual({ takenAt: new Date('2026-11-22T00:30:15Z'), lon: 117.25, lat: 34.75 })
  })

  it.each([
    ['a directory that names itself as the next', [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 8]],
    ['a directory of 65,535 entries', [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0xff, 0xff]],
    ['a value of four billion items', [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x87, 0x69, 0, 4, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 8, 0, 0, 0, 0]],
    ['an offset behind the end', [0x4d, 0x4d, 0, 42, 0xff, 0xff, 0xff, 0xff]],
  ])('is nothing where its EXIF is %s', async (_what, tiff) => {
    const hostile = Buffer.from(tiff)
    expect(await photoFacts(jpegWith({ front: [jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), hostile]))] }), 'Asia/Shanghai')).toEqual({})
    expect(await photoFacts(pngWith(pngChunk('eXIf', hostile)), 'Asia/Shanghai')).toEqual({})
    expect(await photoFacts(webpWith(8, riffChunk('EXIF', hostile)), 'Asia/Shanghai')).toEqual({})
  })

  it('is nothing where a PNG or a WebP is cut', async () => {
    const png = pngWith(pngChunk('eXIf', exifBlock({ lon: 117.25, lat: 34.75 })))
    const webp = webpWith(8, riffChunk('EXIF', exifBlock({ lon: 117.25, lat: 34.75 })))
    for (const bytes of [png.subarray(0, 60), webp.subarray(0, 60), png.subarray(0, 9), webp.subarray(0, 13)])
      expect(await photoFacts(bytes, 'Asia/Shanghai')).toEqual({})
  })

  it('is nothing where there is no EXIF, or a broken one', async () => {
    expect(await photoFacts(jpegWith(), 'Asia/Shanghai')).toEqual({})
    const broken = exifSegment({ takenAt: '2026:11:22 08:30:15' }).fill(0xee, 12)
    expect(await photoFacts(jpegWith({ front: [broken] }), 'Asia/Shanghai')).toEqual({})
  })
})
