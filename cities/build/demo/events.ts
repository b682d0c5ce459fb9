import type { MatterClass } from '../matters/catalogue.ts'

const MUNICIPAL = '区住房和城乡建设局（市政）'
const URBAN = '区城市管理局'
const WATER = '区水务局'
const GARDENS = '区园林绿化中心'
const base = { scheme: 'gbt30428', domain: 'event', supervisor: '市监督中心' } as const

/** City events (事件) of the demo city: codes and limits as one current city standard has them, conditions in our own words. */
export const demoEvents: readonly MatterClass[] = [
  {
    ...base,
    classCode: '01',
    className: '市容环境',
    matters: [
      {
        code: '01',
        name: '私搭乱建',
        owner: URBAN,
        conditions: [
          ['正在违法搭建', '责令停止并制止', '2紧急工作日制止'],
          ['违法建筑已建成', '按法定程序拆除', '15工作日'],
        ],
      },
      { code: '07', name: '沿街晾挂', owner: URBAN, conditions: [['在沿街护栏、树木、线缆上晾晒吊挂', '清除', '2紧急工作时']] },
      { code: '10', name: '暴露生活垃圾', owner: URBAN, conditions: [['生活垃圾堆放在非收集点', '清除干净', '4小时']] },
      { code: '11', name: '积存垃圾渣土', owner: URBAN, conditions: [['建筑垃圾、渣土成堆', '清除干净', '5工作日']] },
      { code: '12', name: '道路不洁', owner: URBAN, conditions: [['路面有泥沙、积尘、油污', '清扫冲洗', '2小时']] },
      {
        code: '13',
        name: '道路破损',
        owner: MUNICIPAL,
        conditions: [
          ['坑洞较大或较深，影响行车', '修补平整', '5工作日'],
          ['路面塌陷，危及安全', '围挡警示并抢修', '2紧急工作时'],
        ],
      },
      { code: '14', name: '道路遗撒', owner: URBAN, conditions: [['车辆遗撒渣土、货物', '清除干净', '4小时']] },
      { code: '17', name: '绿地脏乱', owner: GARDENS, conditions: [['绿地内有垃圾杂物', '清除干净', '4小时']] },
      { code: '20', name: '焚烧垃圾树叶', owner: URBAN, conditions: [['正在露天焚烧', '扑灭并清理', '2紧急工作时']] },
      { code: '25', name: '水域不洁', owner: WATER, conditions: [['水面有漂浮垃圾、水藻成片', '打捞干净', '2工作日']] },
      { code: '26', name: '河道污染', owner: '市生态环境局', conditions: [['水体变色、有异味或油膜', '查明来源并消除污染', '2工作日']] },
      { code: '28', name: '商业噪音', owner: URBAN, conditions: [['商户用音响招揽，影响居民', '停止', '2紧急工作时']] },
      { code: '29', name: '露天烧烤', owner: URBAN, conditions: [['在禁止区域露天烧烤', '停止并清理', '2紧急工作时']] },
      {
        code: '30',
        name: '乱倒污水',
        owner: WATER,
        conditions: [
          ['商户、摊点向路面倾倒污水', '停止并冲洗', '1工作日'],
          ['污水持续外溢', '查明并整改', '2工作日'],
        ],
      },
      { code: '36', name: '乱堆物堆料', owner: URBAN, conditions: [['占用道路、绿地、公共空间堆放物料', '清除', '1工作日']] },
    ],
  },
  {
    ...base,
    classCode: '02',
    className: '宣传广告',
    matters: [
      { code: '01', name: '非法小广告', owner: URBAN, conditions: [['墙面、杆件、地面张贴喷涂小广告', '清除', '1工作日']] },
      {
        code: '03',
        name: '违规户外广告',
        owner: URBAN,
        conditions: [
          ['临时广告未经批准', '撤除', '1工作日'],
          ['固定广告未经批准', '责令改正或拆除', '5工作日'],
        ],
      },
    ],
  },
  {
    ...base,
    classCode: '03',
    className: '施工管理',
    matters: [
      { code: '01', name: '施工扰民', owner: '市生态环境局', conditions: [['夜间违规施工', '停止', '2紧急工作时']] },
      { code: '04', name: '工地扬尘', owner: '市生态环境局', conditions: [['土方、裸土未覆盖，扬尘明显', '覆盖、喷淋', '2小时']] },
      {
        code: '07',
        name: '施工围挡',
        owner: MUNICIPAL,
        conditions: [
          ['围挡倾斜，有倒塌危险', '加固或拆除', '1工作日'],
          ['围挡缺失', '补设', '2工作日'],
          ['围挡破损、不洁', '修复、清洁', '3工作日'],
        ],
      },
      { code: '11', name: '渣土车未密闭', owner: '市交通运输局', conditions: [['渣土车未覆盖上路', '查处、责令密闭', '2工作日']] },
    ],
  },
  {
    ...base,
    classCode: '04',
    className: '街面秩序',
    matters: [
      { code: '01', name: '无照经营游商', owner: URBAN, conditions: [['流动摊贩占道经营', '劝离，恢复畅通', '2紧急工作时']] },
      { code: '05', name: '店外经营', owner: URBAN, conditions: [['商户超出门窗外摆经营', '收回店内', '2紧急工作时']] },
      { code: '10', name: '非机动车乱停放', aliases: ['共享单车乱停放'], owner: URBAN, conditions: [['占用盲道、路口停放', '摆放整齐', '2小时']] },
      { code: '96', name: '占用消防通道', owner: '市应急管理局', conditions: [['车辆、杂物堵塞消防通道', '清除，恢复畅通', '2小时']] },
    ],
  },
  {
    ...base,
    classCode: '05',
    className: '突发事件',
    matters: [
      {
        code: '01',
        name: '供水管道破裂',
        owner: WATER,
        conditions: [
          ['管道破裂，大量出水', '关阀止水、排除危险', '1紧急工作时'],
          ['抢修后路面塌陷', '路面修复', '5工作日'],
        ],
      },
      {
        code: '02',
        name: '燃气管道破裂',
        owner: '市应急管理局',
        conditions: [
          ['燃气泄漏', '关阀、疏散、排除危险', '1紧急工作时'],
          ['抢修后路面塌陷', '路面修复', '5工作日'],
        ],
      },
      { code: '05', name: '路面塌陷', owner: MUNICIPAL, conditions: [['路面突然塌陷', '围挡警示并抢修', '2紧急工作时']] },
      { code: '06', name: '道路积水', owner: MUNICIPAL, conditions: [['积水较深，影响通行', '排除积水', '2紧急工作时']] },
      { code: '08', name: '架空线缆脱落', owner: '供电、通信企业', conditions: [['线缆垂落影响通行或有触电危险', '排除危险、归位', '2小时']] },
    ],
  },
]
