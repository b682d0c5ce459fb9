import type { FormSchema } from '../forms.ts'

/** A matter as the service list shows it. */
export interface ServiceMatter {
  readonly key: string
  readonly name: string
  readonly domain: string
  readonly className: string
  readonly aliases: readonly string[]
  readonly description: string | undefined
  readonly form: FormSchema | undefined
  /** Texts of its condition rows: when a case is filed. */
  readonly filings: readonly string[]
}
/** What anybody may know of a case; nothing of what its reporter said. */
export interface PublicCase {
  readonly number: string
  readonly closed: boolean
  readonly matterKey: string
  readonly matterName: string
  readonly owner: string | null
  readonly areaPath: string
  readonly gridCode: string | null
  readonly lon: number | null
  readonly lat: number | null
  readonly openedAt: Date
  readonly stateAt: Date
  readonly dueAt: Date | null
  readonly publicReply: string | null
}
/** Which cases: by number, or opened from `from` until before `before`. */
export interface PublicCaseFilter {
  /** Domains of matters that are public services; a case of any other is as if it were not there. */
  readonly domains: readonly string[]
  readonly numbers?: readonly string[]
  readonly matterKeys?: readonly string[]
  readonly closed?: boolean
  readonly from?: Date
  readonly before?: Date
  readonly limit: number
}

/** What the channel Open311 wants from others; app.ts connects it. */
export interface Open311Ports {
  /** Matters of the edition in force, by key. */
  listMatters(): readonly ServiceMatter[]
  edition(): number
  findUnitName(code: string): string | undefined
  areaNames(path: string): string[]
  /** A point inside an area (degrees, WGS84). */
  findAreaPoint(code: string): { readonly lon: number; readonly lat: number } | undefined
  listPublicCases(filter: PublicCaseFilter): Promise<readonly PublicCase[]>
}
