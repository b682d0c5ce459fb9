import { DUTY_LETTERS } from '@linli/contract/endpoints/field'
import type { Bundle, Entry, Item, Items, Sent, Shift, Task } from './outbox/types.ts'

type Letter = keyof typeof DUTY_LETTERS
/** How one duty stands on this telephone: as the server said, or as what waits here makes it. */
export type Standing = (typeof DUTY_LETTERS)[Letter] | 'waiting' | 'refused'
export interface Duty {
  readonly gridCode: string
  readonly period: string
  readonly item: Item
  readonly dueAt: number
  readonly closesAt: number
  readonly standing: Standing
}
/** What is asked in one go: one duty, or several that share a field (一表巡). */
export interface Card {
  readonly key: string
  readonly gridCode: string
  readonly duties: readonly Duty[]
  readonly dueAt: number
  readonly standing: Standing
}
interface Kept {
  readonly bundle: Bundle | undefined
  readonly items: Items | undefined
  readonly outbox: readonly Entry[]
  readonly sent: readonly Sent[]
  /** When the day was last asked for, by the telephone's clock, and how far the server's is ahead; ms. */
  readonly loadedAt: number
  readonly offsetMs: number
}

/** What the server took after the day was asked for: the day does not know of it yet. */
const newerThanDay = ({ sent, loadedAt, offsetMs }: Pick<Kept, 'sent' | 'loadedAt' | 'offsetMs'>) => sent.filter((one) => one.at >= loadedAt + offsetMs)

const key = (gridCode: string, itemKey: string, period: string) => `${gridCode} ${itemKey} ${period}`

/** Every live duty of the post with what waits on this telephone laid over it. */
export function dutiesOf(kept: Kept): Duty[] {
  const { bundle, items, outbox } = kept
  if (!bundle || !items) return []
  const byKey = new Map(items.rows.map((item) => [item.key, item]))
  const taken = newerThanDay(kept).flatMap(({ kind, duty }): [string, Standing][] =>
    duty ? [[key(duty.gridCode, duty.itemKey, duty.period), kind === 'excuse' ? 'excused' : 'done']] : [],
  )
  const waiting = new Map([
    ...taken,
    ...outbox.flatMap(({ act, rejection }): [string, Standing][] =>
      act.kind === 'duty' || act.kind === 'excuse' ? [[key(act.body.gridCode, act.body.itemKey, act.body.period), rejection ? 'refused' : 'waiting']] : [],
    ),
  ])
  return bundle.duties.flatMap(({ gridCode, states }) =>
    bundle.periods.flatMap(({ itemKey, period, dueAt, closesAt }, index): Duty[] => {
      const item = byKey.get(itemKey)
      const said = DUTY_LETTERS[(states[index] ?? 'n') as Letter]
      if (!item || said === 'none' || said === 'missed') return []
      const here = waiting.get(key(gridCode, itemKey, period))
      // What was taken has overtaken what still waits here: another telephone was quicker.
      const standing = here !== undefined && isTodo(said) ? here : said
      return [{ gridCode, period, item, dueAt: Date.parse(dueAt), closesAt: Date.parse(closesAt), standing }]
    }),
  )
}

const HOUR_MS = 3_600_000
/** The end of the city's day that the telephone has loaded (epoch ms), an hour more where clocks are put back. */
export function endOfToday(bundle: Bundle | undefined): number {
  const today = bundle?.numbers.find((numbers) => numbers.span === 'today')
  return today ? Date.parse(today.from) + 25 * HOUR_MS : 0
}

export const isTodo = (standing: Standing): boolean => standing === 'open' || standing === 'overdue'

/** The cards of a round: duties of one grid that share an asked field and are due at one time are one card; by due time, then as the items stand. */
export function cardsOf(duties: readonly Duty[], items: Items | undefined): Card[] {
  const groups = new Map<string, Duty[]>()
  for (const duty of duties) {
    const joint = items?.joint.find(({ asked }) => asked.some((one) => one.itemKey === duty.item.key))
    // Only what stands alike is asked together: what one of them has done is not asked again.
    const group = joint ? `${duty.gridCode} ${joint.subject} ${duty.dueAt} ${duty.standing}` : key(duty.gridCode, duty.item.key, duty.period)
    groups.set(group, [...(groups.get(group) ?? []), duty])
  }
  return [...groups]
    .flatMap(([group, members]): Card[] => {
      const [first] = members
      return first ? [{ key: group, gridCode: first.gridCode, duties: members, dueAt: first.dueAt, standing: first.standing }] : []
    })
    .sort((one, other) => one.dueAt - other.dueAt)
}

