import { type Random } from '@linli/lib/random'
import { pick } from './random.ts'

/** What the people of the demo write when they move a case, by move and, for a send-back, by reason. */
const NOTES: Readonly<Record<string, readonly string[]>> = {
  'ask-verify': ['请到现场核实位置和情况。', '照片看不清，请核实是否仍然存在。'],
  verify: ['已到现场，情况属实，照片已上传。', '现场与上报一致。'],
  file: ['符合立案条件，予以立案。'],
  dispatch: ['请按时限处置，完成后上传照片。', '请尽快处置，注意现场安全。'],
  accept: ['已安排人员前往。'],
  handle: ['已处置完毕，现场已恢复。', '已清理并加固，请核查。', '人员到场处理完成，附处置后照片。'],
  check: ['现场核查，问题已解决。', '核查合格，照片已上传。'],
  close: ['达到结案条件，予以结案。'],
  'uphold-refusal': ['经核对权属与职责，由新的单位负责。'],
  'overrule-refusal': ['经核对目录，仍由原单位负责，请抓紧办理。'],
  resume: ['条件已具备，继续办理。'],
  evaluate: ['流程完整，处置及时。', '处置规范，反馈清楚。'],
  'nothing-there': ['到场未发现所述情况。'],
  'place-unclear': ['按描述找不到位置，请联系上报人。'],
  'no-access': ['小区门禁未能进入，请协调。'],
  'condition-wrong': ['条件选择有误，请重新核定。'],
  'matter-wrong': ['事项归类有误，请调整。'],
  'place-wrong': ['位置与描述不符，请核实。'],
  'outside-duty': ['不属于本平台职责，请说明理由答复。'],
  'condition-not-met': ['未达到立案条件，已答复上报人。'],
  duplicate: ['与已立案件重复，合并办理。'],
  withdrawn: ['上报人要求撤回。'],
  'not-our-duty': ['不属于我单位职责，请改派。'],
  'not-our-area': ['不在我辖区，请改派。'],
  'other-owner': ['权属为其他单位，请改派。'],
  'not-done': ['现场仍未处置，请返工。'],
  'partly-done': ['只处理了一部分，请继续完成。'],
  'new-damage': ['处置时周边有新的损坏，请修复。'],
  'evidence-unclear': ['处置照片不清楚，请重新拍摄。'],
  'closing-condition-not-met': ['未达到结案条件，请重新派遣。'],
  'wrong-owner': ['处置单位有误，请改派。'],
  'reporter-disagrees': ['上报人回访表示未解决。'],
}

const REPLIES: Readonly<Record<string, readonly string[]>> = {
  close: ['您反映的问题已经处置完毕，感谢您的关心。', '经核查，问题已解决。欢迎继续监督。'],
  'condition-not-met': ['经核实，现场情况未达到立案条件。如有变化请再次告诉我们。'],
  duplicate: ['这件事已有邻居上报并正在办理，我们会一并处理。'],
  'outside-duty': ['这件事不在本平台职责内，请向相应机构提出。'],
  withdrawn: ['按您的要求，本件已撤回。'],
}

/** A note that fits the reason, or else the move. */
export function noteFor(move: string, reason: string | undefined, random: Random): string {
  return pick(NOTES[reason ?? ''] ?? NOTES[move] ?? ['已办理。'], random) ?? '已办理。'
}

/** A reply that the public may read, fitting the reason, or else the move. */
export function replyFor(move: string, reason: string | undefined, random: Random): string {
  return pick(REPLIES[reason ?? ''] ?? REPLIES[move] ?? ['已办理，感谢您的反映。'], random) ?? '已办理，感谢您的反映。'
}
