import type { screen as source } from '../zh-cn/screen.ts'

/** Words of the shared parts in English. */
export const screen: Record<keyof typeof source, string> = {
  'problem.CONNECTION_LOST': 'The server cannot be reached', 'problem.CONNECTION_LOST.do': 'Check the network; it is tried again by itself', 'problem.ANSWER_UNREADABLE': 'The server’s answer cannot be read', 'problem.ANSWER_UNREADABLE.do': 'Try again in a while', 'problem.request': 'Request {id}',
  'common.pair': '{name}: {value}', 'common.broke': 'Something on this page broke', 'common.reload': 'Load again', 'common.retry': 'Try again', 'common.close': 'Close', 'common.cancel': 'Cancel', 'common.sending': 'Sending…', 'common.loading': 'Loading…', 'common.more': 'Show more', 'common.copy': 'Copy', 'common.copied': 'Copied', 'common.remove': 'Remove', 'common.back': 'Back', 'common.none': '—', 'common.optional': 'optional',
  'time.justNow': 'just now', 'time.minutesAgo': '{n} min ago', 'time.hoursAgo': '{n} h ago', 'time.daysAgo': '{n} d ago',
  'time.left': '{span} left', 'time.over': '{span} late', 'time.days': '{n} d', 'time.hours': '{n} h', 'time.minutes': '{n} min', 'time.seconds': '{n} s',

  'case.number': 'Case number', 'case.round': 'Round {n}', 'case.overdue': 'Overdue', 'case.said': 'What was said', 'case.place': 'Place', 'case.matter': 'Matter', 'case.noMatter': 'Matter not decided yet', 'case.noPlace': 'No place yet', 'case.noOwner': 'Not dispatched yet',
  'case.filingCondition': 'Filing condition', 'case.closingCondition': 'Closing condition', 'case.limit': 'Limit', 'case.edition': 'Catalogue edition {n} · row {row}', 'case.clocks': 'Clocks', 'case.owner': 'Responsible unit', 'case.advice': 'Advised owner', 'case.filing': 'Filing',
 'case.photo': 'Photo {n}', 'case.file': 'File {n}', 'case.photoFailed': 'The photo cannot be shown', 'case.reporter': 'Reporter', 'case.reply': 'Reply to the reporter', 'case.moves': 'What I can do', 'case.otherMoves': 'Other moves ({n})', 'case.noMoves': 'Your post has nothing to do here now', 'case.channel': 'Channel', 'case.openedAt': 'Reported', 'case.saidAt': 'Happened',
 'case.provisional': 'provisional until that year’s holidays are published', 'case.dueAt': 'due {at}', 'case.doneInTime': 'done in time', 'case.doneLate': 'done late', 'case.flags': 'Mind: the text {flags}',

  'ledger.title': 'Ledger', 'ledger.intact': 'Hash chain intact', 'ledger.broken': 'The hash chain is broken: a line may have been changed', 'ledger.entry': 'Line {n}', 'ledger.copyHash': 'Copy the whole hash', 'ledger.erased': 'The words were erased by law; the line and its hash remain', 'ledger.system': 'The program, by rule', 'ledger.public': 'The public',
  'ledger.toOwner': 'to {name}', 'ledger.condition': '{matter} · row {row}', 'ledger.rule': 'rule {rule}', 'ledger.due': '{stage}: due {at}', 'ledger.reply': 'Reply: {text}', 'ledger.empty': 'No lines yet',

  'ledger.closingMet': 'Closing condition met', 'form.matterFirst': 'Choose a matter first, then one of its conditions', 'form.missing': 'Please fill in', 'form.chooseReason': 'Choose a reason', 'form.chooseCondition': 'Choose a filing condition', 'form.chooseOwner': 'Choose the responsible unit', 'form.chooseMatter': 'Search matters by name or code', 'form.addFiles': 'Add photos or files', 'form.filesHint': 'JPEG, PNG, WebP or PDF, 20 MB each at most, up to 9', 'form.uploading': 'Uploading {name}', 'form.tooLarge': '{name} is larger than 20 MB', 'form.fileFailed': '{name}: {what}. {todo}', 'form.tooMany': 'At most 9 attachments',
  'form.replyHint': 'The reporter will read this', 'form.noteHint': 'Goes into the ledger, for those who work on the case', 'form.closingMet': 'This closing condition is met', 'form.closingNeeded': 'A case closes only when its condition is met', 'form.byAdvice': 'advised by rule', 'form.makeMove': 'Confirm: {move}', 'form.noRows': 'This matter has no condition rows', 'form.stale': 'Somebody has just moved the case; it was reloaded, please look again', 'form.done': '{move}: done',

  'map.label': 'Map of the city’s grids and cases', 'map.zoomIn': 'Zoom in', 'map.zoomOut': 'Zoom out', 'map.home': 'Whole city', 'map.failed': 'The map cannot be shown: this browser has no WebGL', 'map.legend': 'Legend',
}
