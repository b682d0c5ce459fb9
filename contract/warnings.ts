/** How bad it is: `notice` may wait, `warning` today, `critical` now. */
export const WARNING_LEVELS = ['notice', 'warning', 'critical'] as const
export type WarningLevel = (typeof WARNING_LEVELS)[number]

/** What the operations page warns of (运行告警), with words and what to do; `{0}`, `{1}` are filled with figures. */
interface WarningWords {
  readonly level: WarningLevel
  readonly zh: string
  readonly en: string
  readonly doZh: string
  readonly doEn: string
}
const w = (level: WarningLevel, zh: string, en: string, doZh: string, doEn: string): WarningWords => ({ level, zh, en, doZh, doEn })

export const warnings = {
  RELAY_LAGS: w(
    'critical',
    '事件投递滞后 {0} 秒，待投递 {1} 条',
    'Events wait {0} s for their delivery; {1} are undelivered',
    '查看 platform.relay 的最近错误与数据库负载；事件不会丢失，恢复后自动补投',
    'Look at the last error of platform.relay and at the database’s load; nothing is lost, delivery catches up by itself',
  ),
  REACTIONS_FAIL: w(
    'warning',
    '{0} 条事件的后续处理失败，正在重试',
    'The reaction to {0} events fails and is tried again',
    '在日志中查找 “reaction failed” 并排除原因',
    'Find “reaction failed” in the log and mend its cause',
  ),
  SEALING_LAGS: w(
    'warning',
    '审计封存滞后 {0} 秒，待封存 {1} 行',
    'Sealing of audit and read log is {0} s behind; {1} lines wait',
    '查看 platform.sealer 的最近错误',
    'Look at the last error of platform.sealer',
  ),
  ANCHOR_OLD: w(
    'critical',
    '有案件流转已 {0} 秒没有写入锚定文件',
    'Ledger lines have waited {0} s for an anchor',
    '检查锚定文件所在磁盘可写、有空间，并查看 platform.anchor 的最近错误',
    'See that the anchor file can be written and has room; look at the last error of platform.anchor',
  ),
  TIMERS_LATE: w(
    'critical',
    '{1} 个时限已到期未标记，最早的已过 {0} 秒',
    '{1} deadlines have passed unmarked, the oldest {0} s ago',
    '查看 cases.overdue 的最近错误；重启后会自动补标且只标一次',
    'Look at the last error of cases.overdue; each is marked once, also after a restart',
  ),
  CASES_ORPHANED: w(
    'warning',
    '{0} 件未结案件没有下一步办理人',
    '{0} open cases wait for nobody',
    '在案件列表中查找并派给责任单位',
    'Find them in the list of cases and give them an owner',
  ),
  PUMP_FAILS: w(
    'critical',
    '后台任务连续失败 {0} 次：{1}',
    'A pump has failed {0} times in a row: {1}',
    '按错误信息排除原因；恢复后自动继续',
    'Mend what the error names; it goes on by itself',
  ),
  JOB_FAILED: w(
    'warning',
    '定时任务最近一次失败：{0}',
    'The last run of a job failed: {0}',
    '按错误信息排除原因；下一次会自动重试',
    'Mend what the error names; the next run tries again',
  ),
  DISK_LOW: w(
    'warning',
    '数据盘剩余 {0}%（{1}）',
    'The data disk has {0} % left ({1})',
    '清理或扩容；旧备份请移出数据盘',
    'Make room or enlarge it; move old backups elsewhere',
  ),
  DISK_ALMOST_FULL: w(
    'critical',
    '数据盘仅剩 {0}%（{1}），写满后将拒绝新的上报',
    'The data disk has only {0} % left ({1}); once full, new reports are refused',
    '立即清理或扩容',
    'Make room or enlarge it now',
  ),
  BACKUP_MISSING: w(
    'warning',
    '还没有备份',
    'There is no backup yet',
    '运行 linli backup --to 目录，并设为每日任务',
    'Run linli backup --to DIR, and do so every day',
  ),
  BACKUP_OLD: w(
    'warning',
    '最近一次备份在 {0} 小时前',
    'The last backup is {0} hours old',
    '检查每日备份任务是否运行、目标盘是否有空间',
    'See whether the daily backup runs and its disk has room',
  ),
  MIGRATIONS_PENDING: w(
    'critical',
    '有 {0} 个数据库变更尚未应用',
    '{0} migrations are not applied',
    '重启程序以应用变更',
    'Restart the program, which applies them',
  ),
  CONNECTIONS_SCARCE: w(
    'warning',
    '数据库连接已用 {0}/{1}',
    '{0} of {1} database connections are in use',
    '减少其他客户端，或调高 max_connections',
    'Close other clients, or raise max_connections',
  ),
  TRANSACTION_LONG: w(
    'warning',
    '有数据库事务已运行 {0} 秒',
    'A database transaction has been open for {0} s',
    '查找占用者（pg_stat_activity）；它会妨碍清理与锁',
    'Find who holds it (pg_stat_activity); it hinders vacuum and locks',
  ),
  CLOCK_SKEWED: w(
    'critical',
    '数据库与程序的时钟相差 {0} 毫秒',
    'The clocks of database and program differ by {0} ms',
    '两台机器都与同一时间源同步（NTP）',
    'Synchronise both machines with one time source (NTP)',
  ),
  LOOP_SLOW: w(
    'warning',
    '程序主循环延迟 {0} 毫秒',
    'The event loop is delayed by {0} ms',
    '减少并发导出与列表，或增加处理器',
    'Fewer exports and lists at once, or more processor',
  ),
  REQUESTS_FAIL: w(
    'warning',
    '最近 {0}% 的请求因内部错误失败',
    '{0} % of recent requests failed inside',
    '在日志中按请求编号查找 “request failed”',
    'Find “request failed” in the log by request id',
  ),
  LOAD_SHED: w(
    'warning',
    '系统过载，正在拒绝部分请求（{0} 级）',
    'The program is overloaded and refuses part of the requests (level {0})',
    '等待高峰过去；持续出现时增加处理器或数据库连接',
    'Wait for the peak to pass; where it stays, add processor or database connections',
  ),
  SYSTEM_DOWN: w(
    'critical',
    '所依赖的系统不可用：{0}',
    'A system that this program stands on is down: {0}',
    '按系统登记表检查其地址与状态',
    'Check its address and state in the register of systems',
  ),
} as const satisfies Readonly<Record<string, WarningWords>>

export type WarningCode = keyof typeof warnings
