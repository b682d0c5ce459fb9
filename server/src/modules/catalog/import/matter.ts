import type { TimeLimit } from '@linli/lib/time/limits'

/** Numberings of matters (编码方案). Two of them give one code to different things, so a code never stands without its scheme. */
export const MATTER_SCHEMES = ['cjt214', 'gbt30428', 'local'] as const
export type MatterScheme = (typeof MATTER_SCHEMES)[number]

/** One condition row (立案条件) of a matter: when a case is filed, when it may be closed, and in what time. */
export interface Condition {
  /** Place among the rows of its matter, from 1, in the order of the file. */
  readonly rowNo: number
  readonly filing: string
  readonly closing: string
  readonly limit: TimeLimit
  /** The limit as written. */
  readonly limitText: string
  readonly ownerText: string
  readonly supervisorText: string
  readonly legalBasis?: string
  readonly note?: string
  /** Id of the working calendar that this row is counted by, where the rows of a matter differ in it. */
  readonly calendar?: string
}

/** A matter (事项) in normal form: one code of a catalogue with its condition rows. */
export interface Matter {
  /** Scheme, domain, class code and small code: see `matterKey`. */
  readonly key: string
  readonly scheme: MatterScheme
  /** `component` 部件, `event` 事件, or a city's own word in small letters. */
  readonly domain: string
  readonly classCode: string
  readonly className: string
  readonly code: string
  readonly name: string
  /** Every name of a code that the catalogue gives more than one; else empty. */
  readonly aliases: readonly string[]
  readonly workflow: string
  /** Id of the working calendar (工作日历) that its limits are counted by; the city's standard one where absent. */
  readonly calendar?: string
  /** What the catalogue says of the matter as a whole. */
  readonly description?: string
  /** JSON Schema of what is asked beyond the common fields. */
  readonly form?: Readonly<Record<string, unknown>>
  readonly evidence: readonly string[]
  readonly conditions: readonly Condition[]
}

/** The key of a matter, such as `gbt30428-component-0101`; codes as `normaliseCode` returns them. */
export function matterKey(scheme: MatterScheme, domain: string, classCode: string, code: string): string {
  return `${scheme}-${domain}-${classCode}${code}`
}

/**
 * A class or small code as two digits ("1", "０１" and "01" are one). A local scheme may have longer ones of four or six digits.
 * Undefined where it is none of these.
 */
export function normaliseCode(text: string, scheme: MatterScheme): string | undefined {
  const digits = text.normalize('NFKC').trim()
  if (/^\d{1,2}$/.test(digits)) return digits.padStart(2, '0')
  return scheme === 'local' && /^(\d{4}|\d{6})$/.test(digits) ? digits : undefined
}
