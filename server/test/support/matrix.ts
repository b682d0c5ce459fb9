import { randomUUID } from 'node:crypto'
import {
  ADDRESS_PHONE,
  CONTACT,
  MASKED_CONTACT,
  MASKED_NAME,
  NAME,
  NOTE_PHONE,
  SAID_PHONE,
  SAID_PLATE,
  WORD,
  type MatrixWorld,
  type Seat,
  type Specimen,
} from './matrix-world.ts'
import { readTile } from './read-tile.ts'
import { listen, until } from './stream.ts'
import type { TestServer } from './server.ts'
import type { Answer } from './world.ts'

interface Rights {
  /** Sees cases at all. */
  readonly cases: boolean
  /** Learns by a mask who reported: only who must reach the reporter (rights, "no retaliation fields"; R10). */
  readonly reporter: boolean
  readonly exports: boolean
  readonly figures: boolean
  readonly reveals: 'contact' | 'emergency' | undefined
}
const none: Rights = { cases: false, reporter: false, exports: false, figures: false, reveals: undefined }
/** What each role may learn, written by hand from rights R1, R8 to R11 and standards §1.1, never from the program or the city's data. */
export const RIGHTS: Readonly<Record<string, Rights>> = {
  acceptor: { ...none, cases: true, reporter: true, figures: true, reveals: 'contact' },
  dispatcher: { ...none, cases: true, figures: true, reveals: 'emergency' },
  manager: { ...none, cases: true, exports: true, figures: true, reveals: 'emergency' },
  handler: { ...none, cases: true, reveals: 'emergency' },
  'grid-worker': { ...none, cases: true },
  evaluator: { ...none, cases: true, exports: true, figures: true },
  supervisor: { ...none, cases: true, exports: true, figures: true },
  administrator: none,
  'security-administrator': none,
  auditor: none,
  'data-officer': none,
}

/** A case is seen by who is at a post for its place or above, and by a unit that has or had a part in it; by nobody else. */
const inArea = (seat: Seat, one: Specimen): boolean => `${one.place}.`.startsWith(`${seat.path}.`)
export const sees = (seat: Seat, one: Specimen): boolean => inArea(seat, one) || one.parts.includes(seat.unit)

const PURPOSE = { 'linli-purpose': 'handle-case' }
interface Listing {
  readonly rows: readonly Record<string, unknown>[]
}
/** A list, count or map: which specimens it must show, and which it showed. */
interface Collective {
  readonly endpoint: string
  readonly path: string
  readonly may?: (rights: Rights) => boolean
  readonly holds: (seat: Seat, one: Specimen) => boolean
  /** Ids that came out, or how many. */
  readonly shown: (body: never) => readonly string[] | number
  readonly ask?: Record<string, unknown>
  /** May show fewer, for reasons beside rights. */
  readonly fewer?: true
}
const idsOf = (body: Listing) => body.rows.map((row) => String(row['id']))
const DAY_MS = 86_400_000

