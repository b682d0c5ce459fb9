import type { DutyList } from '@linli/contract/city'
import { asked, count, form, item, noted, type Draft } from './form.ts'

const NEIGHBOURHOOD = { zh: '《中共中央 国务院关于加强基层治理体系和治理能力现代化建设的意见》', en: 'Opinions on modernising primary-level governance (2021)' }
const FIRE = { zh: '《消防法》第三十二条', en: 'Fire Protection Law, art. 32' }
const MEDIATION = { zh: '《人民调解法》第十七条', en: 'People’s Mediation Law, art. 17' }
const ELDERLY = { zh: '《老年人权益保障法》第三十八条', en: 'Law on the Rights of the Elderly, art. 38' }
const CHILDREN = { zh: '《未成年人保护法》第四十三条', en: 'Law on the Protection of Minors, art. 43' }
const FLOOD = { zh: '《防洪法》第四十三条', en: 'Flood Control Law, art. 43' }
const FIRE_SERVICE = { zh: '消防救援', en: 'Fire service' }
const POLICE = { zh: '公安派出所', en: 'Police station' }
/** Asked by the fire service and by the police of the same stairs. */
const BUILDINGS = asked('buildings-looked', count('查看楼栋数', 'Buildings looked at'))

/** The nine classes (九类) of grid items, as standards §2.2 proposes them. */
export const classes: DutyList['classes'] = [
  { code: '01', zh: '基础信息', en: 'Basic information' },
  { code: '02', zh: '公共安全', en: 'Public safety' },
  { code: '03', zh: '矛盾纠纷', en: 'Disputes' },
  { code: '04', zh: '社会治安', en: 'Public order' },
  { code: '05', zh: '城市管理', en: 'City management' },
  { code: '06', zh: '生态环境', en: 'Environment' },
  { code: '07', zh: '民生服务', en: 'Services for residents' },
  { code: '08', zh: '特殊群体关爱', en: 'Care for those who need it' },
  { code: '09', zh: '政策宣传与其他', en: 'Information and other duties' },
]

/**
 * The 31 grid items (网格事项) in 9 classes. The numbers are a city's published ones; every text is ours. Forms ask for counts and for what
 * was seen, never for names: whom something is about belongs in the case that a finding opens.
 */
