/** One catalogue of every error a caller can see: HTTP status, words in both languages, and what to do. */
interface ErrorWords {
  readonly status: number
  readonly zh: string
  readonly en: string
  readonly doZh: string
  readonly doEn: string
}
const e = (status: number, zh: string, en: string, doZh: string, doEn: string): ErrorWords => ({ status, zh, en, doZh, doEn })

export const errors = {
  INPUT_INVALID: e(400, '提交的内容不符合要求', 'The input does not fit the contract', '按所列字段逐一改正后重试', 'Mend each listed field and send again'),
  BODY_NOT_JSON: e(400, '请求体不是有效的 JSON', 'The body is not valid JSON', '检查格式与编码（UTF-8）', 'Check the syntax and the encoding (UTF-8)'),
  TEXT_NOT_ALLOWED: e(
    400,
    '文本含有不允许的字符（空字符或无效编码）',
    'The text holds a NUL or broken UTF-8',
    '删除这些字符后重试',
    'Remove them and send again',
  ),
  KEY_MISSING: e(
    400,
    '缺少 Idempotency-Key 请求头',
    'The Idempotency-Key header is missing',
    '为每次上报生成一个唯一键并在重发时沿用',
    'Make one key per act and keep it when resending',
  ),
  CURSOR_INVALID: e(400, '翻页标记无效', 'The cursor is not one of ours', '从第一页重新开始', 'Start again from the first page'),
  SESSION_MISSING: e(401, '尚未登录或登录已过期', 'Not signed in, or the session ended', '请登录', 'Sign in'),
  SIGN_IN_FAILED: e(
    401,
    '账号或密码不正确',
    'Login or password is wrong',
    '核对后重试；多次失败将暂时锁定',
    'Check both; repeated failures lock the account for a while',
  ),
  ACCOUNT_LOCKED: e(429, '账号因多次失败已暂时锁定', 'The account is locked after repeated failures', '稍后再试或联系管理员', 'Wait, or ask an administrator'),
  PERMISSION_MISSING: e(
    403,
    '当前岗位没有此权限',
    'Your post does not hold this permission',
    '切换岗位或请有权限的岗位办理',
    'Use another post, or ask one that holds it',
  ),
  PURPOSE_NOT_ALLOWED: e(
    403,
    '读取个人信息须说明允许的用途',
    'Reading personal data needs an allowed purpose',
    '在 Linli-Purpose 请求头中写明用途',
    'Name one in the Linli-Purpose header',
  ),
  ORIGIN_NOT_ALLOWED: e(403, '请求来自其他网站', 'The request came from another site', '请在本系统页面内操作', 'Act from this program’s own pages'),
  NOT_FOUND: e(404, '没有找到，或不在您的范围内', 'Not found, or outside your scope', '核对编号与所属区域', 'Check the number and your area'),
  KEY_REUSED: e(409, '同一个键已用于另一份内容', 'This key was used with another body', '内容不同请换一个新键', 'Use a new key for other content'),
  SEQ_STALE: e(412, '案件已被他人更新', 'The case has moved on meanwhile', '刷新后再操作', 'Reload and decide again'),
  BODY_TOO_LARGE: e(413, '内容过大', 'The body is too large', '照片不超过 20 MB；请压缩或分次提交', 'At most 20 MB a photo; shrink or split it'),
  TYPE_NOT_ALLOWED: e(415, '不支持的文件类型', 'This file type is not accepted', '请上传 JPEG、PNG、WebP 照片或 PDF', 'Send JPEG, PNG, WebP or PDF'),
  POSITION_OUTSIDE_CITY: e(422, '位置不在本市范围内', 'The position lies outside the city', '核对坐标与坐标系', 'Check the coordinates and their system'),
  POSITION_SWAPPED: e(422, '经度与纬度似乎写反了', 'Longitude and latitude seem swapped', '交换两者后重试', 'Swap the two and send again'),
  MATTER_UNKNOWN: e(
    422,
    '目录中没有这个事项',
    'The catalogue has no such matter',
    '从事项目录中选择，或留空由受理员判断',
    'Choose one from the catalogue, or leave it empty',
  ),
  CONDITION_UNKNOWN: e(422, '该事项没有这个立案条件', 'The matter has no such condition row', '从该事项的条件中选择', 'Choose one of the matter’s rows'),
  FORM_INVALID: e(
    422,
    '事项表单填写不符合要求',
    'The answers do not fit the matter’s form',
    '按所列字段改正；该事项没有表单时不要填写',
    'Mend the listed fields; send none where the matter has no form',
  ),
  COMPONENT_UNKNOWN: e(422, '没有这个部件', 'There is no such component', '核对部件编码，或改为标注位置', 'Check the code, or give a position instead'),
  BLOB_UNKNOWN: e(422, '引用的附件不存在或已被使用', 'A named attachment does not exist or is in use', '重新上传附件', 'Upload it again'),
  UNIT_UNKNOWN: e(422, '没有这个责任单位', 'There is no such unit', '从单位列表中选择', 'Choose one from the list of units'),
  CASES_MOVE_UNKNOWN: e(422, '流程中没有这个动作', 'The workflow has no such move', '使用案件页面列出的动作', 'Use one of the moves that the case lists'),
  CASES_MOVE_NOT_ALLOWED: e(
    403,
    '案件当前状态不允许此动作',
    'The case’s state does not allow this move',
    '查看案件可用的动作',
    'See which moves the case allows',
  ),
  CASES_PARTY_NOT_ALLOWED: e(
    403,
    '您不是该案件中有权办理此动作的一方',
    'You are not the party who makes this move',
    '由责任单位或相应岗位办理',
    'The owner unit or that post must do it',
  ),
  CASES_RECEIVER_NOT_ALLOWED: e(
    403,
    '被退回人不得直接再推进',
    'Who received a send-back may not push it on',
    '请另一位人员复核办理',
    'Another person must decide the next step',
  ),
  CASES_SELF_CHECK_NOT_ALLOWED: e(403, '处置人不得核查自己的处置', 'A handler may not check the own work', '请其他人员核查', 'Somebody else must check'),
  CASES_SCORED_NOT_ALLOWED: e(403, '被考核单位不得结案', 'Who is scored never closes', '由监督中心结案', 'The supervision centre closes'),
  CASES_EVALUATOR_NOT_ALLOWED: e(
    403,
    '评价人不得参与过本案',
    'An evaluator may not have acted in the case',
    '请未经办人员评价',
    'Ask somebody who took no earlier move',
  ),
  CASES_INPUT_MISSING: e(422, '此动作缺少必需的内容', 'The move lacks something it needs', '补齐所列内容', 'Add what is listed'),
  CASES_REASON_UNKNOWN: e(422, '理由不在此动作的范围内', 'The reason is not one of this move’s', '从列表中选择理由', 'Choose one from the list'),
  AREA_CODE_TAKEN: e(422, '区域编码重复', 'An area code occurs twice', '改正重复的编码', 'Mend the repeated code'),
  AREA_PARENT_UNKNOWN: e(422, '上级区域不存在', 'The parent area does not exist', '先导入上级区域', 'Import the parent first'),
  BOUNDARY_INVALID: e(422, '边界无效', 'The boundary is not valid', '按所列位置修正边界', 'Mend the boundary where listed'),
  GRID_COUNT_INVALID: e(422, '网格数量不合理', 'The grid counts do not fit', '调整各级数量', 'Adjust the counts per level'),
  IMPORT_INVALID: e(422, '导入文件有错误，未写入任何内容', 'The file has errors; nothing was written', '按所列行与字段改正', 'Mend the listed rows and fields'),
  RATE_LIMITED: e(429, '请求过于频繁', 'Too many requests', '稍后再试', 'Wait a little'),
  IF_MATCH_MISSING: e(428, '缺少 If-Match（案件版本）', 'The If-Match header (case seq) is missing', '带上读取案件时的版本号', 'Send the seq you last read'),
  INTERNAL: e(500, '系统内部错误', 'Something broke inside', '请稍后重试，并告知请求编号', 'Try again, and tell us the request id'),
  DISK_FULL: e(507, '存储空间不足，未写入任何内容', 'The disk is full; nothing was written', '请管理员清理空间后重试', 'Ask an administrator to free space'),
  NOT_READY: e(503, '系统暂不可用', 'The program is not ready', '稍后重试', 'Try again shortly'),
} as const

export type ErrorCode = keyof typeof errors

/** One thing that is wrong, with a JSON pointer to the field. */
export interface FieldProblem {
  readonly pointer: string
  readonly code: string
  readonly detail?: string
}

/** An error that a caller may see; anything else thrown is answered as INTERNAL and only logged. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly fields: readonly FieldProblem[]
  /** Safe facts for the caller, such as the current seq. */
  readonly extra: Readonly<Record<string, string | number>>
  constructor(code: ErrorCode, fields: readonly FieldProblem[] = [], extra: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.name = 'Refusal'
    this.code = code
    this.fields = fields
    this.extra = extra
  }
}
