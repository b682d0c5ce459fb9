/** Words of the loop: steps, states, moves, needs, reasons, stages, clocks and roles. A city overrides them by the same keys. */
export const loop = {
  'step.report': '上报', 'step.file': '立案', 'step.dispatch': '派遣', 'step.handle': '处置', 'step.check': '核查', 'step.evaluate': '评价',

  'state.reported': '待受理', 'state.verifying': '核实中', 'state.verified': '已核实', 'state.filed': '待派遣', 'state.dispatched': '待接收', 'state.handling': '处置中',
  'state.handled': '待核查', 'state.checked': '待结案', 'state.closed': '已结案', 'state.evaluated': '已评价', 'state.voided': '不予立案',

  'move.report': '上报', 'move.auto-file': '自动立案', 'move.auto-reject': '自动答复不受理', 'move.ask-verify': '请人核实', 'move.verify': '核实属实', 'move.not-found': '核实不属实', 'move.file': '立案',
  'move.void': '不予立案', 'move.dispatch': '派遣', 'move.auto-dispatch': '自动派遣', 'move.return-to-acceptor': '退回受理', 'move.accept': '接收', 'move.return-to-dispatcher': '退回派遣', 'move.handle': '处置完毕',
  'move.check': '核查通过', 'move.substandard': '核查不合格', 'move.close': '结案', 'move.rework': '退回重办', 'move.evaluate': '评价', 'move.reopen': '重新办理', 'move.review': '重新受理', 'move.note': '批示留言', 'move.overdue': '超时',

  'kind.forward': '办理', 'kind.back': '退回', 'kind.void': '不予立案', 'kind.reopen': '重办', 'kind.note': '留言',

  'need.reason': '理由', 'need.condition': '立案条件', 'need.closingCondition': '结案条件', 'need.evidence': '现场照片或文件', 'need.note': '情况说明', 'need.publicReply': '给上报人的答复', 'need.owner': '责任单位',
  'need.notHandler': '非处置人', 'need.notScored': '非被考核单位', 'need.noEarlierMove': '未经办本案',

  'reason.filing-rule': '符合立案规则', 'reason.dispatch-rule': '符合派遣规则', 'reason.nothing-there': '现场没有发现', 'reason.place-unclear': '地点不清', 'reason.no-access': '无法进入现场',
  'reason.condition-not-met': '未达到立案条件', 'reason.duplicate': '重复上报', 'reason.outside-duty': '不属于职责范围', 'reason.withdrawn': '上报人撤回',
  'reason.condition-wrong': '立案条件选错', 'reason.matter-wrong': '事项选错', 'reason.place-wrong': '地点有误', 'reason.not-our-duty': '不属于本单位职责', 'reason.not-our-area': '不在本单位辖区', 'reason.other-owner': '应由其他单位负责',
  'reason.not-done': '没有处置', 'reason.partly-done': '处置不彻底', 'reason.new-damage': '造成新的问题', 'reason.evidence-unclear': '照片看不清', 'reason.closing-condition-not-met': '未达到结案条件', 'reason.wrong-owner': '派错单位', 'reason.reporter-disagrees': '上报人不认可',
  'reason.not-fixed': '问题没有解决', 'reason.came-back': '问题再次出现', 'reason.wrongly-closed': '错误结案', 'reason.reporter-asks': '上报人申请复核', 'reason.new-fact': '有新的情况', 'reason.wrongly-voided': '错误不予立案',
  'reason.accept': '受理超时', 'reason.verify': '核实超时', 'reason.dispatch': '派遣超时', 'reason.handle': '处置超时', 'reason.check': '核查超时',

  'stage.accept': '受理时限', 'stage.verify': '核实时限', 'stage.dispatch': '派遣时限', 'stage.handle': '处置时限', 'stage.check': '核查时限',
  'clock.urgentMinute': '{n} 分钟（不分昼夜）', 'clock.workMinute': '{n} 分钟（工作时间）', 'clock.urgentHour': '{n} 紧急工作时', 'clock.urgentDay': '{n} 紧急工作日', 'clock.workHour': '{n} 小时（工作时间）', 'clock.workDay': '{n} 个工作日', 'clock.naturalDay': '{n} 个自然日',

  'channel.web': '居民上报', 'channel.field': '网格员上报', 'channel.hotline': '热线', 'channel.replay': '历史导入', 'channel.open311': 'Open311', 'channel.sensor': '设备报警',
  'role.report': '上报', 'role.file': '受理', 'role.dispatch': '派遣', 'role.handle': '处置', 'role.check': '核查', 'role.evaluate': '评价', 'role.other': '督办与管理',
  'outcome.filed': '自动立案', 'outcome.rejected': '自动答复', 'outcome.waiting': '转人工受理',
  'flag.control-characters': '含控制字符', 'flag.bidi-controls': '含改变文字方向的字符', 'flag.markup': '含网页标记', 'flag.very-long': '很长',
  'level.city': '市', 'level.district': '区', 'level.street': '街道', 'level.community': '社区', 'level.basic': '基础网格', 'level.single': '微网格', 'level.dedicated': '专属网格',
  'indicator.filed': '立案率', 'indicator.dispatched': '派遣率', 'indicator.handled': '处置率', 'indicator.handledOnTime': '按期处置率', 'indicator.closed': '结案率', 'indicator.closedOnTime': '按期结案率', 'indicator.sentBack': '返工率',
  'purpose.handle-case': '办理案件', 'purpose.supervise': '监督考核', 'purpose.contact-reporter': '联系上报人', 'purpose.security-audit': '安全审计', 'purpose.own-account': '本人账户',
} as const