export const drafts: readonly Draft[] = [
  item('houses', '01', '房屋变动核对', 'Check which houses changed', 'monthly', 'all', 'none', {
    how: ['对照房屋清单走一遍，新建、拆除、改变用途的记下数量。', 'Walk the list of houses; note how many were built, pulled down or put to another use.'],
    form: form({ checked: count('核对户数', 'Houses checked'), changed: count('有变动', 'Changed') }),
    basis: NEIGHBOURHOOD,
  }),
  item('residents', '01', '人口变动核对', 'Check who moved in and out', 'monthly', 'all', 'none', {
    how: [
      '只核对变动户数，不在表中登记姓名、证件；确需更新的到社区办理。',
      'Count households that changed; write no names or papers here. Changes are registered at the community office.',
    ],
    form: form({ moved: count('变动户数', 'Households that changed') }),
  }),
  item('shops', '01', '门店单位核对', 'Check shops and firms', 'quarterly', 'workdays', 'none', {
    how: ['核对沿街门店和单位开停业情况，更新数量。', 'Check which shops and firms opened or closed.'],
    form: form({ opened: count('新开', 'Opened'), closed: count('关停', 'Closed') }),
  }),
  item('components', '01', '公共设施核对', 'Check public facilities', 'quarterly', 'all', 'position', {
    how: ['抽查井盖、路灯、座椅等设施是否与台账一致，缺损的上报。', 'Compare covers, lamps and benches with the list; report what is missing or broken.'],
    form: form({ checked: count('核对件数', 'Facilities checked') }),
    finds: ['cover', 'lamp'],
  }),
  item('fire-lanes', '02', '消防通道巡查', 'Walk the fire lanes', 'daily', 'all', 'position', {
    how: [
      '查看消防通道、疏散楼梯是否畅通，堵塞的当场劝离，劝不动的上报。',
      'See that fire lanes and stairs are free; ask people to clear them, and report what they do not.',
    ],
    form: form({ buildings: BUILDINGS, cleared: count('当场清理处数', 'Cleared on the spot') }, FIRE_SERVICE),
    finds: ['fireLane', 'stairs'],
    basis: FIRE,
  }),
  item('e-bikes', '02', '电动自行车停放充电巡查', 'Look for e-bikes charged indoors', 'daily', 'all', 'photo', {
    how: ['查看楼道、架空层有无违规停放和飞线充电。', 'Look for e-bikes and loose charging wires in stairwells and under buildings.'],
    form: form({ buildings: BUILDINGS, persuaded: count('劝离辆数', 'Moved after a word') }, POLICE),
    finds: ['eBike'],
    basis: FIRE,
  }),
  item('gas', '02', '燃气使用安全走访', 'Visit users of gas', 'weekly', 'workdays', 'photo', {
    how: [
      '走访餐饮等用气场所，看气瓶存放、软管和报警器；发现泄漏立即撤离并拨打抢修电话。',
      'Visit restaurants: bottles, hoses, alarms. On a leak leave at once and call the gas company.',
    ],
    form: form({ visited: count('走访户数', 'Places visited'), reminded: count('当场提醒', 'Reminded') }),
    finds: ['gas'],
  }),
  item('old-houses', '02', '老旧房屋外观巡查', 'Look at old houses from outside', 'monthly', 'all', 'photoAndPosition', {
    how: ['看外墙、阳台、檐口有无开裂、倾斜、脱落。', 'Look for cracks, tilting and loose parts on walls, balconies and eaves.'],
    form: form({ looked: count('巡查栋数', 'Buildings looked at') }),
    finds: ['building'],
  }),
  item('after-rain', '02', '强降雨后巡查', 'Go round after heavy rain', 'afterEvent', 'all', 'photoAndPosition', {
    how: [
      '查看低洼积水、边坡、树木、线缆和地下空间，先警示再上报。',
      'Look at low ground, slopes, trees, wires and basements; warn people first, then report.',
    ],
    form: form({ points: count('查看点位', 'Points looked at') }),
    finds: ['water', 'collapse', 'wire'],
    basis: FLOOD,
  }),
  item('disputes', '03', '矛盾纠纷排查', 'Ask after disputes', 'weekly', 'all', 'none', {
    how: [
      '向楼组长、物业了解有无新纠纷，只记数量；需要调解的上报，由调解组织受理。',
      'Ask wardens and property managers about new disputes; note the number only. What needs mediation is reported.',
    ],
    form: form({ found: count('新发现', 'New'), settled: count('就地化解', 'Settled on the spot') }),
    finds: ['neighbours'],
    basis: MEDIATION,
  }),
  item('dispute-return', '03', '已调解纠纷回访', 'Look back at settled disputes', 'monthly', 'workdays', 'none', {
    how: ['回访上月就地化解的纠纷，看是否反复。', 'Ask whether last month’s settled disputes have stayed settled.'],
    form: form({ visited: count('回访件数', 'Visited'), returned: count('反复件数', 'Came back') }),
    finds: ['neighbours'],
  }),
  item('wages', '03', '工地欠薪线索了解', 'Ask about unpaid wages', 'monthly', 'workdays', 'none', {
    how: [
      '向工地和小企业工人了解工资支付情况，有欠薪线索的上报并告知维权渠道。',
      'Ask workers whether they are paid; report arrears and tell them where to turn.',
    ],
    form: form({ asked: count('了解处数', 'Places asked') }),
    finds: ['wages'],
  }),
  item('evening-patrol', '04', '治安巡逻', 'Walk the evening round', 'daily', 'all', 'position', {
    how: [
      '晚间沿主要路线走一遍，看门禁、照明和公共秩序；遇违法行为报警，不自行处置。',
      'Walk the main route in the evening: gates, lights, order. On an offence call the police and do not step in.',
    ],
    form: form({ minutes: count('巡逻分钟', 'Minutes') }),
    finds: ['order', 'lamp'],
  }),
  item('dogs', '04', '文明养犬巡查', 'Look after dogs in public', 'weekly', 'all', 'none', {
    how: ['提醒拴绳、清理粪便，反复劝阻无效或有伤人危险的上报。', 'Remind owners of leash and cleaning; report what words do not mend or what is dangerous.'],
    form: form({ reminded: count('提醒次数', 'Reminded') }),
    finds: ['dog'],
  }),
  item('schools', '04', '校园周边秩序巡查', 'Stand by the school gate', 'daily', 'workdays', 'none', {
    how: ['上放学时段看护秩序，疏导乱停车和游商。', 'Be at the gate when school begins and ends; keep the way free of cars and stalls.'],
    form: form({ times: count('到场次数', 'Times there') }),
    finds: ['stalls', 'order'],
    basis: CHILDREN,
  }),
  item('street', '05', '街面市容巡查', 'Walk the streets', 'daily', 'all', 'position', {
    how: ['看店外经营、占道、乱停非机动车和小广告，能劝即劝。', 'Look for goods on the pavement, stalls, badly parked bicycles and stickers; a word first.'],
    form: form({ mended: count('当场整改', 'Mended on the spot') }),
    finds: ['stalls', 'shopfront', 'bicycles', 'stickers'],
  }),
  item('roads', '05', '道路与井盖巡查', 'Look at roads and covers', 'daily', 'all', 'photoAndPosition', {
    how: ['看路面破损、积水和井盖缺损；井盖缺失先设警示再上报。', 'Look for broken road, standing water and covers; guard an open hole first, then report.'],
    form: form({ guarded: count('设置警示', 'Guarded') }),
    finds: ['road', 'cover', 'water', 'collapse'],
  }),
  item('building-works', '05', '施工与违建巡查', 'Look at building works', 'weekly', 'all', 'photo', {
    how: ['看有无新增搭建、工地围挡和夜间施工。', 'Look for new sheds, broken fences round sites and night work.'],
    form: form({ sites: count('查看处数', 'Sites') }),
    finds: ['sheds', 'siteFence'],
  }),
  item('greens', '05', '绿化与设施巡查', 'Look at greens and playgrounds', 'weekly', 'all', 'none', {
    how: ['看树木、绿地、座椅和健身器材，有倒伏或损坏的上报。', 'Look at trees, lawns, benches and exercise machines; report what fell or broke.'],
    form: form({ looked: count('查看处数', 'Places') }),
    finds: ['tree', 'bench'],
  }),
  item('rubbish', '06', '垃圾与环境卫生巡查', 'Look for rubbish', 'daily', 'all', 'photo', {
    how: ['看垃圾桶点、背街小巷有无满溢和乱倒。', 'Look at bins and back lanes for what overflows or was dumped.'],
    form: form({ points: count('查看点位', 'Points') }),
    finds: ['rubbish', 'debris'],
  }),
  item('waters', '06', '河湖沟渠巡查', 'Walk along waters', 'weekly', 'all', 'photoAndPosition', {
    how: ['看水色、气味、漂浮物和排口，异常的拍照上报。', 'Look at colour, smell, floating things and outfalls; photograph what is odd.'],
    form: form({ reaches: count('巡查段数', 'Reaches') }),
    finds: ['dirtyWater', 'pollution'],
  }),
  item('burning', '06', '露天焚烧与油烟噪声巡查', 'Look for open fires, fumes and noise', 'weekly', 'all', 'none', {
    how: ['看有无露天焚烧、烧烤、油烟直排和扰民噪声。', 'Look for open burning, barbecues, kitchen fumes and noise.'],
    form: form({ stopped: count('当场制止', 'Stopped') }),
    finds: ['burning', 'fumes', 'noise'],
  }),
  item('proxy', '07', '代办帮办服务', 'Run errands for residents', 'weekly', 'workdays', 'none', {
    how: ['为出行不便的居民代办政务、缴费等事项，表中只记件数。', 'Do paperwork and payments for people who cannot go out; note the number only.'],
    form: form({ done: count('代办件数', 'Errands') }),
  }),
  item('opinions', '07', '民情意见收集', 'Collect what people say', 'weekly', 'all', 'none', {
    how: ['倾听居民意见，能答复的当场答复，需要部门办的逐件上报。', 'Listen; answer what you can, and report each thing that a department must do.'],
    form: form({ heard: count('听取条数', 'Heard'), answered: count('当场答复', 'Answered') }),
    finds: ['road', 'rubbish', 'noise'],
  }),
  item('utilities', '07', '水电气暖保障走访', 'Ask after water, power, gas and heat', 'monthly', 'all', 'none', {
    how: ['了解供水、供电、供气、供暖情况，停供和泄漏的立即上报。', 'Ask about supply; report failures and leaks at once.'],
    form: form({ asked: count('走访户数', 'Homes asked') }),
    finds: ['waterPipe', 'gasPipe'],
  }),
  item('elderly', '08', '独居老人探访', 'Visit elderly people who live alone', 'weekly', 'all', 'none', {
    how: [
      '上门或电话问候愿意被探访的老人，表中只记人数；身体不适先拨 120。',
      'Visit or call those who wish it; note the number only. If somebody is unwell, call 120 first.',
    ],
    form: form({ visited: count('探访人数', 'Visited'), helped: count('需要帮助', 'Need help') }),
    basis: ELDERLY,
  }),
  item('children', '08', '留守困境儿童走访', 'Visit children who need care', 'monthly', 'all', 'none', {
    how: [
      '由受过培训的人员走访，了解生活和监护情况；有侵害线索立即强制报告。',
      'Only by trained people. Any sign of harm is reported at once, as the law demands.',
    ],
    form: form({ visited: count('走访人数', 'Visited') }),
    basis: CHILDREN,
  }),
  item('disabled', '08', '残疾人走访与无障碍巡查', 'Visit disabled people and look at ramps', 'monthly', 'all', 'none', {
    how: ['问候愿意被走访的残疾人，同时查看坡道、盲道是否被占。', 'Visit those who wish it, and see that ramps and tactile paving are free.'],
    form: form({ visited: count('走访人数', 'Visited'), blocked: count('被占处数', 'Blocked') }),
    finds: ['bicycles', 'road'],
  }),
  item('publicity', '09', '政策与安全宣传', 'Tell people what is new and safe', 'monthly', 'all', 'none', {
    how: ['按当月主题宣传惠民政策、反诈和安全常识。', 'Explain this month’s benefits, frauds and safety advice.'],
    form: form({ reached: count('宣传人次', 'People reached') }),
  }),
  item('volunteers', '09', '志愿活动组织', 'Bring volunteers together', 'quarterly', 'all', 'none', {
    how: ['组织一次邻里志愿活动，参加自愿。', 'Hold one neighbourhood activity; joining is free.'],
    form: form({ joined: count('参加人数', 'Joined') }),
  }),
  item('assigned', '09', '临时交办事项', 'What is assigned besides', 'afterEvent', 'workdays', 'none', {
    how: [
      '完成依规下达的临时任务；不在社区职责清单内的可以说明理由退回。',
      'Do what is lawfully assigned; what is not on the community’s list of duties may be sent back with a reason.',
    ],
    form: form({ ...noted('办理情况', 'What was done') }),
  }),
]
