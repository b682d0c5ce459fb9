/** Words of the command screen (指挥大屏). */
export const command = {
  'command.title': '指挥中心', 'command.asOf': '数据截至 {at}', 'command.language': '语言', 'command.theme': '主题', 'command.theme.dark': '深色', 'command.theme.light': '浅色', 'command.theme.wall': '大屏',
  'command.live': '实时', 'command.connecting': '连接中', 'command.waiting': '已断开，{span}前的数据', 'command.offline': '连接已断开，显示的是 {at} 的数据，正在自动重连', 'command.demo': '演示', 'command.open': '在办', 'command.overdue': '超时', 'command.help': '快捷键', 'command.skip': '跳到案件列表',
  'command.today': '今天', 'command.week': '近 7 天', 'command.month': '近 30 天', 'command.period': '统计时段', 'command.indicators': '指标', 'command.ranking': '排行', 'command.byArea': '按区域', 'command.byUnit': '按单位', 'command.rankBy': '排序指标', 'command.whole': '全市', 'command.drill': '进入下级',
  'command.formula': '口径', 'command.fraction': '{numerator} / {denominator}', 'command.openNumerator': '查看计入分子的 {n} 件案件', 'command.openDenominator': '查看计入分母的 {n} 件案件', 'command.noCohort': '本时段没有应计案件', 'command.noRanking': '本时段没有案件', 'command.noInsight': '当前岗位不能查看指标',
  'command.cases': '案件', 'command.total': '共 {n} 件', 'command.search': '搜索标题或编号', 'command.filterStep': '环节', 'command.anyStep': '环节：全部', 'command.mine': '待我办理', 'command.onlyOverdue': '仅超时', 'command.filters': '筛选条件', 'command.clear': '清除', 'command.inArea': '区域：{name}', 'command.ofUnit': '单位：{name}', 'command.behind': '{indicator} · {part} · {period}', 'command.numerator': '分子', 'command.denominator': '分母',
  'command.noCases': '没有符合条件的案件', 'command.noCasesYet': '辖区内还没有案件', 'command.noCasesRead': '当前岗位不能查看案件',
  'command.signIn': '登录', 'command.signInLead': '登录后查看案件与指标', 'command.login': '账号', 'command.password': '密码', 'command.signOut': '退出登录', 'command.switchPost': '切换岗位', 'command.me': '我的', 'command.demoHint': '以下均为虚构人物，点击即可登录', 'command.otherLogin': '使用账号登录', 'command.signedInAs': '当前身份', 'command.changePerson': '换人', 'command.purpose': '查看目的：{purpose}', 'command.findPerson': '按姓名、岗位、单位筛选', 'command.allPeople': '显示全部 {n} 人', 'command.noPerson': '没有符合的人员', 'command.unit': '单位', 'command.area': '辖区',
  'command.nextPerson': '换成能办理的人', 'command.here': '此处', 'command.showHere': '查看这里的案件', 'command.outside': '此处不在本市范围内', 'command.code': '编码', 'command.lonLat': '经纬度 {lon}, {lat}',
 'command.inView': '图中 {n} 件', 'command.moreThan': '超过 {n} 件', 'command.dedicated': '专属网格', 'command.grids': '网格线', 'command.mapControls': '地图控制',
  'command.tab.cases': '案件', 'command.tab.indicators': '指标', 'command.tab.me': '我的', 'command.expand': '展开', 'command.shrink': '收起',
  'command.key.search': '搜索案件', 'command.key.move': '在列表中上下移动', 'command.key.open': '打开选中的案件', 'command.key.close': '关闭面板', 'command.key.help': '显示快捷键',
 'command.loadCity': '正在打开…',
} as const
