import type { AnswerOf, QueryOf } from '@linli/contract/endpoint'
import { DUTY_LETTERS, type field as contract } from '@linli/contract/endpoints/field'
import { errors, type ErrorCode } from '@linli/contract/errors'
import type { Areal } from '@linli/lib/geo/geometry'
import { canonical, digest } from '../../platform/audit/hash.ts'
import type { PersonActor } from '../../platform/rights/actor.ts'
import type { Field } from './field.ts'
import { jointFields } from './joint.ts'
import type { LiveDuties, OwnGrid } from './ports.ts'
import { runningShift } from './store.ts'
import { shiftView } from './views.ts'

type Answer = AnswerOf<typeof contract.bundle>
type Bundle = NonNullable<Answer['bundle']>
type Query = QueryOf<typeof contract.bundle>

const MOST_TASKS = 60
/** A post that is put to no grid goes the rounds of its area, where that is no more than a walk: who checks for a whole city has no round. */
const MOST_GRIDS = 60
const DAY_MS = 86_400_000
const short = (value: unknown) => digest('sha256', canonical(value)).slice(0, 16)

/** Everything that a telephone needs for the day (今日数据包); `bundle` is null where the telephone has it all. */
export async function bundleOf(field: Field, actor: PersonActor, query: Query): Promise<Answer> {
  const { platform } = field
  const bundle = await makeBundle(field, actor, query)
  // What the telephone says that it has changes what is sent, never what there is: the tag is that of the whole.
  const etag = short([
    actor.postId,
    { ...bundle, items: null, matters: null, areas: null, left: null },
    versionsOf(field, bundle.grids),
    query.had === undefined ? [] : bundle.left,
  ])
  return { etag, asOf: new Date(platform.runtime.now()).toISOString(), bundle: query.etag === etag ? null : bundle }
}

const versionsOf = ({ ports }: Field, grids: Bundle['grids']) => [ports.items()?.edition ?? 0, ports.matters().edition, areasOf({ ports }, grids).digest]

async function makeBundle(field: Field, actor: PersonActor, query: Query): Promise<Bundle> {
  const { platform, ports } = field
  const all = await ports.ownGrids(actor)
  const own = all.length <= MOST_GRIDS || all.some((grid) => grid.part !== null) ? all : []
  const codes = own.map((grid) => grid.code)
  const today = ports.today()
  const now = new Date(platform.runtime.now())
  const [shift, tasks, live, numbers, refused, left] = await Promise.all([
    runningShift(platform.db, actor.personId),
    ports.tasks(actor, MOST_TASKS),
    ports.liveDuties(codes),
    Promise.all(spansOf(today, now).map((span) => numbersOf(field, actor, span))),
    ports.refusedActs(actor.personId, new Date(today.weekStartsAt), new Date(today.startsAt + DAY_MS)),
    leftOf(field, actor, own, query.had),
  ])
  const grids = own.map((grid) => ({ ...grid, center: ports.groundOf(grid.code)?.center ?? { lon: 0, lat: 0 } }))
  const items = ports.items()
  const matters = ports.matters()
  const areas = areasOf(field, grids)
  return {
    today: today.text,
    shift: shift && shift.endsAt > now ? shiftView(shift) : null,
    grids,
    left,
    tasks: [...tasks.rows],
    moreTasks: tasks.more,
    ...dutiesOf(live),
    numbers,
    refused: refused.map(({ key, code, at }) => ({ key, code, ...wordsOf(code), at: at.toISOString() })),
    items:
      items === undefined || query.items === String(items.edition)
        ? null
        : { ...items, joint: jointFields(items).map((joint) => ({ ...joint, asked: [...joint.asked] })) },
    matters: query.matters === String(matters.edition) ? null : matters,
    areas: query.areas === areas.digest ? null : areas,
  }
}

const LETTERS = new Map(Object.entries(DUTY_LETTERS).map(([letter, state]) => [state as string, letter]))

function dutiesOf({ periods, grids }: LiveDuties): Pick<Bundle, 'periods' | 'duties'> {
  const iso = (at: number) => new Date(at).toISOString()
  return {
    periods: periods.map(({ itemKey, period, startsAt, dueAt, closesAt }) => ({
      itemKey,
      period,
      startsAt: iso(startsAt),
      dueAt: iso(dueAt),
      closesAt: iso(closesAt),
    })),
    duties: grids.map(({ gridCode, states }) => ({ gridCode, states: states.map((state) => LETTERS.get(state) ?? 'n').join('') })),
  }
}

type Span = { readonly span: 'today' | 'week'; readonly from: Date; readonly to: Date }
const spansOf = (today: { readonly startsAt: number; readonly weekStartsAt: number }, now: Date): Span[] => [
  { span: 'today', from: new Date(today.startsAt), to: now },
  { span: 'week', from: new Date(today.weekStartsAt), to: now },
]

async function numbersOf({ ports }: Field, actor: PersonActor, { span, from, to }: Span): Promise<Bundle['numbers'][number]> {
  const until = new Date(to.getTime() + 1)
  const [acts, moves] = await Promise.all([ports.dutyActs(actor.personId, from, until), ports.ownMoves(actor.personId, from, until)])
  return { span, from: from.toISOString(), ...acts, ...moves }
}

function wordsOf(code: string): { zh: string; en: string } {
  const words = errors[code as ErrorCode] ?? errors.INTERNAL
  return { zh: words.zh, en: words.en }
}

async function leftOf({ ports }: Field, actor: PersonActor, own: readonly OwnGrid[], had: string | undefined): Promise<Bundle['left']> {
  const has = new Set(own.map((grid) => grid.code))
  const gone = [...new Set(had?.split(',') ?? [])].filter((code) => !has.has(code))
  const standing = await Promise.all(gone.map(async (code) => ({ code, found: await ports.standingOf(code, actor) })))
  return standing.flatMap(({ code, found }) =>
    found ? [{ code, name: found.name, how: found.ended ? ('ended' as const) : ('moved' as const), to: [...found.to], successors: [...found.successors] }] : [],
  )
}

/** Seven digits are a centimetre, five a metre: enough to see in which grid one stands. */
const metre = (geometry: Areal): Areal =>
  JSON.parse(JSON.stringify(geometry), (_key, value: unknown) => (typeof value === 'number' ? Math.round(value * 1e5) / 1e5 : value)) as Areal

function areasOf({ ports }: Pick<Field, 'ports'>, grids: readonly { readonly code: string }[]): NonNullable<Bundle['areas']> {
  const rows = grids.flatMap(({ code }) => {
    const ground = ports.groundOf(code)
    return ground ? [{ code, geometry: { ...metre(ground.geometry) } as { type: string; coordinates: unknown[] } }] : []
  })
  return { digest: short(rows), rows }
}
