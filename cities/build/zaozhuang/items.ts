import type { MatterClass } from '../matters/catalogue.ts'
import { disputeItems } from './dispute-items.ts'
import { environmentItems } from './environment-items.ts'
import { livelihoodItems } from './livelihood-items.ts'
import { marketItems } from './market-items.ts'
import { orderItems } from './order-items.ts'
import { safetyItems } from './safety-items.ts'
import { townItems } from './town-items.ts'

/**
 * The 351 items of joint handling (联动处置事项) in 7 classes. The city has published the two numbers and five class names
 * (社会治安, 公共安全, 城镇管理, 纠纷调解, 环境保护); the other two names and every item are made by us from objects × defects.
 */
export const zaozhuangItems: readonly MatterClass[] = [orderItems, safetyItems, townItems, disputeItems, environmentItems, livelihoodItems, marketItems]
