/** `error`: something is broken or will be lost; `warning`: somebody should look. */
export type Level = 'ok' | 'warning' | 'error'
interface Words {
  readonly level: Exclude<Level, 'ok'>
  readonly zh: string
  readonly en: string
  readonly do: string
}
const w = (level: Words['level'], zh: string, en: string, todo: string): Words => ({ level, zh, en, do: todo })

/** What the doctor can find (自检结果), with what to do. */
export const WORDS = {
  CHECK_FAILED: w('error', '检查未能完成', 'A check could not be made', 'See the detail'),
  KEY_READABLE: w(
    'error',
    '签名私钥可被他人读取',
    'Others may read the signing key',
    'chmod 600 the file; if anybody may have read it, note its public key and make a new one',
  ),
  KEY_MISSING: w(
    'error',
    '缺少锚定签名私钥',
    'The key that signed the anchors is gone',
    'Put keys/anchor-key.pem back from a backup; without it a new key is made and verify reports ANCHOR_KEY_CHANGED',
  ),
  KEY_BROKEN: w('error', '签名私钥无法读取', 'The signing key cannot be read', 'Put keys/anchor-key.pem back from a backup'),
  KEY_OTHER: w(
    'error',
    '签名私钥与锚定文件不符',
    'The signing key is not the one of the newest anchor',
    'Put the right keys/anchor-key.pem back, or note that the key was changed on purpose',
  ),
  FOLDER_OPEN: w('warning', '数据目录可被他人列出', 'Others may list the data folder', 'chmod 700 it (711 where the database runs as another user)'),
  FOLDER_NOT_WRITABLE: w('error', '数据目录不可写', 'The data folder cannot be written', 'Mend its owner and mode'),
  DISK_LOW: w('warning', '磁盘剩余空间不足 10%', 'Less than a tenth of the disk is free', 'Make room or enlarge it'),
  DISK_ALMOST_FULL: w('error', '磁盘即将写满', 'The disk is almost full', 'Make room now; once full, reports are refused'),
  RESTORE_UNFINISHED: w('error', '恢复未完成', 'A restore into this folder did not end', 'Empty the folder and restore again'),
  DATABASE_UNFIT: w('error', '数据库不符合要求', 'The database cannot be used', 'See the detail'),
  MIGRATIONS_PENDING: w('warning', '数据库变更尚未应用', 'Migrations are not applied', 'Start the program, which applies them'),
  MIGRATIONS_FOREIGN: w(
    'error',
    '数据库由更新的版本使用过，或变更文件被改动',
    'A newer program used this database, or an applied migration was edited',
    'Start the newer program, or restore a backup',
  ),
  CLOCK_SKEWED: w('warning', '数据库与程序时钟不一致', 'The clocks of database and program differ', 'Synchronise both machines with one time source (NTP)'),
  ANCHOR_MISSING: w(
    'error',
    '数据库记得锚定而文件缺失',
    'The database knows anchors and the file is gone',
    'Put the anchor file back from where it is kept apart',
  ),
  ANCHOR_BROKEN: w('error', '锚定文件有改动', 'The anchor file was changed', 'Run linli verify --anchor with the copy that is kept apart'),
  ANCHOR_TAIL_MISSING: w(
    'error',
    '锚定文件末尾缺行',
    'Lines are missing at the end of the anchor file',
    'Run linli verify --anchor with the copy that is kept apart',
  ),
  ANCHOR_OLD: w('warning', '流转记录长时间未锚定', 'Ledger lines wait for an anchor', 'See that the program runs and the anchor file can be written'),
  BLOB_MISSING: w('error', '照片文件缺失', 'Photos are missing on disk', 'Put the files back from a backup; the ledger names their hashes'),
  BLOB_DAMAGED: w('error', '照片内容与名称不符', 'Photos are not what their names say', 'Put the files back from a backup'),
  BLOB_ORPHANED: w(
    'warning',
    '存在无人引用的照片文件',
    'Files that no row names',
    'A killed upload leaves one; they may be removed while the program is stopped',
  ),
  TIMERS_LATE: w(
    'warning',
    '时限已到期未标记',
    'Deadlines have passed unmarked',
    'Start the program: each is marked once; where it runs, look at the pump cases.overdue',
  ),
  EVENTS_WAIT: w('warning', '事件滞后未投递', 'Events wait for their delivery', 'Start the program; where it runs, look at the pump platform.relay'),
  EVENTS_FAIL: w('warning', '事件处理失败', 'The reaction to events fails', 'Find “reaction failed” in the log'),
  CASES_ORPHANED: w('warning', '未结案件没有下一步办理人', 'Open cases wait for nobody', 'Give them an owner'),
  JOBS_GIVEN_UP: w('warning', '定时任务多次失败', 'Jobs failed as often as allowed', 'Find “job” with level error in the log'),
  BACKUP_MISSING: w('warning', '还没有备份', 'There is no backup', 'linli backup --to DIR, every day'),
  BACKUP_OLD: w('warning', '备份已过期', 'The last backup is older than 26 hours', 'See whether the daily backup runs'),
} as const satisfies Readonly<Record<string, Words>>
export type Code = keyof typeof WORDS

/** One thing that the doctor found, or that a check is well. */
export interface Finding {
  readonly check: string
  readonly level: Level
  readonly code: Code | 'OK'
  readonly detail: string
}

export const found = (check: string, code: Code, detail: string): Finding => ({ check, level: WORDS[code].level, code, detail })
export const well = (check: string, detail: string): Finding => ({ check, level: 'ok', code: 'OK', detail })
