import { crossedClass, defect } from '../matters/crossing.ts'

const MEDIATE = defect('○纠纷', '双方因○发生争执，愿意调解或有激化可能', '达成协议，或告知仲裁、诉讼等途径', '10工作日')
const FOLLOW = defect('○纠纷反复', '已调解的○纠纷再次发生，协议未履行', '回访、督促履行或引导司法确认', '5工作日')

/** 纠纷调解: disputes, by the kinds in national use. The class name is published, the items are our own. */
export const disputeItems = crossedClass({ classCode: '04', className: '纠纷调解' }, [
  {
    owner: '司法',
    objects: ['婚姻家庭', '赡养抚养', '邻里', '房屋宅基地', '相邻通行采光', '林地承包', '土地承包', '损害赔偿', '民间借贷', '合同'],
    defects: [MEDIATE, FOLLOW],
  },
  { owner: '人社', objects: ['拖欠农民工工资', '劳动合同', '工伤待遇', '加班报酬'], defects: [MEDIATE, FOLLOW] },
  { owner: '住建', objects: ['物业服务', '房屋漏水', '装修扰民', '停车位', '商品房交付', '房屋租赁'], defects: [MEDIATE] },
  { owner: '市场监管', objects: ['消费', '预付卡', '电子商务', '农资质量'], defects: [MEDIATE] },
  { owner: '自然资源', objects: ['征地拆迁补偿', '林木权属'], defects: [MEDIATE] },
  { owner: '交通', objects: ['道路交通损害', '客运服务'], defects: [MEDIATE] },
  { owner: '卫健', objects: ['医疗服务'], defects: [MEDIATE] },
  { owner: '文旅', objects: ['旅游服务'], defects: [MEDIATE] },
  { owner: '生态环境', objects: ['养殖异味', '噪声相邻'], defects: [MEDIATE] },
  { owner: '水务', objects: ['灌溉用水'], defects: [MEDIATE] },
])
