import type { MatterClass } from '../matters/catalogue.ts'

const MUNICIPAL = '区住房和城乡建设局（市政）'
const URBAN = '区城市管理局'
const WATER = '区水务局'
const GARDENS = '区园林绿化中心'
const base = { scheme: 'gbt30428', domain: 'component', supervisor: '市监督中心' } as const

/** A cover lacks, is broken, rattles or has sunk: the four defects of every manhole. */
function cover(code: string, name: string, owner: string) {
  return {
    code,
    name,
    owner,
    conditions: [
      ['井盖缺失、移位或断裂，行人车辆可能坠入', '先设置围挡警示，井盖恢复完好', '2紧急工作时'],
      ['井盖边角破损，尚无坠入危险', '更换或修复', '4小时'],
      ['车辆经过时井盖松动作响', '加固或加垫，不再作响', '2工作日'],
      ['井盖周边路面沉陷，高差明显', '周边路面修复平整', '5工作日'],
    ],
  } as const
}

/** City components (部件) of the demo city, numbered as GB/T 30428.2 does; the conditions are our own words. */
export const demoComponents: readonly MatterClass[] = [
  {
    ...base,
    classCode: '01',
    className: '公用设施',
    matters: [
      cover('01', '上水井盖', WATER),
      cover('02', '污水井盖', WATER),
      cover('03', '雨水井盖', MUNICIPAL),
      {
        code: '04',
        name: '雨水箅子',
        aliases: ['雨篦子'],
        owner: MUNICIPAL,
        conditions: [
          ['箅子缺失或断裂', '补装完好', '2紧急工作时'],
          ['箅子被泥沙杂物堵塞三分之一以上', '清掏通畅', '1工作日'],
        ],
      },
      {
        code: '26',
        name: '沟槽盖板',
        owner: MUNICIPAL,
        conditions: [
          ['盖板缺失、断裂', '补装或更换', '4小时'],
          ['盖板松动翘起', '加固平整', '2工作日'],
        ],
      },
      {
        code: '27',
        name: '通讯交接箱',
        owner: '通信运营企业',
        conditions: [
          ['箱门敞开或箱体倾倒', '关闭锁好、扶正', '1工作日'],
          ['箱体污损、乱贴', '清洁', '2工作日'],
        ],
      },
      {
        code: '28',
        name: '电力设施',
        owner: '供电企业',
        conditions: [
          ['箱门敞开、线缆外露，有触电危险', '断电隔离并修复', '2紧急工作时'],
          ['箱体破损锈蚀', '修复或更换', '3工作日'],
        ],
      },
      {
        code: '37',
        name: '路灯',
        owner: MUNICIPAL,
        conditions: [
          ['单盏不亮', '恢复照明', '2工作日'],
          ['成片不亮', '恢复照明', '1工作日'],
          ['灯杆倾斜，可能倒伏', '排除危险', '2紧急工作时'],
        ],
      },
      {
        code: '46',
        name: '户外健身设施',
        owner: '区住房和城乡建设局（市政）',
        conditions: [
          ['器材松动、断裂，可能伤人', '停用围挡并修复', '1工作日'],
          ['器材锈蚀、缺件', '修复或更换', '5工作日'],
        ],
      },
      {
        code: '54',
        name: '充电站（桩）',
        owner: '充电设施经营企业',
        conditions: [
          ['外壳破损、漏电报警', '断电停用并修复', '2紧急工作时'],
          ['不能充电', '修复或公示停用', '3工作日'],
        ],
      },
    ],
  },
  {
    ...base,
    classCode: '02',
    className: '道路交通设施',
    matters: [
      {
        code: '04',
        name: '公交站亭（牌）',
        owner: '市交通运输局',
        conditions: [
          ['顶棚、玻璃破损，可能伤人', '清除危险并修复', '1工作日'],
          ['站牌缺失或信息错误', '补装、更正', '3工作日'],
        ],
      },
      {
        code: '12',
        name: '路名牌',
        owner: MUNICIPAL,
        conditions: [
          ['倾倒、缺失', '扶正、补装', '3工作日'],
          ['文字错误、污损', '更正、清洁', '2工作日'],
        ],
      },
      {
        code: '17',
        name: '交通护栏',
        owner: '市公安局',
        conditions: [
          ['倒伏占用车道', '清移恢复', '2紧急工作时'],
          ['缺失、变形', '修复', '3工作日'],
        ],
      },
      { code: '25', name: '非机动车停放点', owner: URBAN, conditions: [['标线不清、设施破损', '修复', '3工作日']] },
    ],
  },
  {
    ...base,
    classCode: '03',
    className: '市容环境设施',
    matters: [
      {
        code: '01',
        name: '公共厕所',
        owner: URBAN,
        conditions: [
          ['设施损坏不能使用', '修复开放', '2工作日'],
          ['地面污水横流、异味严重', '清洁', '4小时'],
        ],
      },
      {
        code: '04',
        name: '垃圾中转站',
        owner: URBAN,
        conditions: [
          ['污水外流、异味扰民', '清洗消杀', '4小时'],
          ['设备损坏停运', '修复并安排替代转运', '2工作日'],
        ],
      },
      {
        code: '05',
        name: '垃圾箱',
        aliases: ['果皮箱'],
        owner: URBAN,
        conditions: [
          ['箱体破损、缺盖', '修复或更换', '2工作日'],
          ['满溢', '清运', '4小时'],
        ],
      },
      {
        code: '06',
        name: '户外广告',
        owner: URBAN,
        conditions: [
          ['画面或支架松脱，可能坠落', '拆除或加固', '2紧急工作时'],
          ['画面破损、字迹不全', '修复或拆除', '3工作日'],
        ],
      },
      {
        code: '07',
        name: '牌匾标识',
        owner: URBAN,
        conditions: [
          ['松动，可能坠落', '加固或拆除', '2紧急工作时'],
          ['缺字、破损', '修复', '3工作日'],
        ],
      },
    ],
  },
  {
    ...base,
    classCode: '04',
    className: '园林绿化设施',
    matters: [
      {
        code: '02',
        name: '行道树',
        owner: GARDENS,
        conditions: [
          ['倒伏或枝干断裂，阻碍通行', '清移，恢复通行', '2紧急工作时'],
          ['枯死', '清除', '2工作日'],
          ['缺株', '按季节补栽', '15工作日'],
        ],
      },
      { code: '07', name: '街头座椅', owner: GARDENS, conditions: [['断裂、缺板', '修复', '3工作日']] },
      { code: '08', name: '绿地护栏', owner: GARDENS, conditions: [['倒伏、缺失', '修复', '3工作日']] },
    ],
  },
  {
    ...base,
    classCode: '05',
    className: '其他部件',
    matters: [
      {
        code: '07',
        name: '水域护栏',
        owner: WATER,
        conditions: [
          ['缺失、断裂，有落水危险', '设置临时防护并修复', '4小时'],
          ['锈蚀变形', '修复', '5工作日'],
        ],
      },
      { code: '06', name: '水域附属设施', owner: WATER, conditions: [['闸门、台阶破损', '修复', '5工作日']] },
    ],
  },
]
