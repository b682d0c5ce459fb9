import type { Workflow } from '../workflow.ts'

const OPEN = ['reported', 'verifying', 'verified', 'filed', 'dispatched', 'handling', 'handled', 'checked'] as const

/**
 * Joint handling of an event (联动处置): the six steps of a city's loop, with two axes kept apart:
 * the supervision centre files, checks and closes; the command centre and departments dispatch and handle
 * (standards §1.1, §1.5; systems A1, A2).
 */
export const jointEvent: Workflow = {
  name: 'joint-event',
  version: 1,
  opening: 'report',
  states: {
    reported: { step: 'report' },
    verifying: { step: 'file' },
    verified: { step: 'file' },
    filed: { step: 'dispatch' },
    dispatched: { step: 'handle' },
    handling: { step: 'handle' },
    handled: { step: 'check' },
    checked: { step: 'check' },
    closed: { step: 'evaluate' },
    evaluated: { step: 'evaluate', final: true },
    voided: { step: 'file', final: true },
  },
  moves: [
    { id: 'report', from: [], to: 'reported', kind: 'forward', party: 'reporter', needs: [], starts: ['accept'], stops: [] },

    { id: 'auto-file', from: ['reported'], to: 'filed', kind: 'forward', party: 'system', needs: ['condition', 'reason'], starts: ['dispatch'], stops: ['accept'], reasons: ['filing-rule'] },
    { id: 'auto-reject', from: ['reported'], to: 'voided', kind: 'void', party: 'system', needs: ['reason', 'publicReply'], starts: [], stops: ['accept'], reasons: ['filing-rule'] },
    { id: 'ask-verify', from: ['reported'], to: 'verifying', kind: 'forward', party: 'acceptor', permission: 'cases.file', needs: [], starts: ['verify'], stops: ['accept'] },
    { id: 'verify', from: ['verifying'], to: 'verified', kind: 'forward', party: 'verifier', permission: 'cases.verify', needs: ['evidence'], starts: ['accept'], stops: ['verify'] },
    {
      id: 'not-found', from: ['verifying'], to: 'reported', kind: 'back', party: 'verifier', permission: 'cases.verify', needs: ['reason'], starts: ['accept'], stops: ['verify'],
      receivers: ['ask-verify'], reasons: ['nothing-there', 'place-unclear', 'no-access'],
    },
    { id: 'file', from: ['reported', 'verified'], to: 'filed', kind: 'forward', party: 'acceptor', permission: 'cases.file', needs: ['condition'], starts: ['dispatch'], stops: ['accept'] },
    {
      id: 'void', from: ['reported', 'verified', 'filed'], to: 'voided', kind: 'void', party: 'acceptor', permission: 'cases.void', needs: ['reason', 'publicReply'], starts: [], stops: ['accept', 'dispatch'],
      reasons: ['condition-not-met', 'duplicate', 'outside-duty', 'withdrawn'],
    },

    { id: 'dispatch', from: ['filed'], to: 'dispatched', kind: 'forward', party: 'dispatcher', permission: 'cases.dispatch', needs: ['owner'], starts: ['handle'], stops: ['dispatch'] },
    { id: 'auto-dispatch', from: ['filed'], to: 'dispatched', kind: 'forward', party: 'system', needs: ['owner', 'reason'], starts: ['handle'], stops: ['dispatch'], reasons: ['dispatch-rule'] },
    {
      id: 'return-to-acceptor', from: ['filed'], to: 'reported', kind: 'back', party: 'dispatcher', permission: 'cases.dispatch', needs: ['reason'], starts: ['accept'], stops: ['dispatch'],
      receivers: ['file'], reasons: ['condition-wrong', 'matter-wrong', 'place-wrong', 'outside-duty'],
    },

    { id: 'accept', from: ['dispatched'], to: 'handling', kind: 'forward', party: 'lead', permission: 'cases.accept', needs: [], starts: [], stops: [] },
    {
      id: 'return-to-dispatcher', from: ['dispatched', 'handling'], to: 'filed', kind: 'back', party: 'lead', permission: 'cases.accept', needs: ['reason'], starts: ['dispatch'], stops: ['handle'],
      receivers: ['dispatch'], reasons: ['not-our-duty', 'not-our-area', 'other-owner'],
    },
    { id: 'handle', from: ['handling'], to: 'handled', kind: 'forward', party: 'lead', permission: 'cases.handle', needs: ['evidence', 'note'], starts: ['check'], stops: ['handle'] },

    { id: 'check', from: ['handled'], to: 'checked', kind: 'forward', party: 'checker', permission: 'cases.check', needs: ['evidence', 'notHandler'], starts: [], stops: [] },
    {
      id: 'substandard', from: ['handled'], to: 'dispatched', kind: 'back', party: 'checker', permission: 'cases.check', needs: ['reason', 'notHandler'], starts: ['handle'], stops: ['check'],
      receivers: ['handle'], reasons: ['not-done', 'partly-done', 'new-damage', 'evidence-unclear'],
    },
    { id: 'close', from: ['checked'], to: 'closed', kind: 'forward', party: 'acceptor', permission: 'cases.close', needs: ['closingCondition', 'publicReply', 'notScored'], starts: [], stops: ['check'] },
    {
      id: 'rework', from: ['checked'], to: 'filed', kind: 'back', party: 'acceptor', permission: 'cases.close', needs: ['reason', 'notScored'], starts: ['dispatch'], stops: ['check'],
      receivers: ['dispatch'], reasons: ['closing-condition-not-met', 'wrong-owner', 'reporter-disagrees'],
    },

    { id: 'evaluate', from: ['closed'], to: 'evaluated', kind: 'forward', party: 'evaluator', permission: 'cases.evaluate', needs: ['noEarlierMove'], starts: [], stops: [] },

    {
      id: 'reopen', from: ['closed', 'evaluated'], to: 'filed', kind: 'reopen', party: 'supervisor', permission: 'cases.reopen', needs: ['reason'], starts: ['dispatch'], stops: [],
      reasons: ['not-fixed', 'came-back', 'wrongly-closed'],
    },
    {
      id: 'review', from: ['voided'], to: 'reported', kind: 'reopen', party: 'supervisor', permission: 'cases.reopen', needs: ['reason'], starts: ['accept'], stops: [],
      reasons: ['reporter-asks', 'new-fact', 'wrongly-voided'],
    },

    { id: 'note', from: [...OPEN, 'closed', 'evaluated', 'voided'], kind: 'note', party: 'supervisor', permission: 'cases.note', needs: ['note'], starts: [], stops: [] },
    { id: 'overdue', from: OPEN, kind: 'note', party: 'system', needs: ['reason'], starts: [], stops: [], reasons: ['accept', 'verify', 'dispatch', 'handle', 'check'] },
  ],
}
