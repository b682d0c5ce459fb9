/** The surnames that most people have (百家姓之常用); a salutation begins with one. */
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'
const TITLES = '先生|女士|小姐|同志|阿姨|大爷|大妈|大娘|奶奶|爷爷|叔叔|师傅|老师|同学|居民|业主'
const SALUTATION = new RegExp(`[${SURNAMES}][\\p{Script=Han}]{0,2}?(?=(?:${TITLES}))`, 'gu')

/** Takes names out of salutations (称呼脱敏), such as 王建国先生: a reply is written to one person and read by all. Other names cannot be found by a pattern. */
export const withoutSalutations = (text: string): string => text.replaceAll(SALUTATION, '某')
