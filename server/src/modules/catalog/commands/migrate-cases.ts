import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { catalog as contract } from '@linli/contract/endpoints/catalog'
import { Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { once, rememberAnswer, type IdempotencyKey } from '../../../platform/idempotency.ts'
import type { Actor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import type { OverTime } from '../over-time.ts'
import { insertMigration } from '../store.ts'

export interface MigrateCommand extends BodyOf<typeof contract.migrate> {
  readonly edition: number
  readonly actor: Actor
  readonly requestId: string
}
type Answer = AnswerOf<typeof contract.migrate>

/**
 * Moves the open cases of chosen matters to an edition (在办案件迁移), row by row; a row that is not in the map keeps its edition, and running
 * deadlines stay. The lines are written case by case, so a resend after a stop goes on. Throws MATTER_UNKNOWN and CONDITION_UNKNOWN before any.
 */
export function migrateCases({ platform, editions, ports }: OverTime, command: MigrateCommand, key: IdempotencyKey): Promise<Answer> {
  return once(platform.db, key, async () => {
    for (const [index, choice] of command.choices.entries()) refuseUnknown(editions, command.edition, choice, `/body/choices/${index}`)
    const rows: Answer['rows'] = []
    for (const choice of command.choices) {
      const rowMap = new Map(choice.rowMap.map(({ from, to }) => [from, to]))
      const kept = await ports.migrateOpenCases(command.actor, { matterKey: choice.matterKey, from: choice.fromEdition, to: command.edition, rows: rowMap })
      rows.push({ matterKey: choice.matterKey, fromEdition: choice.fromEdition, cases: kept.changed, left: kept.seen - kept.changed })
    }
    const answer = { edition: command.edition, rows }
    const at = new Date(platform.runtime.now())
    await platform.transaction(async (tx) => {
      for (const [index, row] of rows.entries())
        await insertMigration(tx, {
          ...row,
          id: newId(platform.runtime, 0),
          edition: command.edition,
          rowMap: command.choices[index]?.rowMap ?? [],
          reason: command.reason,
          personId: command.actor.kind === 'person' ? command.actor.personId : null,
          at,
        })
      await rememberAnswer(tx, key, 201, answer, at)
      await writeAudit(tx, platform.runtime, {
        districtId: 0,
        requestId: command.requestId,
        actor: command.actor,
        action: 'catalog.migrate',
        objectKind: 'edition',
        objectId: String(command.edition),
        outcome: 'done',
      })
    })
    return answer
  })
}

function refuseUnknown(editions: OverTime['editions'], edition: number, choice: MigrateCommand['choices'][number], pointer: string): void {
  const before = editions.find(choice.matterKey, choice.fromEdition)
  const after = editions.find(choice.matterKey, edition)
  if (!before || !after || choice.fromEdition >= edition)
    throw new Refusal('MATTER_UNKNOWN', [{ pointer: `${pointer}/matterKey`, code: 'enum', detail: `${choice.matterKey} ${choice.fromEdition} → ${edition}` }])
  const seen = new Set<number>()
  for (const [index, { from, to }] of choice.rowMap.entries()) {
    const known = before.conditions.some((row) => row.rowNo === from) && after.conditions.some((row) => row.rowNo === to)
    if (!known || seen.has(from))
      throw new Refusal('CONDITION_UNKNOWN', [{ pointer: `${pointer}/rowMap/${index}`, code: seen.has(from) ? 'repeated' : 'enum', detail: `${from} → ${to}` }])
    seen.add(from)
  }
}
