import { list, pins, type City } from './city.ts'
import { HttpConnection } from './http.ts'
import { medianOf, runWindow, type Window } from './windows.ts'

export interface ReadFigures {
  readonly lists: Readonly<Record<string, Window>>
  readonly pins: Window & { readonly shown: number }
}

/** Who asks for the first page: the whole city's desk, a unit, a grid; and by words. */
const LISTS: readonly (readonly [name: string, post: string, query: string])[] = [
  ['20 rows, whole city', 'acceptor-1', 'limit=20'],
  ['20 rows, one department', 'water-990101-handler', 'limit=20'],
  ['20 rows, one grid', 'grid-990101001000-1', 'limit=20'],
  ['20 rows, mine to act on', 'acceptor-1', 'limit=20&mine=true'],
  ['20 rows, by words', 'acceptor-1', `limit=20&q=${encodeURIComponent('井盖翘起')}`],
]

export async function measureReads(city: City, seconds: number, windows: number): Promise<ReadFigures> {
  const lists: Record<string, Window> = {}
  for (const [name, post, query] of LISTS) {
    const ask = await list(city, post, query)
    lists[name] = await measure(city.url, seconds, windows, ask)
  }
  const { bbox, shown } = await viewport(city)
  return { lists, pins: { ...(await measure(city.url, seconds, windows, await pins(city, 'acceptor-1', bbox))), shown } }
}

async function measure(url: string, seconds: number, windows: number, ask: Awaited<ReturnType<typeof list>>): Promise<Window> {
  const work = async (connection: HttpConnection) => (await connection.ask(ask)).status === 200
  await runWindow(url, 1, work)
  const found: Window[] = []
  for (let round = 0; round < windows; round++) found.push(await runWindow(url, seconds, work))
  return medianOf(found)
}

/** A box around the city's middle that shows about sixty pins. */
async function viewport(city: City): Promise<{ bbox: string; shown: number }> {
  const connection = await HttpConnection.open(city.url)
  const middle = city.spots[Math.floor(city.spots.length / 2)] ?? { lon: 0, lat: 0 }
  let [low, high] = [0, 0.3]
  let best = { bbox: '', shown: -1 }
  for (let round = 0; round < 24; round++) {
    const half = (low + high) / 2
    const bbox = [middle.lon - half, middle.lat - half, middle.lon + half, middle.lat + half].map((value) => value.toFixed(6)).join(',')
    const { body } = await connection.ask(await pins(city, 'acceptor-1', bbox))
    const shown = (JSON.parse(body.toString()) as { rows: unknown[] }).rows.length
    if (Math.abs(shown - 60) < Math.abs(best.shown - 60)) best = { bbox, shown }
    if (shown < 60) low = half
    else high = half
  }
  connection.close()
  return best
}