/** A case that waits, with what this telephone has already done to it. */
export interface ShownTask {
  readonly task: Task
  readonly pending: Entry | undefined
}

/** The tasks, those that are overdue first, then by due time; what has been done here and waits stands last, and what was just taken is left to the next day's answer. */
export function tasksOf(kept: Omit<Kept, 'items'>): ShownTask[] {
  const { bundle, outbox } = kept
  const taken = new Set(newerThanDay(kept).map((one) => one.caseId))
  const rank = ({ task, pending }: ShownTask) => (pending && !pending.rejection ? 2 : task.overdue ? 0 : 1)
  const due = ({ task }: ShownTask) => (task.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(task.dueAt))
  return (bundle?.tasks ?? [])
    .filter((task) => !taken.has(task.id))
    .map((task) => ({ task, pending: outbox.find(({ act }) => act.kind === 'move' && act.caseId === task.id && act.body.move !== 'note') }))
    .sort((one, other) => rank(one) - rank(other) || due(one) - due(other))
}

/** Whether the worker is on duty, with what waits here laid over it. */
export function shiftOf({ bundle, outbox }: Pick<Kept, 'bundle' | 'outbox'>): {
  readonly on: boolean
  readonly shift: Shift | null
  readonly waiting: boolean
  readonly since: number | null
} {
  const shift = bundle?.shift ?? null
  const last = outbox.findLast(({ act }) => act.kind === 'shiftOn' || act.kind === 'shiftOff')
  if (!last) return { on: shift !== null, shift, waiting: false, since: shift ? Date.parse(shift.startedAt) : null }
  const on = last.act.kind === 'shiftOn'
  return { on, shift, waiting: last.rejection === null, since: on ? last.stamp.deviceAt + last.stamp.offsetMs : null }
}

/** The numbers of a day on this telephone beside those of the server (我的数据). */
export interface Compared {
  readonly server: number
  readonly sentHere: number
  readonly waiting: number
  readonly refused: number
  /** Taken by the server and not sent from here: another telephone or a desk. Negative where what was sent here was taken back. */
  readonly elsewhere: number
}

/** What was done today by the server's count and by this telephone's, and what lies between the two. */
export function compare({ bundle, outbox, sent }: Pick<Kept, 'bundle' | 'outbox'> & { readonly sent: readonly Sent[] }, personId: string): Compared {
  const today = bundle?.numbers.find((numbers) => numbers.span === 'today')
  const counted = (kind: string) => kind === 'report' || kind === 'duty' || kind === 'excuse' || kind === 'move'
  const from = today ? Date.parse(today.from) : 0
  const own = outbox.filter((entry) => entry.personId === personId && counted(entry.act.kind))
  const server = today ? today.done + today.excused + today.reported + today.moved : 0
  // A finding goes with its duty and is a report of its own on the server.
  const sentHere = sent
    .filter((one) => one.personId === personId && counted(one.kind) && one.at >= from)
    .reduce((sum, one) => sum + (one.duty && one.number !== null ? 2 : 1), 0)
  return {
    server,
    sentHere,
    waiting: own.filter((entry) => !entry.rejection).length,
    refused: own.filter((entry) => entry.rejection).length,
    elsewhere: server - sentHere,
  }
}

/** The grid of the post at a position (WGS84); boundaries are those that lie on the telephone. */
export function gridAt(
  areas:
    | { readonly rows: readonly { readonly code: string; readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] } }[] }
    | undefined,
  lon: number,
  lat: number,
): string | undefined {
  return areas?.rows.find(({ geometry }) => {
    const polygons = (
      geometry.type === 'MultiPolygon' ? geometry.coordinates : [geometry.coordinates]
    ) as readonly (readonly (readonly (readonly number[])[])[])[]
    return polygons.some((rings) => rings.reduce((inside, ring) => inside !== isInRing(ring, lon, lat), false))
  })?.code
}

/** Even-odd: how often a ray to the east crosses the ring. */
function isInRing(ring: readonly (readonly number[])[], lon: number, lat: number): boolean {
  let inside = false
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [x1 = 0, y1 = 0] = ring[at] ?? []
    const [x2 = 0, y2 = 0] = ring[before] ?? []
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}
