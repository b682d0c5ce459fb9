import type { report as source } from '../zh-cn/report.ts'

/** Words of the form for a report in English. */
export const report: Record<keyof typeof source, string> = {
  'report.title': 'Report',
  'report.here': 'Report here',
  'report.moveHere': 'Move the report here',
  'report.text': 'What is the matter',
  'report.textHint': 'Kept word for word',
  'report.placeHint': 'Click elsewhere on the map to change the place',
  'report.address': 'Address',
  'report.addressHint': 'House number, crossing or landmark',
  'report.reporter': 'Name and contact of the reporter (optional)',
  'report.reporterHint': 'Only for contacting the reporter; each look at it is recorded',
  'report.name': 'Name',
  'report.contact': 'Contact',
  'report.matter': 'Leave it empty when unsure: an acceptor will decide',
  'report.conditionHint': 'Only with a row chosen can the rules file it at once',
  'report.send': 'Send the report',
  'report.clear': 'Discard and close',
  'report.wrong': '{what}. {todo}',
  'report.done': 'Reported as {number}: {outcome}',
  'report.elsewhere': 'This place is outside your area: others work on the case, and you cannot open it',
}
