import type { Move } from '../../workflow.ts'
import { move } from './states.ts'

/** Handle (处理反馈), with pause and resumption. */
export const handling: readonly Move[] = [
  move({
    id: 'handle',
    from: ['handling'],
    to: 'handled',
    kind: 'forward',
    party: 'lead',
    permission: 'cases.handle',
    needs: ['evidence', 'note', 'partsDone'],
    starts: ['check'],
    stops: ['handle', 'raise'],
  }),
  move({
    id: 'pause',
    from: ['handling'],
    to: 'paused',
    kind: 'forward',
    party: 'dispatcher',
    permission: 'cases.pause',
    needs: ['reason', 'until', 'notOwner'],
    starts: ['resume'],
    stops: ['raise'],
    pauses: ['handle'],
    reasons: ['waiting-reporter', 'waiting-weather', 'waiting-permit', 'waiting-other-works'],
    aside: true,
  }),
  move({ id: 'resume', from: ['paused'], to: 'handling', kind: 'forward', party: 'lead', permission: 'cases.accept', stops: ['resume'], resumes: ['handle'] }),
  move({
    id: 'auto-resume',
    from: ['paused'],
    to: 'handling',
    kind: 'forward',
    party: 'system',
    needs: ['reason'],
    stops: ['resume'],
    resumes: ['handle'],
    reasons: ['resume'],
  }),
]
