import { BEFORE, type Move } from '../../workflow.ts'
import { ALL, OPEN, move } from './states.ts'

/** The same event reported again (重复上报): the case waits beside another and keeps its reporter, its number and its clock. */
export const linking: readonly Move[] = [
  move({
    id: 'link',
    from: ['reported', 'verified', 'filed', 'dispatched'],
    to: 'linked',
    kind: 'link',
    party: 'acceptor',
    permission: 'cases.link',
    needs: ['main'],
    starts: ['answer'],
    pauses: ['accept', 'dispatch', 'takeUp'],
    aside: true,
  }),
  move({
    id: 'unlink',
    from: ['linked'],
    to: BEFORE,
    kind: 'link',
    party: 'acceptor',
    permission: 'cases.link',
    needs: ['reason'],
    stops: ['answer'],
    resumes: ['accept', 'dispatch', 'takeUp'],
    reasons: ['another-event', 'another-place', 'came-back'],
    aside: true,
  }),
  move({
    id: 'auto-unlink',
    from: ['linked'],
    to: BEFORE,
    kind: 'link',
    party: 'system',
    needs: ['reason'],
    stops: ['answer'],
    resumes: ['accept', 'dispatch', 'takeUp'],
    reasons: ['main-voided'],
  }),
  move({
    id: 'close-linked',
    from: ['linked'],
    to: 'closed',
    kind: 'forward',
    party: 'system',
    needs: ['reason', 'publicReply'],
    stops: ['answer', 'handle', 'raise'],
    reasons: ['main-closed'],
  }),
  move({ id: 'joined', from: [...OPEN], kind: 'note', party: 'system' }),
  move({ id: 'parted', from: [...ALL], kind: 'note', party: 'system' }),
]