/** Every endpoint that gives many cases at once. */
function collectives(server: TestServer, world: MatrixWorld): readonly Collective[] {
  const period = `from=${new Date(server.runtime.now() - 40 * DAY_MS).toISOString()}&to=${new Date(server.runtime.now() + DAY_MS).toISOString()}`
  const none = () => false
  const ids = world.specimens.map((one) => one.id)
  const list = (query: string, holds: Collective['holds']): Collective[] => [
    { endpoint: 'cases.list', path: `/api/v1/cases?limit=200${query}`, holds, shown: idsOf },
    { endpoint: 'cases.count', path: `/api/v1/case-count?overdue=${query}`.replace('overdue=&', ''), holds, shown: (body: { count: number }) => body.count },
  ]
  return [
    ...list('&area=990100', sees),
    ...list(`&q=${encodeURIComponent(WORD)}`, sees),
    ...[SAID_PHONE, CONTACT, NAME, ADDRESS_PHONE, SAID_PLATE].flatMap((secret) => list(`&q=${encodeURIComponent(secret)}`, none)),
    ...list(`&${period}`, sees),
    {
      endpoint: 'cases.listPins',
      path: '/api/v1/case-pins?bbox=-180,-90,180,90',
      holds: (seat, one) => sees(seat, one) && one.place.includes('.'),
      shown: idsOf,
    },
    {
      endpoint: 'cases.listStrands',
      path: '/api/v1/strands?limit=200',
      holds: (seat, one) => sees(seat, one) && one.strand,
      shown: (body: { rows: { case: { id: string } }[] }) => body.rows.map((row) => row.case.id),
    },
    {
      endpoint: 'desk.previewMoves',
      path: '/api/v1/move-previews',
      holds: sees,
      // Who asks for a hidden case gets its id back, and that there is none.
      shown: (body: { rows: { id: string; number: string; why: string | null }[] }) =>
        body.rows.flatMap((row) => (row.why === 'NOT_FOUND' && row.number === '' ? [] : [row.id])),
      ask: { ids },
    },
    {
      endpoint: 'desk.listClaims',
      path: `/api/v1/claims?ids=${ids.join()}`,
      holds: (seat, one) => sees(seat, one) && !one.ended,
      shown: (body: Listing) => body.rows.map((row) => String(row['caseId'])),
    },
    {
      endpoint: 'desk.countFilters',
      path: '/api/v1/saved-filter-counts',
      holds: sees,
      shown: (body: { rows: { count: number }[] }) => body.rows[0]?.count ?? -1,
    },
    {
      endpoint: 'desk.alerts',
      path: '/api/v1/alerts',
      holds: sees,
      fewer: true,
      shown: (body: Record<'fresh' | 'soon' | 'late', { caseId: string }[]>) => [...body.fresh, ...body.soon, ...body.late].map((row) => row.caseId),
    },
    {
      endpoint: 'desk.seeAlerts',
      path: '/api/v1/alerts/seen',
      holds: sees,
      fewer: true,
      shown: (body: { receipts: number }) => body.receipts,
      ask: { asOf: new Date(server.runtime.now()).toISOString(), cases: ids.map((id) => ({ id, seq: 1 })) },
    },
    {
      endpoint: 'intake.listReports',
      path: '/api/v1/reports?limit=200',
      holds: inArea,
      shown: (body: Listing) => body.rows.map((row) => String(row['caseId'])),
    },
    {
      endpoint: 'insight.indicators',
      path: `/api/v1/indicators?by=area&${period}`,
      may: (rights) => rights.figures,
      holds: inArea,
      shown: (body: { total: { indicator: string; denominator: number }[] }) => body.total.find((rate) => rate.indicator === 'filed')?.denominator ?? -1,
    },
    {
      endpoint: 'privacy.askExport',
      path: '/api/v1/exports',
      may: (rights) => rights.exports,
      holds: sees,
      shown: (body: { countAsked: number }) => body.countAsked,
      ask: { dataset: 'cases', filter: {}, fields: ['number', 'title'], purpose: 'handle-case', reason: '核对权限矩阵' },
    },
  ]
}

/** Every endpoint that gives one case or a part of it. */
const ONE = {
  'cases.get': () => '',
  'cases.listEntries': () => '/entries',
  'cases.getBlob': (one: Specimen) => `/blobs/${one.photo}`,
  'cases.explainDeadlines': () => '/deadlines/accept',
  'cases.listSimilar': () => '/similar',
} as const
/** The endpoints that the matrix looks at; `platform.stream` has a way of its own. */
export const LOOKED_AT = [
  'cases.list',
  'cases.count',
  'cases.listPins',
  'cases.listStrands',
  'intake.listReports',
  'cases.move',
  'platform.stream',
  'tiles.cases',
  'desk.previewMoves',
  'desk.listClaims',
  'desk.countFilters',
  'desk.alerts',
  'desk.seeAlerts',
  'desk.claim',
  'desk.release',
  'desk.attend',
  ...Object.keys(ONE),
]
/** Kept by a person for the own use, and about no case. */
export const OF_ONES_OWN = ['desk.listFilters', 'desk.addFilter', 'desk.changeFilter', 'desk.orderFilters', 'desk.removeFilter', 'desk.setQuiet']

/** Lets somebody who sees everything be on every case. */
export async function claimAll(world: MatrixWorld, everywhere: Seat): Promise<void> {
  for (const one of world.specimens.filter((specimen) => !specimen.ended)) {
    const { status } = await everywhere.person.send('POST', `/api/v1/cases/${one.id}/claim`, {})
    if (status !== 200 && status !== 201) throw new Error(`no claim of ${one.name}: ${status}`)
  }
}

const textOf = ({ body }: Answer<unknown>) => (typeof body === 'string' ? body : JSON.stringify(body))

/** What stands in an answer and must not: who reported is shown to nobody whole, words as said only to who reads the reporter, on the case itself. */
function leaks(endpoint: string, reader: boolean, text: string): string[] {
  const asSaid = reader && ['cases.get', 'cases.listEntries'].includes(endpoint)
  const masks = reader && endpoint === 'cases.get' ? [] : [MASKED_NAME, MASKED_CONTACT]
  return [NAME, CONTACT, ...masks, ...(asSaid ? [] : [SAID_PHONE, SAID_PLATE, ADDRESS_PHONE, NOTE_PHONE])].filter((secret) => text.includes(secret))
}

