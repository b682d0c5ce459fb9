/** Something that goes wrong in a city, as residents say it; `○` stands for the place. All of it is invented. */
export interface Scene {
  /** Key and condition row of the matter in the demo city's catalogue. */
  readonly matter: string
  readonly row: number
  /** The word by which an acceptor recognises it. */
  readonly word: string
  readonly lines: readonly string[]
}

const scene = (matter: string, row: number, word: string, ...lines: string[]): Scene => ({ matter, row, word, lines })

export const SCENES: readonly Scene[] = [
  scene('gbt30428-component-0103', 1, '雨水井盖', '○的雨水井盖移位了，露出一半口子，晚上骑车看不见。', '○雨水井盖断成两块，孩子上学要从旁边绕。'),
  scene('gbt30428-component-0103', 3, '井盖作响', '○井盖作响，车一过就哐当，夜里睡不好。'),
  scene('gbt30428-component-0102', 2, '污水井盖', '○污水井盖边上碎了一块，味道也冒出来了。'),
  scene('gbt30428-component-0104', 2, '雨水箅子', '○的雨水箅子被树叶和泥堵住了，一下雨就积水。', '○雨水箅子里全是烟头垃圾，水下不去。'),
  scene('gbt30428-component-0137', 1, '路灯不亮', '○有一盏路灯不亮，大概三四天了。', '○路灯不亮，老人晚上遛弯看不清台阶。'),
  scene('gbt30428-component-0137', 2, '成片不亮', '从昨晚起○这一段路灯成片不亮，整条街都是黑的。'),
  scene('gbt30428-component-0128', 1, '电箱', '○电箱门开着，里面的线露在外面，怕小孩去摸。'),
  scene('gbt30428-component-0204', 1, '站亭顶棚', '○公交站亭顶棚玻璃裂了，风一吹往下掉渣。'),
  scene('gbt30428-component-0217', 1, '中间的护栏', '○中间的护栏倒了一排，占了半条车道。'),
  scene('gbt30428-component-0305', 2, '垃圾箱', '○的垃圾箱满了没人收，袋子都堆到地上了。'),
  scene('gbt30428-component-0402', 1, '行道树', '昨天刮风，○行道树断了一大枝，横在人行道上。'),
  scene('gbt30428-component-0407', 1, '座椅', '○的座椅断了两根木条，坐着要摔。'),
  scene('gbt30428-component-0507', 1, '河边护栏', '○河边护栏缺了一截，旁边常有小朋友玩水。'),
  scene('gbt30428-event-0110', 1, '生活垃圾', '○路边堆着生活垃圾，苍蝇很多。', '○不知道谁把生活垃圾倒在花坛边上了。'),
  scene('gbt30428-event-0111', 1, '渣土', '○墙角一堆装修渣土，放了快一个月。'),
  scene('gbt30428-event-0113', 1, '路面坑', '○路面坑洼，电动车压上去差点翻。', '○路面坑有脸盆那么大，下雨就看不出来了。'),
  scene('gbt30428-event-0125', 1, '水面', '○水面漂了好多塑料瓶和水草。'),
  scene('gbt30428-event-0128', 1, '音响', '○一家店门口音响从早放到晚，写作业都没法写。'),
  scene('gbt30428-event-0129', 1, '烧烤', '○晚上露天烧烤，烟直往楼上飘。'),
  scene('gbt30428-event-0136', 1, '堆物', '○公共空地被人堆物，纸箱木板越堆越高。'),
  scene('gbt30428-event-0201', 1, '小广告', '○楼道口贴满小广告，撕了又贴。'),
  scene('gbt30428-event-0304', 1, '扬尘', '○工地土堆没有盖，扬尘大，窗户不敢开。'),
  scene('gbt30428-event-0401', 1, '流动摊', '○流动摊占了盲道，推婴儿车只能走机动车道。'),
  scene('gbt30428-event-0405', 1, '店外经营', '○几家店外经营，桌子摆到人行道中间。'),
  scene('gbt30428-event-0410', 1, '共享单车', '○共享单车倒成一片，把路口堵住了。'),
  scene('gbt30428-event-0496', 1, '消防通道', '○消防通道停了三辆车，真有事车进不来。'),
  scene('gbt30428-event-0501', 1, '水管', '○地下水管爆了，水往外喷，路都淹了。'),
  scene('gbt30428-event-0506', 1, '积水', '○积水到小腿，车熄火在里面。'),
  scene('gbt30428-event-0508', 1, '线缆', '○有根线缆掉下来，离地不到一人高。'),
  scene('local-joint-0101', 1, '遛狗', '○有人遛狗不牵绳，狗很大，老人被吓到。'),
  scene('local-joint-0102', 1, '充电', '○有人从六楼拉线下来给电动车充电。'),
  scene('local-joint-0202', 1, '楼道杂物', '○楼道杂物放到了安全出口，鞋柜和旧沙发都有。'),
  scene('local-joint-0301', 1, '过期', '○小超市货架上有过期酸奶，日期都糊了。'),
  scene('local-joint-0402', 1, '油烟', '○饭店油烟直接往小区里排，晾的衣服都是味。'),
]

/** Said to the wrong door: answered at once by a filing rule. */
export const GUIDED: readonly Scene[] = [
  scene('local-guide-9901', 0, '急救', '○有人晕倒了，快派人来。'),
  scene('local-guide-9902', 0, '官司', '○的合同官司法院判了，我不服，希望你们改判。'),
  scene('local-guide-9903', 0, '快递', '我的快递丢了，快递公司不赔。'),
]

/** Too short to know what happened. */
export const SHORT: readonly string[] = ['坏了', '脏', '堵了']

const ROADS = ['松云路', '望湖大道', '禾香街', '听雨巷', '青石路', '朝阳里', '春晓街', '桂子路', '临溪路', '学府街', '丰收路', '同乐巷']
const MARKS = [
  '与平安路口',
  '菜市场北门',
  '小学对面',
  '公交站旁',
  '12号楼下',
  '社区服务站门口',
  '药店门前',
  '小公园东侧',
  '桥头',
  '停车场入口',
  '幼儿园旁',
  '卫生院西边',
]

/** An invented place, said as people say it. */
export function placeSaid(random: () => number): string {
  return `${ROADS[Math.floor(random() * ROADS.length)] ?? ''}${MARKS[Math.floor(random() * MARKS.length)] ?? ''}`
}

/** What was said, with its place put in. */
export function tell(line: string, place: string): string {
  return line.replaceAll('○', place)
}

/** The scene that a text is about, as an acceptor would read it; undefined where no word of ours is in it. */
export function recognise(text: string): Scene | undefined {
  return SCENES.find((each) => text.includes(each.word))
}
