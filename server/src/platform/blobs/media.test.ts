import { describe, expect, it } from 'vitest'
import { exifBlock, exifSegment, jpegSegment, jpegWith, pdfOf, pngChunk as chunk, pngWith, riffChunk as riff, webpWith } from '../testing/photo.ts'
import { sniff, withoutMetadata } from './media.ts'

const EXIF = exifSegment({ takenAt: '2026:11:22 08:30:15', lon: 117.3, lat: 34.8 })
const XMP = jpegSegment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret</x:xmpmeta>', 'latin1'))
const COMMENT = jpegSegment(0xfe, Buffer.from('taken at home', 'latin1'))
const strip = (bytes: Buffer) => withoutMetadata(bytes, 'image/jpeg')

const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const webp = (...chunks: Buffer[]) => riff('RIFF', Buffer.concat([Buffer.from('WEBP'), ...chunks]))

describe('the kind of a file', () => {
  it.each([
    ['image/jpeg', jpegWith()],
    ['image/png', Buffer.concat([PNG_HEAD, chunk('IHDR', Buffer.alloc(13))])],
    ['image/webp', webp(riff('VP8 ', Buffer.alloc(10)))],
    ['application/pdf', pdfOf()],
  ])('is %s by its first bytes', (type, bytes) => expect(sniff(bytes)).toBe(type))

  it.each([
    ['a Windows program', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1')],
    ['a Linux program', Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a picture that holds script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['an archive', Buffer.from('PK\x03\x04', 'latin1')],
    ['a GIF', Buffer.from('GIF89a', 'latin1')],
    ['a HEIC photo, whose position we could not take out', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1')],
    ['a sound in the same wrapping', riff('RIFF', Buffer.from('WAVEfmt '))],
    ['nothing', Buffer.alloc(0)],
    ['the first two bytes of a photo', Buffer.from([0xff, 0xd8])],
    ['a page that begins like a photo later', Buffer.from('<html>\xff\xd8\xff', 'latin1')],
  ])('of %s is none of ours', (_what, bytes) => expect(sniff(bytes)).toBeUndefined())
})

describe('a photo without its hidden text', () => {
  it('is the same picture to the byte where there was none', () => {
    const plain = jpegWith()
    expect(strip(plain).equals(plain)).toBe(true)
  })

  it.each([
    ['in front', jpegWith({ front: [EXIF, XMP, COMMENT] })],
    ['behind fill bytes', jpegWith({ front: [Buffer.from([0xff, 0xff]), EXIF, Buffer.from([0xff]), COMMENT] })],
    ['between two scans', jpegWith({ inside: [EXIF, COMMENT] })],
    ['in a second photo behind the first', jpegWith({ behind: [jpegWith({ front: [EXIF] })] })],
    ['in a film behind the photo', jpegWith({ behind: [Buffer.from('\0\0\0\x18ftypmp42+34.8000+117.3000/', 'latin1')] })],
  ])('keeps nothing of what stands %s', (_where, bytes) => {
    expect(strip(bytes).equals(jpegWith())).toBe(true)
  })

  it('keeps the Adobe marker that its colours need', () => {
    const adobe = jpegSegment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\x01', 'latin1'))
    expect(strip(jpegWith({ front: [adobe] })).equals(jpegWith({ front: [adobe] }))).toBe(true)
  })

  it.each([
    ['cut in its header', jpegWith({ front: [EXIF] }).subarray(0, 40)],
    ['cut in its picture', jpegWith().subarray(0, 60)],
    ['of one marker', Buffer.from([0xff, 0xd8, 0xff])],
    ['with a length of nothing', Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0, 0xff, 0xe1, 0, 0])],
  ])('%s comes to an end', (_what, bytes) => expect(strip(bytes).length).toBeLessThanOrEqual(bytes.length + 2))

  it('is a PNG without text, time, EXIF and what follows its end', () => {
    const picture = [chunk('IHDR', Buffer.alloc(13)), chunk('IDAT', Buffer.alloc(5)), chunk('IEND', Buffer.alloc(0))] as const
    const hidden = ['eXIf', 'tEXt', 'iTXt', 'zTXt', 'tIME'].map((name) => chunk(name, Buffer.from('secret')))
    const [header, data, end] = picture
    const bytes = Buffer.concat([PNG_HEAD, header, ...hidden, data, end, chunk('xTRA', Buffer.from('secret')), Buffer.from('secret')])
    expect(withoutMetadata(bytes, 'image/png').equals(Buffer.concat([PNG_HEAD, ...picture]))).toBe(true)
  })

  it('is a PNG without chunks that only its maker knows, and without a colour profile', () => {
    const hidden = ['iCCP', 'prVt', 'caBX', 'iDOT'].map((name) => chunk(name, Buffer.from('117.3,34.8')))
    expect(withoutMetadata(pngWith(...hidden), 'image/png').equals(pngWith())).toBe(true)
  })

  it('is a WebP without chunks that only its maker knows, and without a colour profile', () => {
    const bytes = webpWith(0x20, riff('ICCP', Buffer.from('profile')), riff('GPS!', Buffer.from('117.3,34.8')))
    expect(withoutMetadata(bytes, 'image/webp').equals(webpWith(0))).toBe(true)
  })

  it.each([
    ['image/jpeg', jpegWith({ front: [EXIF] })],
    ['image/png', pngWith(chunk('eXIf', exifBlock({ takenAt: '2026:11:22 08:30:15', lon: 117.3, lat: 34.8 })))],
    ['image/webp', webpWith(8, riff('EXIF', exifBlock({ takenAt: '2026:11:22 08:30:15', lon: 117.3, lat: 34.8 })))],
  ] as const)('holds nothing that a reader of EXIF could find: %s', (type, bytes) => {
    const clean = withoutMetadata(bytes, type)
    expect(bytes.includes('2026:11:22')).toBe(true)
    expect(clean.includes('2026:11:22')).toBe(false)
    expect(clean.includes(Buffer.from([0x4d, 0x4d, 0, 42]))).toBe(false)
  })

  it.each([
    ['a PNG whose chunk says that it is 4 GB long', Buffer.concat([PNG_HEAD, Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.from('tEXtsecret')]), 'image/png'],
    ['a WebP whose chunk says that it is 4 GB long', webpWith(0, Buffer.from('EXIF\xff\xff\xff\xffsecret', 'latin1')), 'image/webp'],
    [
      'a photo of nothing but metadata',
      Buffer.concat([Buffer.from([0xff, 0xd8]), ...Array.from({ length: 300 }, () => jpegSegment(0xe1, Buffer.alloc(65_000, 'secret')))]),
      'image/jpeg',
    ],
  ] as const)('lets nothing through of %s', (_what, bytes, type) => expect(withoutMetadata(bytes, type).includes('secret')).toBe(false))

  it('is a WebP whose header announces neither EXIF nor XMP, with the size it then has', () => {
    const header = (flags: number) => riff('VP8X', Buffer.from([flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    const picture = riff('VP8 ', Buffer.from('picture'))
    const bytes = webp(header(0x1c), picture, riff('EXIF', Buffer.from('secret!')), riff('XMP ', Buffer.from('secret')))
    expect(withoutMetadata(bytes, 'image/webp').equals(webp(header(0x10), picture))).toBe(true)
  })
})
