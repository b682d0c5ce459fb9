import type { BodyOf } from '@linli/contract/endpoint'
import type { privacy as contract } from '@linli/contract/endpoints/privacy'
import type { Permission } from '@linli/contract/permissions'
import type { Queryable } from '../db/database.ts'
import type { PersonActor } from '../rights/actor.ts'

export type ExportFilter = BodyOf<typeof contract.askExport>['filter']
export type Purpose = BodyOf<typeof contract.askExport>['purpose']
export type DatasetRow = Readonly<Record<string, string | number | boolean | Date | null>>

export interface DatasetField {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** The declared column that it shows; kind, mask and purposes come from there. */
  readonly column: string
  /** What an asker must hold besides to ask for it unmasked. */
  readonly unmaskNeeds?: Permission
}

/** What may be exported (可导出数据集): a module registers it, the gate asks, masks, counts and makes the file. */
export interface Dataset {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** What a post must hold to ask for it. */
  readonly permission: Permission
  readonly filters: readonly (keyof ExportFilter)[]
  readonly fields: readonly DatasetField[]
  count(db: Queryable, asker: PersonActor, filter: ExportFilter): Promise<number>
  /** The next rows, unmasked, with the fields wanted; `next` is undefined behind the last. Never more than `limit`, never outside the asker's scope. */
  page(
    db: Queryable,
    asker: PersonActor,
    filter: ExportFilter,
    wanted: ReadonlySet<string>,
    after: string | undefined,
    limit: number,
  ): Promise<{ rows: readonly DatasetRow[]; next: string | undefined }>
}
