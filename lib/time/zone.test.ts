import { Temporal } from 'temporal-polyfill'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochMs, localMs, readZone } from './zone.ts'

const FROM = Date.UTC(2000, 0, 1)
const TO = Date.UTC(2040, 0, 1)

describe.each(['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Kathmandu'])('the zone %s', (timeZone) => {
  const zone = readZone(timeZone, FROM, TO)

  it('agrees with Temporal on the local time of an instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: FROM, max: TO }), (at) => {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime()
        expect(localMs(zone, at)).toBe(local.toZonedDateTime('UTC').epochMilliseconds)
      }),
    )
  })

  it('agrees with Temporal on the instant of a local time, in gaps and repeated hours too', () => {
    const around = fc.constantFrom(...zone.startsAt.slice(1), FROM + 1)
    const local = fc.oneof(
      fc.integer({ min: FROM, max: TO }),
      fc.tuple(around, fc.integer({ min: -50, max: 50 })).map(([at, halfHours]) => localMs(zone, at) + halfHours * 1_800_000),
    )
    fc.assert(
      fc.property(local, (wall) => {
        const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
        expect(epochMs(zone, wall)).toBe(plain.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds)
      }),
    )
  })
})
