import type { Stage } from '@linli/contract/workflow'

/**
 * What every event does to every clock, written by hand: sources as in the table of legal moves, and the recorded failures of peers §1.19
 * where a line is there because somebody else's engine got it wrong. An event that a line does not name leaves the clock as it is:
 * running on with the same end, or standing still with the same rest.
 */
export interface ClockLine {
  /** Begins with its whole limit, also where one runs or stands still: that one is over. */
  readonly starts: string
  readonly stops: string
  readonly pauses?: string
  readonly resumes?: string
  readonly extends?: string
}

export const CLOCKS: Readonly<Record<Exclude<Stage, 'raise'>, ClockLine>> = {
  // G: acceptance runs from the report, and again when the case comes back to the acceptor; a link lets it stand (D5m, zammad #904).
  accept: {
    starts: 'report verify not-found return-to-acceptor review',
    stops: 'ask-verify file auto-file void auto-reject close-linked',
    pauses: 'link',
    resumes: 'unlink auto-unlink',
  },
  // S1.5: 核实.
  verify: { starts: 'ask-verify', stops: 'verify not-found' },
  // G: dispatch runs from filing, and from every way back to the dispatcher (S1.5); reopening begins anew.
  dispatch: {
    starts: 'file auto-file recall rework reopen',
    stops: 'dispatch auto-dispatch return-to-acceptor void close-linked',
    pauses: 'link',
    resumes: 'unlink auto-unlink',
  },
  // S1.5, G: handling runs from the dispatch until the work is done; a new owner, substandard work and “not fixed” have a whole limit again;
  // dispute, pause and suspension let it stand; an extension moves its end. Taking up, escalating and linking leave it alone (D4).
  handle: {
    starts: 'dispatch auto-dispatch uphold-refusal substandard not-fixed',
    stops: 'handle recall close-linked',
    pauses: 'refuse pause grant-suspension',
    resumes: 'overrule-refusal resume auto-resume',
    extends: 'grant-extension',
  },
  // S1.5: 核查 until the close or the way back; a check that passed does not end it, closing does.
  check: { starts: 'handle', stops: 'close substandard rework' },
  // D6: 签收, by whoever the case comes to next.
  takeUp: {
    starts: 'dispatch auto-dispatch uphold-refusal overrule-refusal escalate send-down substandard not-fixed',
    stops: 'accept refuse recall close-linked',
    pauses: 'link',
    resumes: 'unlink auto-unlink',
  },
  // WF 22.
  arbitrate: { starts: 'refuse', stops: 'uphold-refusal overrule-refusal' },
  // G: a pause and a suspension end on their day.
  resume: { starts: 'pause grant-suspension', stops: 'resume auto-resume' },
  // G: each of the two levels has its own time; a request waits also while the case goes on, is reopened or closed.
  approve: {
    starts: 'ask-extension ask-suspension ask-appeal endorse-extension endorse-suspension endorse-appeal',
    stops: 'grant-extension grant-suspension grant-appeal deny-extension deny-suspension deny-appeal withdraw-extension withdraw-suspension withdraw-appeal',
  },
  // WF 22; chatwoot #10178: nobody's clock goes on when the case has ended and nobody can answer any more. Closing waits for every part.
  coHandle: { starts: 'dispatch add-co-handlers', stops: 'co-done co-decline co-release close-linked void auto-reject' },
  // A9; chatwoot #10178.
  reportIn: { starts: 'whistle', stops: 'report-in assess-response close close-linked void auto-reject' },
  // A97: a reply is due also after the end; an order that was not answered well has a new limit.
  supervise: { starts: 'supervise supervise-again', stops: 'supervise-reply supervise-close' },
  // D5m: a linked case promises an answer unless its handling clock runs on and has promised one.
  answer: { starts: 'link', stops: 'unlink auto-unlink close-linked' },
}

/** Clocks that belong to one strand: another strand's move never touches them. */
export const OF_STRANDS: readonly Stage[] = ['approve', 'coHandle', 'reportIn', 'supervise']

/**
 * The ladder of a late case (D6; zammad #3140: it escalated after the answer): begins when taking up or handling is marked, or goes on after
 * having stood still; each step is told once and begins the next; ends when the work is done, the case stands still or goes elsewhere, or
 * nothing is late any more.
 */
export const LADDER_ENDS = 'handle recall pause grant-suspension close-linked'
export const LADDER_RETURNS = 'overrule-refusal resume auto-resume unlink auto-unlink'
