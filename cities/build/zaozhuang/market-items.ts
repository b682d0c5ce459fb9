import { crossedClass, defect } from '../matters/crossing.ts'

/** 市场秩序: fair and safe trade. Class and items are our own: the city has not published the name of this class. */
export const marketItems = crossedClass({ classCode: '07', className: '市场秩序' }, [
  {
    owner: '市场监管',
    objects: ['餐饮店', '学校食堂', '网络外卖', '食品小作坊', '农村集体聚餐'],
    defects: [
      defect('○卫生问题', '○加工环境脏乱或人员无健康证明', '整改并复查', '3工作日'),
      defect('○食品变质', '○销售或使用变质、过期食品', '封存下架，依法处理', '1工作日'),
    ],
  },
  {
    owner: '市场监管',
    objects: ['药店', '诊所药房', '化妆品店', '医疗器械店'],
    defects: [defect('○违规销售', '○销售过期产品或无资质销售', '下架并依法处理', '1工作日')],
  },
  {
    owner: '市场监管',
    objects: ['农贸市场', '商场超市', '加油站', '水果摊点'],
    defects: [defect('○缺斤短两', '○计量不准', '核查、校准并处理', '3工作日'), defect('○价格不明', '○未明码标价或价外加价', '责令改正', '1工作日')],
  },
  {
    owner: '市场监管',
    objects: ['养老产品', '保健品会销', '教育培训', '医美'],
    defects: [defect('○虚假宣传', '○有夸大、误导的宣传', '核查并依法处理', '5工作日')],
  },
  {
    owner: '市场监管',
    objects: ['儿童玩具', '电动车及电池', '燃气具', '电线插座', '农资'],
    defects: [defect('○质量问题', '○疑似不合格', '抽检或下架，依法处理', '3工作日')],
  },
  { owner: '市场监管', objects: ['无证餐饮', '无照经营', '假冒商标'], defects: [defect('○举报', '举报○，时间、地点清楚', '核查并答复', '5工作日')] },
  {
    owner: '交通',
    objects: ['出租汽车', '网约车', '驾校', '货运车辆'],
    defects: [defect('○违规经营', '○拒载、乱收费或无证营运', '核查并依法处理', '5工作日')],
  },
  { owner: '文旅', objects: ['旅行社', '网吧', '歌舞娱乐场所'], defects: [defect('○违规经营', '○超范围、超时或接纳未成年人', '核查并依法处理', '3工作日')] },
  { owner: '农业农村', objects: ['种子', '农药', '兽药', '化肥'], defects: [defect('假劣○', '销售假劣○', '封存抽检，依法处理', '2工作日')] },
])
