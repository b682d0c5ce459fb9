import { identity } from '@linli/contract/endpoints/identity'
import { platform } from '@linli/contract/endpoints/reach'
import type { AnswerOf } from '@linli/contract/endpoint'
import { WAITING, type CaseRow } from './choose.ts'
import type { CallApi } from './client.ts'
import { type Random } from '@linli/lib/random'
import { shuffled } from './random.ts'

export type DemoPerson = AnswerOf<typeof identity.listDemoPeople>['rows'][number]

/** Somebody who is signed in. */
export interface Seat {
  readonly token: string
  readonly areaCode: string
  readonly unitCode: string
}

export interface Roster {
  readonly people: readonly DemoPerson[]
  /** Signs a person in, or gives the session they have; undefined where that fails or too many have signed in within this minute. */
  seatOf(person: DemoPerson): Promise<Seat | undefined>
  /** Forgets a session that the server no longer knows. */
  forget(person: DemoPerson): void
  /** People who play the step that a case waits for, at the place and the unit it waits at as far as is known, in random order. */
  candidates(row: CaseRow, random: Random): DemoPerson[]
}

/** Sign-ins of the driver in a minute: people on the same machine share the limit with it. */
const SIGN_INS_PER_MINUTE = 45

/** The invented people of the demo city (演示人员), signed in one by one when they are needed. Undefined in a city that has none. */
export async function openRoster(call: CallApi, now: () => number): Promise<Roster | undefined> {
  const [answer, city] = await Promise.all([call(identity.listDemoPeople), call(platform.city)])
  if (!answer.ok || !city.ok || answer.value.password === null || answer.value.rows.length === 0) return undefined
  const { password, rows: people } = answer.value
  const { name: cityName } = city.value
  const seats = new Map<string, Seat>()
  let signIns: number[] = []

  async function seatOf(person: DemoPerson): Promise<Seat | undefined> {
    const held = seats.get(person.login)
    if (held) return held
    signIns = signIns.filter((at) => now() - at < 60_000)
    if (signIns.length >= SIGN_INS_PER_MINUTE) return undefined
    signIns.push(now())
    const signedIn = await call(identity.signIn, { body: { login: person.login, password } })
    if (!signedIn.ok) return undefined
    const { token, session } = signedIn.value
    const seat: Seat = { token, areaCode: session.post.areaCode, unitCode: session.post.unitCode }
    seats.set(person.login, seat)
    return seat
  }

  return {
    people,
    seatOf,
    forget: (person) => void seats.delete(person.login),
    candidates: (row, random) => {
      const fitting = people.filter((person) => fits(person, row, cityName, seats.get(person.login)))
      return shuffled(fitting, random).toSorted((one, other) => remoteness(one, row, cityName) - remoteness(other, row, cityName))
    },
  }
}

/** Streets of different districts may share a name, so what the session says of the post's area decides as soon as there is one. */
function fits(person: DemoPerson, row: CaseRow, cityName: string, seat: Seat | undefined): boolean {
  if (!WAITING[row.state]?.includes(person.step)) return false
  if (person.step === 'handle') return person.unitName === row.ownerName
  if (seat) return row.areaPath.split('.').includes(seat.areaCode)
  return person.areaName === cityName || row.areaNames.includes(person.areaName)
}

/** Less for somebody of that place than for a namesake in another district, and most for somebody of the whole city. */
function remoteness(person: DemoPerson, row: CaseRow, cityName: string): number {
  const [districtName] = row.areaNames
  return (person.areaName === cityName ? 2 : 0) + (districtName !== undefined && person.unitName.startsWith(districtName) ? 0 : 1)
}