/** Compares everything that every seat gets out of every endpoint with what the model above says; returns each difference in words. */
export async function differences(server: TestServer, world: MatrixWorld, seats: readonly Seat[]): Promise<string[]> {
  const found: string[] = []
  const all = collectives(server, world)
  for (const seat of seats) {
    const rights = RIGHTS[seat.role] ?? none
    // Who may see no case at all is refused before any case is looked for.
    const specimens = rights.cases ? world.specimens : world.specimens.slice(0, 2)
    // A filter of the whole city, whose count is looked at; whoever has it already is refused another.
    const filter = { name: '全市', shared: false, filter: { area: '990100' } }
    if (rights.cases) await seat.person.send('POST', '/api/v1/saved-filters', filter, { 'idempotency-key': randomUUID() })
    const [many, each] = await Promise.all([
      Promise.all(all.map((one) => collectiveDifferences(seat, rights, world, one))),
      Promise.all(specimens.map((one) => singleDifferences(seat, rights, world, one))),
    ])
    found.push(...(await tileDifferences(server, seat, rights, world)).map((what) => `${seat.name}: ${what}`))
    found.push(...[...many, ...each].flat().map((what) => `${seat.name}: ${what}`))
  }
  return found
}

async function collectiveDifferences(seat: Seat, rights: Rights, world: MatrixWorld, one: Collective): Promise<string[]> {
  const answer =
    one.ask === undefined
      ? await seat.person.send<Listing>('GET', one.path, undefined, PURPOSE)
      : await seat.person.send<Listing>('POST', one.path, one.ask, { 'idempotency-key': randomUUID() })
  const allowed = one.may ? one.may(rights) : rights.cases
  const own = one.endpoint === 'privacy.askExport' && seat.role === 'auditor' ? 422 : 403
  if (!allowed) return answer.status === own ? [] : [`${one.path} answered ${answer.status}`]
  if (answer.status !== 200 && answer.status !== 201) return [`${one.path} answered ${answer.status} ${textOf(answer)}`]
  const wanted = world.specimens.filter((specimen) => one.holds(seat, specimen))
  const shown = one.shown(answer.body as never)
  const names = leaks(one.endpoint, rights.reporter, textOf(answer)).map((secret) => `${one.path} leaks ${secret}`)
  if (typeof shown === 'number')
    return shown === wanted.length || (one.fewer && shown < wanted.length) ? names : [...names, `${one.path} counts ${shown}, not ${wanted.length}`]
  const differing = setDifferences(one.path, world, wanted, shown)
  return [...names, ...(one.fewer ? differing.filter((what) => what.startsWith(`${one.path} shows`)) : differing)]
}

/** The tile of the whole earth: how many open cases are counted in it. */
async function tileDifferences(server: TestServer, seat: Seat, rights: Rights, world: MatrixWorld): Promise<string[]> {
  const answer = await fetch(`${server.running.url}/tiles/cases/0/0/0`, { headers: { authorization: `Bearer ${seat.person.token}` } })
  if (!rights.cases) return answer.status === 403 ? [] : [`tiles.cases answered ${answer.status}`]
  const layer = answer.status === 200 ? (readTile(new Uint8Array(await answer.arrayBuffer()))['density'] ?? []) : []
  const counted = layer.reduce((sum, cell) => sum + Number(cell.properties['n']), 0)
  const wanted = world.specimens.filter((one) => sees(seat, one) && !one.ended && one.place.includes('.')).length
  return answer.status <= 204 && counted === wanted ? [] : [`tiles.cases answered ${answer.status} and counts ${counted}, not ${wanted}`]
}

function setDifferences(what: string, world: MatrixWorld, wanted: readonly Specimen[], shown: readonly string[]): string[] {
  const nameOf = (id: string) => world.specimens.find((specimen) => specimen.id === id)?.name ?? id
  const ids = new Set(wanted.map((specimen) => specimen.id))
  return [
    ...[...new Set(shown)].filter((id) => !ids.has(id)).map((id) => `${what} shows “${nameOf(id)}”`),
    ...wanted.filter((specimen) => !shown.includes(specimen.id)).map((specimen) => `${what} hides “${specimen.name}”`),
  ]
}

