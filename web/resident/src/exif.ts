const SOI = 0xffd8
const APP1 = 0xffe1

/**
 * The EXIF segment of a JPEG (its marker and length with it), undefined where there is none in the bytes given. A shrunken photo carries it
 * along, so that the server can read where it was taken before it removes it.
 */
export function exifSegment(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 4 || view.getUint16(0) !== SOI) return undefined
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = view.getUint16(at)
    const length = view.getUint16(at + 2)
    if (marker < 0xff00 || marker === 0xffda || length < 2) return undefined
    const end = at + 2 + length
    if (marker === APP1 && end <= bytes.length && String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === 'Exif') return bytes.subarray(at, end)
    at = end
  }
  return undefined
}

/** The same JPEG with an EXIF segment right after its beginning. */
export function withExif(jpeg: Uint8Array, segment: Uint8Array): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(jpeg.length + segment.length)
  made.set(jpeg.subarray(0, 2))
  made.set(segment, 2)
  made.set(jpeg.subarray(2), 2 + segment.length)
  return made
}
