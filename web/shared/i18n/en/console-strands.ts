import type { deskStrands as source } from '../zh-cn/console-strands.ts'

/** Words of whistles, orders and requests in English. */
export const deskStrands: Record<keyof typeof source, string> = {
  'strands.lead': 'Whistles want people, orders want replies, requests want decisions; open the case by its number',
  'strands.view': 'View',
  'strands.view.mine': 'Waiting for me',
  'strands.view.whistle': 'Whistles',
  'strands.view.supervise': 'Orders',
  'strands.view.requests': 'Requests',
  'strands.view.all': 'All',
  'strands.kind': 'Kind',
  'strands.anyKind': 'Every kind',
  'strands.noShows': 'No-shows only',
  'strands.late': 'Late only',
  'strands.showEnded': 'Include ended',
  'strands.case': 'Case',
  'strands.to': 'Put to',
  'strands.by': 'From',
  'strands.opened': 'Since',
  'strands.due': 'Due',
  'strands.noShow': 'No-show at',
  'strands.ranOut': 'Ran out',
  'strands.noneMine': 'Nothing waits for you',
  'strands.none': 'Nothing fits',
  'strands.seeAll': 'Look at everything open',
}
