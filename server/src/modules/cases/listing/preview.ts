import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { desk as contract } from '@linli/contract/endpoints/desk'
import { Refusal } from '@linli/contract/errors'
import { districtOf } from '@linli/lib/ids'
import type { Platform } from '../../../platform/platform.ts'
import type { PersonActor } from '../../../platform/rights/actor.ts'
import { circumstancesOf } from '../commands/make-move.ts'
import { workflowOf } from '../commands/opened.ts'
import { foldEntries } from '../model.ts'
import type { CasesPorts } from '../ports.ts'
import { abilitiesOf, decideMove, isVisible, type AbilityValue } from '../rules.ts'
import { listCasesWithEntries, toLedgerEntry } from '../store.ts'

type Preview = AnswerOf<typeof contract.previewMoves>
type Row = Preview['rows'][number]

/**
 * What would become of a move in several cases (批量预览), by the very rules that decide when it is made; nothing is locked or written. A case
 * that is absent or hidden is a row that says NOT_FOUND and nothing else.
 */
export async function previewMoves(
  platform: Platform,
  ports: CasesPorts,
  actor: PersonActor,
  ids: readonly string[],
  move: BodyOf<typeof cases.move> | undefined,
): Promise<Preview> {
  const found = await listCasesWithEntries(
    platform.db,
    ids.map((id) => ({ districtId: districtOf(id), id })),
  )
  const circumstances = circumstancesOf(platform, ports, new Date(platform.runtime.now()))
  const abilities: AbilityValue[] = []
  const rows = ids.map((id): Row => {
    const { row, entries } = found.get(id) ?? {}
    const workflow = row && workflowOf(row)
    const state = workflow && foldEntries(workflow, (entries ?? []).map(toLedgerEntry))
    if (!row || !state || !isVisible(actor, row.area_path, row.involved)) return { id, number: '', seq: 0, state: '', go: false, why: 'NOT_FOUND', missing: [] }
    abilities.push(...abilitiesOf(workflow, state, actor, circumstances).filter((ability) => ability.strand === null && ability.allowed))
    const known = { id, number: row.number, seq: row.seq, state: row.state }
    if (!move) return { ...known, go: false, why: null, missing: [] }
    try {
      decideMove(workflow, state, move.move, actor, move, circumstances)
      return { ...known, go: true, why: null, missing: [] }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { ...known, go: false, why: error.code, missing: error.fields.map(({ pointer, code }) => ({ pointer, code })) }
    }
  })
  return { moves: movesOf(abilities), rows }
}

/** Each move that is possible somewhere, with in how many cases. */
function movesOf(abilities: readonly AbilityValue[]): Preview['moves'] {
  const moves = new Map<string, Preview['moves'][number]>()
  for (const { move, kind, needs, reasons } of abilities) moves.set(move, { move, kind, needs, reasons, go: (moves.get(move)?.go ?? 0) + 1 })
  return [...moves.values()]
}
