import type { Workflow } from '../workflow.ts'
import { closing } from './joint-event/closing.ts'
import { dispatching } from './joint-event/dispatching.ts'
import { filing } from './joint-event/filing.ts'
import { handling } from './joint-event/handling.ts'
import { linking } from './joint-event/linking.ts'
import { notes } from './joint-event/notes.ts'
import { requests } from './joint-event/requests.ts'
import { together } from './joint-event/together.ts'

/**
 * Joint handling of an event (联动处置), version 2: the six steps of a city's loop with two axes kept apart (the supervision centre files,
 * checks and closes; the command centre and departments dispatch and handle), and everything that may happen beside them
 * (standards §1.1, §1.5, §3.2; systems A1, A2, A9, A31, A34, A75, A97).
 */
export const jointEvent: Workflow = {
  name: 'joint-event',
  version: 2,
  opening: 'report',
  states: {
    reported: { step: 'report' },
    verifying: { step: 'file' },
    verified: { step: 'file' },
    filed: { step: 'dispatch' },
    linked: { step: 'dispatch' },
    dispatched: { step: 'handle' },
    disputed: { step: 'dispatch' },
    handling: { step: 'handle' },
    paused: { step: 'handle' },
    handled: { step: 'check' },
    checked: { step: 'check' },
    closed: { step: 'evaluate' },
    evaluated: { step: 'evaluate', final: true },
    voided: { step: 'file', final: true },
  },
  strands: {
    coHandle: ['asked'],
    whistle: ['called', 'arrived'],
    supervise: ['ordered', 'replied'],
    extension: ['asked', 'endorsed'],
    suspension: ['asked', 'endorsed'],
    appeal: ['asked', 'endorsed'],
  },
  onDue: { resume: 'auto-resume', raise: 'raise' },
  moves: [...filing, ...dispatching, ...handling, ...closing, ...linking, ...together, ...requests, ...notes],
}
