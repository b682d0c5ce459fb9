import { crossedClass, defect } from '../matters/crossing.ts'

/** 环境保护: air, water, noise, soil and refuse. The class name is published, the items are our own. */
export const environmentItems = crossedClass({ classCode: '05', className: '环境保护' }, [
  {
    owner: '生态环境',
    objects: ['河流', '湖面', '沟渠', '坑塘'],
    defects: [
      defect('○水体异常', '○变色、发臭或有油膜', '查明来源，消除污染', '2工作日'),
      defect('○死鱼或藻类暴发', '○出现死鱼或藻类成片', '采样、打捞并公示原因', '1工作日'),
    ],
  },
  { owner: '水务', objects: ['河流', '湖面', '沟渠'], defects: [defect('○漂浮垃圾', '○有漂浮垃圾', '打捞干净', '2工作日')] },
  {
    owner: '生态环境',
    objects: ['化工企业', '水泥建材企业', '焦化企业', '加工作坊'],
    defects: [
      defect('○异味废气', '○排放异味或可见烟尘', '查处并整改达标', '2工作日'),
      defect('○偷排废水', '○疑似偷排废水', '采样固证，依法处理', '2紧急工作时'),
    ],
  },
  {
    owner: '住建',
    objects: ['建筑工地', '拆迁工地', '道路施工点', '商砼站'],
    defects: [defect('○扬尘', '○裸土未覆盖或未喷淋', '覆盖、喷淋', '2小时'), defect('○夜间施工噪声', '○夜间违规施工', '停止施工', '2紧急工作时')],
  },
  { owner: '城管', objects: ['餐饮油烟', '露天烧烤', '商业音响', '广场音响'], defects: [defect('○扰民', '○影响居民生活', '停止或整改', '1工作日')] },
  {
    owner: '生态环境',
    objects: ['工业噪声', '交通噪声', '危险废物', '医疗废物', '废旧电池'],
    defects: [defect('○污染', '○影响居民或随意处置', '查处并整改', '3工作日')],
  },
  {
    owner: '农业农村',
    objects: ['秸秆', '农膜', '农药包装物', '畜禽粪污', '病死畜禽'],
    defects: [defect('○随意处置', '○被焚烧、丢弃或直排', '清理并教育整改', '1工作日')],
  },
  { owner: '城管', objects: ['生活垃圾', '建筑垃圾', '绿化弃料', '废弃家具'], defects: [defect('○乱倒', '○倒在非收集点', '清运干净', '1工作日')] },
  { owner: '自然资源', objects: ['河砂', '石料', '煤矸石', '取土'], defects: [defect('非法采挖○', '无证采挖○', '制止并依法查处', '2紧急工作日制止')] },
  { owner: '自然资源', objects: ['林木', '古树名木', '野生动物'], defects: [defect('破坏○', '砍伐、损害或猎捕○', '制止并依法查处', '2紧急工作时')] },
])
