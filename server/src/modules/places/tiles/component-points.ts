import { columnOf, curveOf, indexPoints, rowOf, type PointIndex } from '@linli/lib/geo/point-index'
import type { ComponentPoint } from './queries.ts'

/** Components as columns of numbers: a million of them take about 60 MB, as objects ten times that. */
export class ComponentPoints {
  #count = 0
  #lons = new Float64Array(1_024)
  #lats = new Float64Array(1_024)
  #types = new Uint32Array(1_024)
  #names = new Uint32Array(1_024)
  #states = new Uint32Array(1_024)
  #hashes = new Uint32Array(1_024)
  #codeEnds = new Uint32Array(1_024)
  #codes = Buffer.alloc(16_384)
  readonly #texts: string[] = []
  readonly #ordinals = new Map<string, number>()
  #index: PointIndex | undefined

  get count(): number {
    return this.#count
  }

  /** The points along the curve; sorted when first asked for after a change. */
  get index(): PointIndex {
    this.#index ??= indexPoints(this.#lons, this.#lats, this.#count)
    return this.#index
  }

  /** Adds components that are not there yet. */
  append(rows: readonly ComponentPoint[]): void {
    this.#index = undefined
    for (const row of rows) {
      const at = this.#count
      if (at === this.#lons.length) this.#grow(at * 2)
      this.#put(at, row)
      const code = Buffer.from(row.code)
      const start = at === 0 ? 0 : (this.#codeEnds[at - 1] ?? 0)
      if (start + code.length > this.#codes.length) this.#codes = Buffer.concat([this.#codes, Buffer.alloc(this.#codes.length)])
      this.#codes.set(code, start)
      this.#codeEnds[at] = start + code.length
      this.#hashes[at] = hashOf(row.code)
      this.#count += 1
    }
  }

  /** Takes changed and new components; returns the places on the curve that are touched, before and after. */
  merge(rows: readonly ComponentPoint[]): Set<number> {
    const wanted = new Map<number, ComponentPoint[]>()
    for (const row of rows) {
      const hash = hashOf(row.code)
      wanted.set(hash, [...(wanted.get(hash) ?? []), row])
    }
    const fresh = new Map(rows.map((row) => [row.code, row]))
    const touched = new Set<number>()
    const touch = (lon: number, lat: number) => touched.add(curveOf(columnOf(lon), rowOf(lat)))
    for (let at = 0; at < this.#count; at++) {
      const row = wanted.get(this.#hashes[at] ?? 0)?.find((candidate) => candidate.code === this.codeAt(at))
      if (!row) continue
      touch(this.#lons[at] ?? 0, this.#lats[at] ?? 0)
      this.#put(at, row)
      touch(row.lon, row.lat)
      fresh.delete(row.code)
    }
    for (const row of fresh.values()) touch(row.lon, row.lat)
    this.append([...fresh.values()])
    return touched
  }

  codeAt(row: number): string {
    return this.#codes.toString('utf8', row === 0 ? 0 : this.#codeEnds[row - 1], this.#codeEnds[row])
  }
  typeAt(row: number): string {
    return this.#texts[this.#types[row] ?? 0] ?? ''
  }
  nameAt(row: number): string {
    return this.#texts[this.#names[row] ?? 0] ?? ''
  }
  stateAt(row: number): string {
    return this.#texts[this.#states[row] ?? 0] ?? ''
  }

  #put(at: number, row: ComponentPoint): void {
    this.#lons[at] = row.lon
    this.#lats[at] = row.lat
    this.#types[at] = this.#ordinal(row.typeCode)
    this.#names[at] = this.#ordinal(row.name)
    this.#states[at] = this.#ordinal(row.state)
  }

  #ordinal(text: string): number {
    const known = this.#ordinals.get(text)
    if (known !== undefined) return known
    this.#ordinals.set(text, this.#texts.length)
    return this.#texts.push(text) - 1
  }

  #grow(size: number): void {
    const doubles = (old: Float64Array<ArrayBuffer>) => {
      const next = new Float64Array(size)
      next.set(old)
      return next
    }
    const words = (old: Uint32Array<ArrayBuffer>) => {
      const next = new Uint32Array(size)
      next.set(old)
      return next
    }
    ;[this.#lons, this.#lats] = [doubles(this.#lons), doubles(this.#lats)]
    ;[this.#types, this.#names, this.#states] = [words(this.#types), words(this.#names), words(this.#states)]
    ;[this.#hashes, this.#codeEnds] = [words(this.#hashes), words(this.#codeEnds)]
  }
}

/** FNV-1a over the code units: only narrows down where to look. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93)
  return hash >>> 0
}
