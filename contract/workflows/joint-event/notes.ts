import type { Move } from '../../workflow.ts'
import { ALL, OPEN, move } from './states.ts'

/** Lines that leave the state alone. */
export const notes: readonly Move[] = [
  move({ id: 'inform', from: [...OPEN], kind: 'note', party: 'informer', permission: 'cases.note', needs: ['publicReply'] }),
  move({ id: 'note', from: [...ALL], kind: 'note', party: 'supervisor', permission: 'cases.note', needs: ['note'] }),
  move({
    id: 'overdue',
    from: [...ALL],
    kind: 'note',
    party: 'system',
    needs: ['reason'],
    reasons: ['accept', 'verify', 'dispatch', 'handle', 'check', 'takeUp', 'arbitrate', 'approve', 'coHandle', 'reportIn', 'supervise', 'answer'],
  }),
  move({ id: 'raise', from: [...OPEN], kind: 'note', party: 'system', needs: ['reason'], stops: ['raise'], reasons: ['overdue'] }),
  move({ id: 'relocate', from: [...OPEN], kind: 'note', party: 'system', needs: ['reason'], reasons: ['areas-changed'] }),
  move({ id: 'new-edition', from: [...OPEN], kind: 'note', party: 'system', needs: ['reason', 'edition'], reasons: ['edition-published'] }),
  move({ id: 'recount', from: [...OPEN], kind: 'note', party: 'system', needs: ['reason'], reasons: ['calendar-published'] }),
]
