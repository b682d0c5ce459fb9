import { describe, expect, it } from 'vitest'
import { exifSegment, jpegWith } from '../testing/photo.ts'
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

  it('is nothing where there is no EXIF, or a broken one', async () => {
    expect(await photoFacts(jpegWith(), 'Asia/Shanghai')).toEqual({})
    const broken = exifSegment({ takenAt: '2026:11:22 08:30:15' }).fill(0xee, 12)
    expect(await photoFacts(jpegWith({ front: [broken] }), 'Asia/Shanghai')).toEqual({})
  })
})
