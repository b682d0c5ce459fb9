import { readFileSync } from 'node:fs'
import type { Operations } from './warnings.ts'

type Tier = Operations['modules'][number]['tier']

/** Reads which tier each module stands in from architecture.json; what is in none belongs to the platform. */
export function readTiers(file: string): (module: string) => Tier {
  const { tiers } = JSON.parse(readFileSync(file, 'utf8')) as { tiers: readonly { readonly name: Tier; readonly modules: readonly string[] }[] }
  return (module) => tiers.find((tier) => tier.modules.includes(module))?.name ?? 'platform'
}
