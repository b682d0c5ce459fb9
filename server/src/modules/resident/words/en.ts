import { explain } from './en/explain.ts'
import { openly } from './en/openly.ts'
import { report } from './en/report.ts'
import { site } from './en/site.ts'
import { track } from './en/track.ts'

/** The same words in English. */
export const en = { ...site, ...report, ...track, ...explain, ...openly }