async function singleDifferences(seat: Seat, rights: Rights, world: MatrixWorld, one: Specimen): Promise<string[]> {
  const wanted = !rights.cases ? 403 : sees(seat, one) ? 200 : 404
  const found: string[] = []
  for (const [endpoint, tail] of Object.entries(ONE)) {
    const what = `${endpoint} of “${one.name}”`
    const answer = await seat.person.send<never>('GET', `/api/v1/cases/${one.id}${tail(one)}`, undefined, PURPOSE)
    if (answer.status !== wanted) found.push(`${what} answered ${answer.status}, not ${wanted}`)
    found.push(...leaks(endpoint, rights.reporter, textOf(answer)).map((secret) => `${what} leaks ${secret}`))
    if (answer.status !== 200 || wanted !== 200) continue
    if (endpoint === 'cases.get') found.push(...fieldDifferences(what, rights, one, answer.body))
    if (endpoint === 'cases.listSimilar') found.push(...similarDifferences(what, seat, world, one, answer.body))
  }
  // What a desk says of a case: hidden answers as absent. A colleague's claim is taken over with a reason alone, and none is given here.
  const acts: readonly (readonly [tail: string, body: Record<string, unknown>])[] = [
    ['presence', { here: false, screen: randomUUID() }],
    ['claim', {}],
    ...(wanted === 200 ? [] : [['release', {}] as const]),
  ]
  for (const [tail, body] of acts) {
    const { status } = await seat.person.send('POST', `/api/v1/cases/${one.id}/${tail}`, body)
    if (wanted === 200 ? status === 404 || status === 403 : status !== wanted) found.push(`${tail} of “${one.name}” answered ${status}, not ${wanted}`)
  }
  // A move with a seq that no case has: hidden answers as absent, visible as stale.
  const move = await seat.person.send('POST', `/api/v1/cases/${one.id}/moves`, { move: 'note', note: 'x' }, { 'if-match': '999' })
  if ((move.status === 404) !== (wanted === 404) || move.status === 200) found.push(`a move of “${one.name}” answered ${move.status}`)
  return found
}

interface Page {
  readonly reporter: { readonly name: string; readonly contact: string } | null
  readonly said: { readonly text: string; readonly address: string; readonly photos: readonly unknown[] }
  readonly case: { readonly position: unknown; readonly title: string }
}

function fieldDifferences(what: string, rights: Rights, one: Specimen, page: Page): string[] {
  const { reporter, said } = page
  const right: readonly [field: string, holds: boolean][] = [
    ['the reporter', rights.reporter ? reporter?.name === MASKED_NAME && reporter.contact === MASKED_CONTACT : reporter === null],
    ['the words', said.text.includes(rights.reporter ? SAID_PHONE : '138****1234') && said.text.includes(rights.reporter ? SAID_PLATE : '鲁D***45')],
    ['the address', said.address.includes('凤凰社区3号楼') && said.address.includes(rights.reporter ? ADDRESS_PHONE : '137****0002')],
    ['the photos', said.photos.length === 1],
    ['the position', (page.case.position !== null) === one.place.includes('.')],
    ['the title', page.case.title.includes(WORD) && !page.case.title.includes(SAID_PHONE)],
  ]
  return right.filter(([, holds]) => !holds).map(([field]) => `${what} shows ${field} otherwise: ${JSON.stringify({ reporter, said })}`)
}

function similarDifferences(what: string, seat: Seat, world: MatrixWorld, one: Specimen, body: { rows: { case: { id: string } }[] }): string[] {
  const near = (other: Specimen) => other.place === one.place && one.place.includes('.') && other.id !== one.id && !other.ended && !other.linked
  return setDifferences(
    what,
    world,
    world.specimens.filter((other) => near(other) && sees(seat, other)),
    body.rows.map((row) => row.case.id),
  )
}

/** The same for event streams: everybody listens while somebody of the city writes a note on every specimen. */
export async function streamDifferences(server: TestServer, world: MatrixWorld, seats: readonly Seat[], writer: Seat): Promise<string[]> {
  const found: string[] = []
  const streams = await Promise.all([writer, ...seats].map(async (seat) => ({ seat, stream: await listen(server, seat.person) })))
  for (const { seat, stream } of streams)
    if ((stream.status === 200) !== (RIGHTS[seat.role]?.cases ?? false)) found.push(`${seat.name}: the stream answered ${stream.status}`)
  for (const one of world.specimens) {
    const answer = await server.move(writer.person, one.id, 'note', { note: `内部备注 ${NOTE_PHONE}` })
    if (answer.status !== 200) throw new Error(`no note on ${one.name}: ${JSON.stringify(answer.body)}`)
  }
  const open = streams.filter(({ stream }) => stream.status === 200)
  const wantedBy = (seat: Seat) => world.specimens.filter((one) => sees(seat, one))
  // The writer sees everything: what it heard has been offered to everybody.
  await until(() => (open[0]?.stream.heard.length ?? 0) >= world.specimens.length, 'every note is announced', 15_000)
  await new Promise((resolve) => setTimeout(resolve, 500))
  for (const { seat, stream } of open) {
    const ids = stream.heard.map((event) => String(event.data['id']))
    found.push(...setDifferences('the stream', world, wantedBy(seat), ids).map((what) => `${seat.name}: ${what}`))
    found.push(...leaks('platform.stream', false, JSON.stringify(stream.heard)).map((secret) => `${seat.name}: the stream leaks ${secret}`))
  }
  for (const { stream } of streams) stream.close()
  return found
}
