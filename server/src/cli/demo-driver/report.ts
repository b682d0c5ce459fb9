import { randomUUID } from 'node:crypto'
import type { BodyOf } from '@linli/contract/endpoint'
import { intake } from '@linli/contract/endpoints/intake'
import type { Cell } from './ground.ts'
import { type Random } from '@linli/lib/random'
import { pick } from './random.ts'
import { GUIDED, placeSaid, SCENES, SHORT, tell, type Scene } from './scenes.ts'

export type ReportBody = BodyOf<typeof intake.report>

/** About 300 m, so that a point near a grid's middle stays in the city. */
const JITTER_DEGREES = 0.003

/** A report as a resident makes it on the web: often without a matter, sometimes with a rough place or none, rarely for the wrong door. */
export function residentReport(cell: Cell, random: Random): ReportBody {
  const place = placeSaid(random)
  const kind = random()
  const said = kind < 0.04 ? pick(GUIDED, random) : pick(SCENES, random)
  const text = kind > 0.97 ? (pick(SHORT, random) ?? '') : told(said, place, random)
  const namesMatter = kind < 0.04 || random() < 0.5
  const where = random()
  return {
    channel: 'web',
    text,
    address: place,
    ...(said && namesMatter ? { matter: said.matter } : {}),
    // Some phones give no position and some people type a rounded one; the filing rules send both to a person.
    ...(where < 0.12 ? {} : { position: where < 0.2 ? rounded(cell) : near(cell, random) }),
    ...(random() < 0.5
      ? {
          reporter: {
            name: pick(['陈女士', '李先生', '热心市民', '周阿姨', '小区居民'], random) ?? '',
            contact: `1990000${String(Math.floor(random() * 10_000)).padStart(4, '0')}`,
          },
        }
      : {}),
  }
}

/** A report as a grid worker makes it in the street: with matter, condition and exact place, so that a rule may file it. */
export function fieldReport(cell: Cell, random: Random): ReportBody {
  const said = pick(SCENES, random)
  const place = placeSaid(random)
  return {
    channel: 'field',
    text: told(said, place, random),
    address: place,
    position: { ...near(cell, random), accuracyM: Math.round(3 + random() * 9) },
    ...(said ? { matter: said.matter, conditionRow: said.row } : {}),
  }
}

/** A key for one report, kept when it is sent again. */
export const newKey = (): string => `demo-${randomUUID()}`

function told(scene: Scene | undefined, place: string, random: Random): string {
  return tell(pick(scene?.lines ?? [], random) ?? '', place)
}

function near(cell: Cell, random: Random): { lon: number; lat: number; crs: 'wgs84' } {
  const stray = (): number => (random() - 0.5) * 2 * JITTER_DEGREES
  return { lon: Number((cell.lon + stray()).toFixed(6)), lat: Number((cell.lat + stray()).toFixed(6)), crs: 'wgs84' }
}

function rounded(cell: Cell): { lon: number; lat: number; crs: 'wgs84' } {
  return { lon: Number(cell.lon.toFixed(2)), lat: Number(cell.lat.toFixed(2)), crs: 'wgs84' }
}
