import { crossedClass, defect } from '../matters/crossing.ts'

/** 民生服务: help that somebody is owed. Class and items are our own: the city has not published the name of this class. */
export const livelihoodItems = crossedClass({ classCode: '06', className: '民生服务' }, [
  {
    owner: '民政',
    objects: ['独居老人', '残疾人家庭', '困境儿童', '低保家庭'],
    defects: [
      defect('○生活求助', '○或其亲友、邻居提出生活求助', '上门了解，落实帮助并回访', '1工作日'),
      defect('○政策落实咨询', '○询问应享的待遇', '核实并答复，符合的协助申请', '3工作日'),
    ],
  },
  { owner: '民政', objects: ['走失人员', '流浪乞讨人员'], defects: [defect('○救助', '发现○', '联系家属或送救助机构', '1紧急工作时')] },
  { owner: '水务', objects: ['停水', '水压不足', '水质浑浊'], defects: [defect('居民反映○', '无通知的○', '查明原因，恢复供应并答复', '4小时')] },
  { owner: '住建', objects: ['停气', '供暖不热', '小区停电'], defects: [defect('居民反映○', '无通知的○', '查明原因，恢复供应并答复', '4小时')] },
  { owner: '交通', objects: ['公交线路', '公交班次', '村村通客车'], defects: [defect('○问题', '○不合理或未按公示运行', '核查并答复', '5工作日')] },
  { owner: '卫健', objects: ['社区卫生服务', '预防接种', '家庭医生签约'], defects: [defect('○问题', '○未按规定提供', '核查并答复', '3工作日')] },
  { owner: '教育', objects: ['入学政策', '课后服务', '校车接送', '校外培训'], defects: [defect('○问题', '对○有疑问或投诉', '核查并答复', '5工作日')] },
  { owner: '人社', objects: ['社保缴费', '养老待遇', '就业帮扶'], defects: [defect('○问题', '对○有疑问或投诉', '核查并答复', '5工作日')] },
  { owner: '住建', objects: ['物业维修', '电梯停运', '加装电梯', '公租房'], defects: [defect('○诉求', '居民提出○诉求', '组织协商，答复办理计划', '5工作日')] },
  {
    owner: '农业农村',
    objects: ['农村饮水', '农村厕所', '农机服务', '惠农补贴'],
    defects: [defect('○问题', '○未正常提供或未按公示兑现', '核查整改并答复', '5工作日')],
  },
])
