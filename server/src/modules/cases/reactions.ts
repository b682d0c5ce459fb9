import type { DomainEvent, Reaction } from '../../platform/outbox.ts'
import type { Platform } from '../../platform/platform.ts'
import { SYSTEM } from '../../platform/rights/actor.ts'
import { makeMoveIn } from './commands/make-move.ts'
import type { CasesPorts } from './ports.ts'
import { listLinked, listWords } from './store.ts'

/**
 * What happens to the cases that wait beside another one (关联案件): when it is closed, each reporter gets the answer on the own case;
 * when it is voided, each goes back to where it was. A repetition finds nobody waiting and does nothing.
 */
export function casesReactions(platform: Platform, ports: CasesPorts): Reaction[] {
  return [{ name: 'cases.linked', topic: 'case.moved', run: (event) => (endsFor(event) ? followMain(platform, ports, event) : Promise.resolve()) }]
}

const endsFor = (event: DomainEvent) => event.payload['move'] === 'close' || event.payload['state'] === 'voided'

async function followMain(platform: Platform, ports: CasesPorts, event: DomainEvent): Promise<void> {
  await platform.transaction(async (tx) => {
    const waiting = await listLinked(tx, event.caseId)
    if (waiting.length === 0) return
    const reply = (await listWords(tx, event.districtId, event.caseId)).findLast((line) => line.words.publicReply !== undefined)?.words.publicReply ?? ''
    const closed = event.payload['move'] === 'close'
    for (const { id } of waiting) {
      await makeMoveIn(platform, ports, tx, {
        id,
        move: closed ? 'close-linked' : 'auto-unlink',
        actor: SYSTEM,
        requestId: `linked:${event.caseId}:${event.seq}`,
        ifMatch: undefined,
        input: closed ? { reasonCode: 'main-closed', publicReply: reply } : { reasonCode: 'main-voided' },
      })
    }
  })
}
