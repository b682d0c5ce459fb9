import type { loop as source } from '../zh-cn/loop.ts'

/** The words of the loop in English. */
export const loop: Record<keyof typeof source, string> = {
  'step.report': 'Report', 'step.file': 'File', 'step.dispatch': 'Dispatch', 'step.handle': 'Handle', 'step.check': 'Check', 'step.evaluate': 'Evaluate',

  'state.reported': 'To be accepted', 'state.verifying': 'Being verified', 'state.verified': 'Verified', 'state.filed': 'To be dispatched', 'state.dispatched': 'To be taken up', 'state.handling': 'Being handled',
  'state.handled': 'To be checked', 'state.checked': 'To be closed', 'state.closed': 'Closed', 'state.evaluated': 'Evaluated', 'state.voided': 'Not filed',

  'move.report': 'Report', 'move.auto-file': 'File by rule', 'move.auto-reject': 'Answer by rule', 'move.ask-verify': 'Ask to verify', 'move.verify': 'Confirm on site', 'move.not-found': 'Nothing found', 'move.file': 'File',
  'move.void': 'Do not file', 'move.dispatch': 'Dispatch', 'move.auto-dispatch': 'Dispatch by rule', 'move.return-to-acceptor': 'Return to acceptor', 'move.accept': 'Take up', 'move.return-to-dispatcher': 'Return to dispatcher', 'move.handle': 'Handled',
  'move.check': 'Pass the check', 'move.substandard': 'Fail the check', 'move.close': 'Close', 'move.rework': 'Send back for rework', 'move.evaluate': 'Evaluate', 'move.reopen': 'Reopen', 'move.review': 'Accept again', 'move.note': 'Leave a note', 'move.overdue': 'Overdue',

  'kind.forward': 'Forward', 'kind.back': 'Send back', 'kind.void': 'Not filed', 'kind.reopen': 'Reopen', 'kind.note': 'Note',

  'need.reason': 'Reason', 'need.condition': 'Filing condition', 'need.closingCondition': 'Closing condition', 'need.evidence': 'Photos or files from the site', 'need.note': 'What happened', 'need.publicReply': 'Reply to the reporter', 'need.owner': 'Responsible unit',
  'need.notHandler': 'Not the handler', 'need.notScored': 'Not the scored unit', 'need.noEarlierMove': 'Took no part in the case',

  'reason.filing-rule': 'A filing rule applies', 'reason.dispatch-rule': 'A dispatch rule applies', 'reason.nothing-there': 'Nothing found there', 'reason.place-unclear': 'The place is unclear', 'reason.no-access': 'No access to the site',
  'reason.condition-not-met': 'Filing condition not met', 'reason.duplicate': 'Reported before', 'reason.outside-duty': 'Outside our duties', 'reason.withdrawn': 'Withdrawn by the reporter',
  'reason.condition-wrong': 'Wrong condition', 'reason.matter-wrong': 'Wrong matter', 'reason.place-wrong': 'Wrong place', 'reason.not-our-duty': 'Not our unit’s duty', 'reason.not-our-area': 'Not in our area', 'reason.other-owner': 'Another unit is responsible',
  'reason.not-done': 'Nothing was done', 'reason.partly-done': 'Only partly done', 'reason.new-damage': 'Caused new damage', 'reason.evidence-unclear': 'The photos are unclear', 'reason.closing-condition-not-met': 'Closing condition not met', 'reason.wrong-owner': 'Sent to the wrong unit', 'reason.reporter-disagrees': 'The reporter disagrees',
  'reason.not-fixed': 'Not put right', 'reason.came-back': 'It came back', 'reason.wrongly-closed': 'Closed by mistake', 'reason.reporter-asks': 'The reporter asks for a review', 'reason.new-fact': 'There is a new fact', 'reason.wrongly-voided': 'Wrongly not filed',
  'reason.accept': 'Acceptance overdue', 'reason.verify': 'Verification overdue', 'reason.dispatch': 'Dispatch overdue', 'reason.handle': 'Handling overdue', 'reason.check': 'Check overdue',

  'stage.accept': 'Acceptance', 'stage.verify': 'Verification', 'stage.dispatch': 'Dispatch', 'stage.handle': 'Handling', 'stage.check': 'Check',
  'clock.urgentMinute': '{n} min, day and night', 'clock.workMinute': '{n} working minutes', 'clock.urgentHour': '{n} h, day and night', 'clock.urgentDay': '{n} d, day and night', 'clock.workHour': '{n} working hours', 'clock.workDay': '{n} working days', 'clock.naturalDay': '{n} calendar days',

  'channel.web': 'Resident', 'channel.field': 'Grid worker', 'channel.hotline': 'Hotline', 'channel.replay': 'Imported', 'channel.open311': 'Open311', 'channel.sensor': 'Device alarm',
  'role.report': 'Report', 'role.file': 'Accept', 'role.dispatch': 'Dispatch', 'role.handle': 'Handle', 'role.check': 'Check', 'role.evaluate': 'Evaluate', 'role.other': 'Supervise and administer',
  'outcome.filed': 'Filed by rule', 'outcome.rejected': 'Answered by rule', 'outcome.waiting': 'Left to a person',
  'flag.control-characters': 'holds control characters', 'flag.bidi-controls': 'holds characters that turn the text around', 'flag.markup': 'holds markup', 'flag.very-long': 'very long',
  'level.city': 'City', 'level.district': 'District', 'level.street': 'Street', 'level.community': 'Community', 'level.basic': 'Basic grid', 'level.single': 'Micro-grid', 'level.dedicated': 'Dedicated grid',
  'indicator.filed': 'Filed', 'indicator.dispatched': 'Dispatched', 'indicator.handled': 'Handled', 'indicator.handledOnTime': 'Handled on time', 'indicator.closed': 'Closed', 'indicator.closedOnTime': 'Closed on time', 'indicator.sentBack': 'Sent back',
  'purpose.handle-case': 'Handling cases', 'purpose.supervise': 'Supervision', 'purpose.contact-reporter': 'Contacting the reporter', 'purpose.security-audit': 'Security audit', 'purpose.own-account': 'Own account',
}
