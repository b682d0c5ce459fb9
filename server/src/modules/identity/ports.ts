import type { Queryable } from '../../platform/db/database.ts'

/** One open piece of work that waits for a post, such as a case; nothing of what people said in it. */
export interface OpenWork {
  readonly kind: string
  readonly objectId: string
  /** As people call it, such as `LL-20261122-000123`. */
  readonly number: string
  readonly state: string
  readonly dueAt: Date | null
}
export interface PostOfWork {
  readonly id: string
  readonly unitCode: string
  /** Path of the post's area. */
  readonly areaPath: string
  readonly permissions: readonly string[]
}

/** What identity wants to know of the modules above it before somebody leaves a post or a unit ends. */
export interface IdentityPorts {
  /** Open work of a post (岗位待办), the most urgent first: `limit` pieces at most, and how many there are. */
  openWorkOfPost(db: Queryable, post: PostOfWork, limit: number): Promise<{ readonly total: number; readonly rows: readonly OpenWork[] }>
  /** How many pieces of open work a unit still owns. */
  countOpenWorkOfUnit(db: Queryable, unitCode: string): Promise<number>
}
