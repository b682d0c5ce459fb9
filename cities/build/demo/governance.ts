import type { MatterClass } from '../matters/catalogue.ts'

/** What several departments of the demo city handle together (联动处置事项), numbered by ourselves. */
export const demoGovernance: readonly MatterClass[] = [
  {
    scheme: 'local',
    domain: 'joint',
    classCode: '01',
    className: '社会治安',
    supervisor: '市监督中心',
    matters: [
      {
        code: '01',
        name: '犬只未拴绳或扰民',
        owner: '市公安局',
        conditions: [
          ['公共场所遛犬不拴绳', '劝导改正，登记', '1工作日'],
          ['犬只伤人', '控制犬只、协助就医、依法处理', '2紧急工作时'],
        ],
      },
      { code: '02', name: '电动自行车违规充电', owner: '市应急管理局', conditions: [['飞线充电、楼道内充电', '断电并移出，告知风险', '4小时']] },
    ],
  },
  {
    scheme: 'local',
    domain: 'joint',
    classCode: '02',
    className: '公共安全',
    supervisor: '市监督中心',
    matters: [
      {
        code: '01',
        name: '燃气安全隐患',
        owner: '市应急管理局',
        conditions: [
          ['餐饮场所气瓶存放、软管不符合要求', '整改完成', '1工作日'],
          ['闻到燃气异味', '关阀通风、排除隐患', '1紧急工作时'],
        ],
      },
      { code: '02', name: '疏散通道堆物', owner: '市应急管理局', conditions: [['楼道、安全出口堆放杂物', '清除', '1工作日']] },
    ],
  },
  {
    scheme: 'local',
    domain: 'joint',
    classCode: '03',
    className: '市场秩序',
    supervisor: '市监督中心',
    matters: [
      {
        code: '01',
        name: '食品安全问题',
        owner: '市市场监督管理局',
        conditions: [
          ['销售过期、变质食品', '下架封存、依法处理', '1工作日'],
          ['餐饮后厨卫生差', '整改并复查', '3工作日'],
        ],
      },
      { code: '02', name: '计量与价格争议', owner: '市市场监督管理局', conditions: [['缺斤短两、不明码标价', '核查并答复', '3工作日']] },
    ],
  },
  {
    scheme: 'local',
    domain: 'joint',
    classCode: '04',
    className: '资源环境',
    supervisor: '市监督中心',
    matters: [
      {
        code: '01',
        name: '违法占用耕地',
        owner: '市自然资源局',
        conditions: [
          ['正在占地动工', '制止', '1紧急工作日制止'],
          ['已形成占用', '立案查处、恢复', '15工作日'],
        ],
      },
      { code: '02', name: '餐饮油烟异味', owner: '市生态环境局', conditions: [['油烟直排、净化设备不运行', '整改达标', '3工作日']] },
    ],
  },
  {
    // What belongs elsewhere: chosen like any matter, answered at once with the right door. The reasons stand in the filing rules.
    scheme: 'local',
    domain: 'guide',
    classCode: '99',
    className: '另有渠道',
    supervisor: '市监督中心',
    matters: [
      { code: '01', name: '紧急警情（火警、急救、报警）', description: '请直接拨打 110、119、120 或 122。', owner: '', conditions: [] },
      { code: '02', name: '诉讼、仲裁、行政复议和信访事项', description: '已有法定途径，请按法定途径提出。', owner: '', conditions: [] },
      { code: '03', name: '政府职责以外的市场服务', description: '请联系经营者或行业服务热线。', owner: '', conditions: [] },
    ],
  },
]
