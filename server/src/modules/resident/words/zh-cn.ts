import { explain } from './zh-cn/explain.ts'
import { openly } from './zh-cn/openly.ts'
import { report } from './zh-cn/report.ts'
import { site } from './zh-cn/site.ts'
import { track } from './zh-cn/track.ts'

/** Words of the pages for residents (居民端). Plain language: short sentences, no office terms without a word on what they mean. A city overrides any of them by `resident.<key>`. */
export const zhCn = { ...site, ...report, ...track, ...explain, ...openly } as const

export type WordKey = keyof typeof zhCn
