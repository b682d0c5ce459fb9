import type { FilingRuleValue } from '@linli/contract/city'

type Then = FilingRuleValue['then']
type Scope = Partial<Pick<FilingRuleValue, 'matters' | 'channels'>>

const rule = (id: string, then: Then, when: string[], zh: string, en: string, scope: Scope = {}): FilingRuleValue => ({
  id,
  when,
  ...scope,
  // oxlint-disable-next-line unicorn/no-thenable -- `then` is the contract's word, and a rule is never awaited
  then,
  reason: { zh, en },
})

/** What belongs elsewhere by its matter: answered at once with the right door (standards §3.2, the six special routes). */
export const guideRules: readonly FilingRuleValue[] = [
  rule(
    'guide-emergency',
    'reject',
    ['matter.known'],
    '这属于紧急警情，本平台不能及时出警。请立即拨打：报警 110，火警 119，急救 120，交通事故 122。',
    'This is an emergency, and we cannot send help in time. Call now: police 110, fire 119, ambulance 120, traffic accident 122.',
    { matters: ['local-guide-9901'] },
  ),
  rule(
    'guide-legal-route',
    'reject',
    ['matter.known'],
    '这件事已有法定途径（诉讼、仲裁、行政复议或信访），请向受理机关提出；法律援助请拨打 12348。',
    'The law has its own route for this (court, arbitration, review or petition); please apply there. Legal aid: call 12348.',
    { matters: ['local-guide-9902'] },
  ),
  rule(
    'guide-market-service',
    'reject',
    ['matter.known'],
    '这属于市场服务，不在政府职责之内。请先联系经营者；权益受损时可拨打 12315。',
    'This is a service of the market and not a duty of the city. Please ask the business first; if you were wronged, call 12315.',
    { matters: ['local-guide-9903'] },
  ),
]

const KNOWN = ['position.exact', 'matter.known', 'condition.chosen', 'owner.known']

/** The rules after the guides: what is unclear goes to a person, what a colleague reports completely is filed at once (systems A2). */
export const commonRules: readonly FilingRuleValue[] = [
  rule(
    'not-ours',
    'reject',
    ['matter.notOurs'],
    '所选事项不在本市受理范围内。如认为有误，请说明情况并申请人工复核。',
    'The chosen matter is outside this city’s duties. If you think that is wrong, say why and ask a person to review it.',
  ),
  rule(
    'position-missing',
    'person',
    ['position.missing'],
    '没有位置，需要受理员与您核实地点。',
    'There is no position; an acceptor will find out where it is.',
  ),
  rule(
    'position-rounded',
    'person',
    ['position.rounded'],
    '位置过于粗略（坐标经过取整），需要受理员核实地点。',
    'The position is too rough (rounded coordinates); an acceptor will find out where it is.',
  ),
  rule('matter-missing', 'person', ['matter.missing'], '没有选择事项，由受理员判断属于哪一类。', 'No matter was chosen; an acceptor will decide which it is.'),
  rule('text-short', 'person', ['text.short'], '描述过短，需要受理员了解情况。', 'The description is too short; an acceptor will ask what happened.'),
  rule(
    'condition-open',
    'person',
    ['condition.open'],
    '该事项有多种立案条件，由受理员判断适用哪一种。',
    'The matter has several filing conditions; an acceptor will decide which applies.',
  ),
  rule('owner-unknown', 'person', ['!owner.known'], '尚无规则说明由谁负责，由受理员判断。', 'No rule says who is responsible; an acceptor will decide.'),
  rule(
    'staff-complete',
    'file',
    ['reporter.staff', ...KNOWN],
    '工作人员现场上报，位置、事项、条件和责任单位齐全，自动立案。',
    'Reported by staff with place, matter, condition and owner complete: filed automatically.',
    {
      channels: ['field', 'hotline'],
    },
  ),
  rule(
    'replay-complete',
    'file',
    KNOWN,
    '历史记录导入，位置、事项、条件和责任单位齐全，自动立案。',
    'An imported record with place, matter, condition and owner complete: filed automatically.',
    { channels: ['replay'] },
  ),
  rule('web-report', 'person', [], '公众上报须经核实，由受理员受理。', 'Reports from the public are verified first; an acceptor takes it up.', {
    channels: ['web', 'open311'],
  }),
  rule('anything-else', 'person', [], '未匹配到自动规则，由受理员受理。', 'No automatic rule fits; an acceptor takes it up.'),
]
