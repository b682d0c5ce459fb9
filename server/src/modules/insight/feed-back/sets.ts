import type { AnswerOf } from '@linli/contract/endpoint'
import type { feedBack as contract } from '@linli/contract/endpoints/feed-back'

type Register = AnswerOf<typeof contract.register>['rows'][number]
export type SetName = Register['set']
type Field = Register['fields'][number]

const field = (name: string, type: Field['type'], zh: string, en: string): Field => ({ field: name, type, zh, en })
const AREA = [field('areaCode', 'text', '区域编码', 'Area code'), field('areaName', 'text', '区域名称', 'Area name')]
const CASES = [
  field('received', 'number', '受理数', 'Received in the month'),
  field('filed', 'number', '立案数', 'of these filed'),
  field('handled', 'number', '处置数', 'of these handled'),
  field('handledOnTime', 'number', '按期处置数', 'of these handled on time'),
  field('closed', 'number', '结案数', 'of these closed'),
  field('closedOnTime', 'number', '按期结案数', 'of these closed on time'),
  field('toClose', 'number', '应结案数（已处置；申诉中和申诉成立的超时另计）', 'to be closed (handled; timeouts under appeal or excused by one apart)'),
  field('closedOnTimeShare', 'share', '按期结案率（按期结案÷应结案）', 'Closed on time ÷ to be closed'),
  field('open', 'number', '在办数', 'of these still open'),
]

/** What is fed back (数据反哺), set by set: what each holds, its fields in their order, and where it comes from. */
export const sets: readonly Omit<Register, 'refreshedAt'>[] = [
  {
    set: 'cases',
    zh: '案件：按下级区域',
    en: 'Cases, by the areas below',
    fields: [...AREA, ...CASES],
    source: 'cases_pub.case_fact',
  },
  {
    set: 'matters',
    zh: '案件：按事项',
    en: 'Cases, by matter',
    fields: [field('matterKey', 'text', '事项编码', 'Matter key'), field('matterName', 'text', '事项名称', 'Matter name'), ...CASES],
    source: 'cases_pub.case_fact',
  },
  {
    set: 'duties',
    zh: '巡查任务：按下级区域',
    en: 'Recurring duties, by the areas below',
    fields: [
      ...AREA,
      field('due', 'number', '应巡数', 'Due'),
      field('done', 'number', '按期完成数', 'Done in time'),
      field('late', 'number', '逾期补办数', 'Done late'),
      field('excused', 'number', '免办数', 'Excused'),
      field('missed', 'number', '漏巡数', 'Missed'),
      field('onTimeShare', 'share', '按期完成率（按期完成÷（应巡－免办））', 'Done in time ÷ (due − excused)'),
    ],
    source: 'patrol',
  },
  {
    set: 'components',
    zh: '部件：按类型与状态（现状，与月份无关）',
    en: 'Components, by type and state (as they are now, whatever the month)',
    fields: [
      field('scheme', 'text', '编码体系', 'Scheme'),
      field('typeCode', 'text', '小类编码', 'Type code'),
      field('state', 'text', '状态', 'State'),
      field('count', 'number', '数量', 'Count'),
    ],
    source: 'places_pub.component',
  },
]
