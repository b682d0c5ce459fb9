/** Identifiers: UUIDv7 whose 12 bits after the version carry the district's ordinal, so that an id alone routes (RFC 9562 §5.7). */

export type Id<Name extends string> = string & { readonly __id?: Name }
export type CaseId = Id<'case'>

/**
 * Makes one UUIDv7.
 * @param atMs Unix time in milliseconds
 * @param districtOrdinal 0 (not located yet) to 4095
 * @param random at least 8 random bytes
 */
export function makeId(atMs: number, districtOrdinal: number, random: Uint8Array): string {
  if (districtOrdinal < 0 || districtOrdinal > 4095) throw new RangeError('DISTRICT_ORDINAL_OUT_OF_RANGE')
  const time = Math.floor(atMs).toString(16).padStart(12, '0')
  const district = districtOrdinal.toString(16).padStart(3, '0')
  let tail = ''
  for (let index = 0; index < 8; index++) {
    const byte = index === 0 ? ((random[0] ?? 0) & 0x3f) | 0x80 : (random[index] ?? 0)
    tail += byte.toString(16).padStart(2, '0')
  }
  return `${time.slice(0, 8)}-${time.slice(8)}-7${district}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** The district's ordinal that an id of ours carries; 0 for any other text. */
export function districtOf(id: string): number {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/.test(id) ? Number.parseInt(id.slice(15, 18), 16) : 0
}

/**
 * The number people see (案件编号), such as `ZZ-20261122-000123`.
 * @param day `YYYYMMDD` in the city's time zone
 */
export function caseNumber(prefix: string, day: string, serial: number): string {
  return `${prefix}-${day}-${String(serial).padStart(6, '0')}`
}
