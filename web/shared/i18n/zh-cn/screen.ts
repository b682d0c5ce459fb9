/** Words of the shared parts of every screen. */
export const screen = {
  'problem.CONNECTION_LOST': '连接不上服务器', 'problem.CONNECTION_LOST.do': '检查网络；恢复后会自动重试', 'problem.ANSWER_UNREADABLE': '服务器的答复无法读取', 'problem.ANSWER_UNREADABLE.do': '请稍后重试', 'problem.request': '请求编号 {id}',
  'common.pair': '{name}：{value}', 'common.broke': '页面出了问题', 'common.reload': '重新载入', 'common.retry': '重试', 'common.close': '关闭', 'common.cancel': '取消', 'common.sending': '正在提交…', 'common.loading': '正在读取…', 'common.more': '再显示一些', 'common.copy': '复制', 'common.copied': '已复制', 'common.remove': '移除', 'common.back': '返回', 'common.none': '—', 'common.optional': '选填',
  'time.justNow': '刚刚', 'time.minutesAgo': '{n} 分钟前', 'time.hoursAgo': '{n} 小时前', 'time.daysAgo': '{n} 天前',
  'time.left': '剩余 {span}', 'time.over': '超时 {span}', 'time.days': '{n} 天', 'time.hours': '{n} 小时', 'time.minutes': '{n} 分', 'time.seconds': '{n} 秒',

  'case.number': '案件编号', 'case.round': '第 {n} 轮', 'case.overdue': '超时', 'case.said': '上报内容', 'case.place': '地点', 'case.matter': '事项', 'case.noMatter': '尚未确定事项', 'case.noPlace': '尚未定位', 'case.noOwner': '尚未派遣',
  'case.filingCondition': '立案条件', 'case.closingCondition': '结案条件', 'case.limit': '办理时限', 'case.edition': '目录第 {n} 版 · 第 {row} 行', 'case.clocks': '时限', 'case.owner': '责任单位', 'case.advice': '建议派给', 'case.filing': '立案情况',
 'case.photo': '照片 {n}', 'case.file': '文件 {n}', 'case.photoFailed': '照片无法显示', 'case.reporter': '上报人', 'case.reply': '给上报人的答复', 'case.moves': '我可以办理', 'case.otherMoves': '其他动作（{n}）', 'case.noMoves': '当前岗位没有可办理的动作', 'case.channel': '来源', 'case.openedAt': '上报时间', 'case.saidAt': '发生时间',
 'case.provisional': '暂定：该年度放假安排公布后重算', 'case.dueAt': '应于 {at} 前', 'case.doneInTime': '按期完成', 'case.doneLate': '超期完成', 'case.flags': '注意：文字{flags}',

  'ledger.title': '流程记录', 'ledger.intact': '哈希链完整', 'ledger.broken': '哈希链不完整，记录可能被改动', 'ledger.entry': '第 {n} 条', 'ledger.copyHash': '复制完整哈希', 'ledger.erased': '文字已依法删除，记录与哈希仍在', 'ledger.system': '系统按规则', 'ledger.public': '公众',
  'ledger.toOwner': '派给 {name}', 'ledger.condition': '{matter} · 第 {row} 行', 'ledger.rule': '规则 {rule}', 'ledger.due': '{stage}：{at} 前', 'ledger.reply': '答复：{text}', 'ledger.empty': '还没有记录',

  'ledger.closingMet': '已达到结案条件', 'form.matterFirst': '先选择事项，再选择它的立案条件', 'form.missing': '请填写', 'form.chooseReason': '请选择理由', 'form.chooseCondition': '请选择一行立案条件', 'form.chooseOwner': '请选择责任单位', 'form.chooseMatter': '搜索事项名称或代码', 'form.addFiles': '添加照片或文件', 'form.filesHint': 'JPEG、PNG、WebP 或 PDF，每个不超过 20 MB，最多 9 个', 'form.uploading': '正在上传 {name}', 'form.tooLarge': '{name} 超过 20 MB', 'form.fileFailed': '{name}：{what}。{todo}', 'form.tooMany': '最多 9 个附件',
  'form.replyHint': '上报人会看到这段文字', 'form.noteHint': '写进流程记录，经办人员可见', 'form.closingMet': '已达到上述结案条件', 'form.closingNeeded': '达到结案条件才能结案', 'form.byAdvice': '按规则建议', 'form.makeMove': '确认{move}', 'form.noRows': '这个事项没有立案条件行', 'form.stale': '案件刚被他人更新，已为您刷新，请再看一遍', 'form.done': '{move}：已完成',

  'map.label': '城市网格与案件地图', 'map.zoomIn': '放大', 'map.zoomOut': '缩小', 'map.home': '回到全市', 'map.failed': '地图无法显示：此浏览器不支持 WebGL', 'map.legend': '图例',
} as const
