import type { Move } from '../../workflow.ts'
import { ALL, ENDED, move } from './states.ts'

type Asking = Pick<Move, 'from' | 'needs' | 'reasons'> & { readonly noun: 'extension' | 'suspension' | 'appeal' }

/** A request of the lead that two people outside its unit must agree to, one after the other (两级审批). */
function request({ noun, from, needs, reasons }: Asking, granted: Partial<Move>): readonly Move[] {
  const step = (id: string, permission: string, states: readonly string[], to: string, more: Partial<Move> = {}): Move =>
    move({
      id: `${id}-${noun}`,
      from,
      kind: 'side',
      party: 'approver',
      permission,
      needs: ['notOwner', 'freshInStrand'],
      stops: ['approve'],
      strand: { kind: noun, from: states, to },
      ...more,
    })
  return [
    move({
      id: `ask-${noun}`,
      from,
      kind: 'side',
      party: 'lead',
      permission: 'cases.accept',
      needs,
      starts: ['approve'],
      strand: { kind: noun, to: 'asked' },
      aside: true,
      ...(reasons ? { reasons } : {}),
    }),
    step('endorse', 'cases.approve', ['asked'], 'endorsed', { starts: ['approve'] }),
    step('grant', 'cases.confirm', ['endorsed'], 'granted', granted),
    step('deny', 'cases.approve', ['asked', 'endorsed'], 'denied', {
      // A request may be denied wherever it stands, also after what it asked for has become impossible.
      from: [...ALL],
      needs: ['notOwner', 'freshInStrand', 'note'],
    }),
    move({
      id: `withdraw-${noun}`,
      from: [...ALL],
      kind: 'side',
      party: 'caller',
      permission: 'cases.accept',
      stops: ['approve'],
      strand: { kind: noun, from: ['asked', 'endorsed'], to: 'withdrawn' },
      aside: true,
    }),
  ]
}

/** Extension (延期), long suspension (挂账) and appeal against a timeout (超时申诉). */
export const requests: readonly Move[] = [
  ...request(
    {
      noun: 'extension',
      from: ['handling'],
      needs: ['reason', 'note', 'limit', 'beforeDue', 'atMostTwo'],
      reasons: ['complex-works', 'weather', 'materials', 'third-party'],
    },
    { needs: ['notOwner', 'freshInStrand', 'beforeDue', 'atMostTwo'], extends: 'handle' },
  ),
  ...request(
    {
      noun: 'suspension',
      from: ['handling'],
      needs: ['reason', 'note', 'until', 'onlyOnce'],
      reasons: ['season', 'funds', 'legal-procedure', 'planned-works'],
    },
    { to: 'paused', kind: 'forward', starts: ['resume'], stops: ['approve', 'raise'], pauses: ['handle'] },
  ),
  ...request(
    {
      noun: 'appeal',
      from: ENDED,
      needs: ['reason', 'note', 'handledLate', 'onlyOnce', 'inWindow'],
      reasons: ['force-majeure', 'wrong-dispatch', 'system-failure', 'third-party'],
    },
    {},
  ),
]
