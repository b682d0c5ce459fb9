/** What each indicator (指标) says, in both languages, with its formula (standards §1.7). */
export const definitions = [
  { indicator: 'filed', zh: '立案率', en: 'Filing rate', formulaZh: '立案数 ÷ 上报数（期内收到）', formulaEn: 'filed ÷ reported (received in the period)' },
  { indicator: 'dispatched', zh: '派遣率', en: 'Dispatch rate', formulaZh: '派遣数 ÷ 立案数（不含作废）', formulaEn: 'dispatched ÷ filed (voided left out)' },
  {
    indicator: 'handled',
    zh: '处置率',
    en: 'Handling rate',
    formulaZh: '处置数 ÷ 应处置数（已派遣且未作废）',
    formulaEn: 'handled ÷ to be handled (dispatched and not voided)',
  },
  {
    indicator: 'handledOnTime',
    zh: '按期处置率',
    en: 'On-time handling rate',
    formulaZh: '按期处置数 ÷ 应处置数（申诉中和申诉成立的超时另计）',
    formulaEn: 'handled in time ÷ to be handled (timeouts under appeal or excused by one are counted apart)',
  },
  { indicator: 'closed', zh: '结案率', en: 'Closing rate', formulaZh: '结案数 ÷ 应结案数（已处置）', formulaEn: 'closed ÷ to be closed (handled)' },
  { indicator: 'closedOnTime', zh: '按期结案率', en: 'On-time closing rate', formulaZh: '按期结案数 ÷ 应结案数', formulaEn: 'closed in time ÷ to be closed' },
  { indicator: 'sentBack', zh: '返工率', en: 'Rework rate', formulaZh: '处置后被退回的案件数 ÷ 处置数', formulaEn: 'cases sent back after handling ÷ handled' },
  { indicator: 'answered', zh: '评价回收率', en: 'Answer rate', formulaZh: '上报人已评价数 ÷ 结案数', formulaEn: 'answered by the reporter ÷ closed' },
  { indicator: 'fixed', zh: '解决率', en: 'Fixed rate', formulaZh: '上报人认为已解决数 ÷ 已评价数', formulaEn: 'said to be fixed ÷ answered' },
  {
    indicator: 'satisfied',
    zh: '满意率',
    en: 'Satisfaction rate',
    formulaZh: '（满意＋基本满意） ÷ 已评价数',
    formulaEn: '(satisfied + basically satisfied) ÷ answered',
  },
] as const
