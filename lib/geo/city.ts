import type { Coverage } from './coverage.ts'
import { reportCoverage } from './coverage.ts'
import type { Areal } from './geometry.ts'
import { arealOf } from './geometry.ts'
import { openHoles } from './holes.ts'
import { latticePolygons } from './lattice.ts'
import type { Mesh, Region } from './mesh.ts'
import { emptyMesh, regionRings, vertexAt } from './mesh.ts'
import { weave } from './weave.ts'

/** Boundaries on one mesh, region i being boundary i, with what had to be moved so that neighbours share vertices. */
export interface MeshedBoundaries {
  mesh: Mesh
  regions: Region[]
  snapped: number
  inserted: number
}

/** Puts adjoining boundaries (WGS84) on one mesh, cleaned by `weave` so that neighbours share every vertex. */
export function meshBoundaries(boundaries: readonly Areal[], snap?: number): MeshedBoundaries {
  const polygons = boundaries.map(latticePolygons)
  const { rings, snapped, inserted } = weave(polygons.flat(2), snap)
  const mesh = emptyMesh()
  let taken = 0
  const regions = polygons.map((parts): Region =>
    parts
      .map((part) => {
        const woven = rings.slice(taken, taken + part.length)
        taken += part.length
        return woven.map(({ xs, ys }) => xs.map((x, i) => vertexAt(mesh, x, ys[i]!))).filter((ring) => ring.length >= 3)
      })
      .filter((part) => part.length > 0)
      .map((part) => openHoles(mesh, part)),
  )
  return { mesh, regions, snapped, inserted }
}

/** Returns the geometry of a region in degrees, with every vertex that any neighbour or child has put on its border. */
export function regionGeometry(mesh: Mesh, region: Region): Areal {
  return arealOf(regionRings(mesh, region))
}

/** What cleaning did to adjoining boundaries and what it left: gaps between them and pairs that overlap. */
export interface SeamReport extends Pick<Coverage, 'gaps' | 'overlaps'> {
  snapped: number
  inserted: number
}

/** Cleans adjoining boundaries as `meshBoundaries` does and reports how well they join (接边报告). */
export function reportSeams(boundaries: readonly { id: string; geometry: Areal }[], snap?: number): SeamReport {
  const geometries = boundaries.map(({ geometry }) => geometry)
  const { mesh, regions, snapped, inserted } = meshBoundaries(geometries, snap)
  const cells = boundaries.map(({ id }, i) => ({ id, geometry: regionGeometry(mesh, regions[i]!) }))
  const { gaps, overlaps } = reportCoverage(null, cells)
  return { snapped, inserted, gaps, overlaps }
}
