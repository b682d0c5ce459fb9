interface Depends {
  readonly key: string
  readonly dependsOn: readonly string[]
}

/** Puts everything above what it depends on (依赖图), layer by layer; a ring of dependencies, which nothing forbids, ends in the lowest layer. */
export function layersOf<S extends Depends>(systems: readonly S[]): readonly (readonly S[])[] {
  const known = new Map(systems.map((system) => [system.key, system]))
  const depths = new Map<string, number>()
  const depthOf = (key: string, above: readonly string[]): number => {
    const found = depths.get(key)
    if (found !== undefined) return found
    const below = (known.get(key)?.dependsOn ?? []).filter((other) => known.has(other) && !above.includes(other))
    const depth = below.length === 0 ? 0 : 1 + Math.max(...below.map((other) => depthOf(other, [...above, key])))
    depths.set(key, depth)
    return depth
  }
  const highest = Math.max(0, ...systems.map((system) => depthOf(system.key, [])))
  return Array.from({ length: highest + 1 }, (_, index) => systems.filter((system) => depths.get(system.key) === highest - index)).filter(
    (layer) => layer.length > 0,
  )
}
