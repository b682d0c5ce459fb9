import type { Platform } from '../../platform/platform.ts'
import type { PersonActor } from '../../platform/rights/actor.ts'
import { tokenHash } from './key.ts'
import { withheldOf, type SignInPolicy } from './rules.ts'
import { findSession, listPosts, touchSession, type PostRow, type SessionRow } from './store.ts'

export interface LiveSession {
  readonly actor: PersonActor
  readonly posts: readonly PostRow[]
  readonly endsAt: Date
}
interface Cached {
  readonly session: LiveSession | undefined
  readonly readAt: number
}

const CACHE_MS = 5_000
const TOUCH_MS = 60_000

/** Finds the session of a token; read again after five seconds at most, so that an ended one is soon ended everywhere. */
export class Sessions {
  readonly #platform: Platform
  readonly #policy: SignInPolicy
  readonly #cache = new Map<string, Cached>()
  readonly #touched = new Map<string, number>()
  #forgotten = 0

  constructor(platform: Platform, policy: SignInPolicy) {
    this.#platform = platform
    this.#policy = policy
  }

  async find(token: string): Promise<LiveSession | undefined> {
    const now = this.#platform.runtime.now()
    const hash = tokenHash(token)
    const cached = this.#cache.get(hash)
    if (cached && now - cached.readAt < CACHE_MS) return cached.session
    const before = this.#forgotten
    const session = await this.#load(hash, now)
    if (this.#cache.size > 20_000) this.#cache.clear()
    // What was read before somebody ended sessions may be one of those.
    if (before === this.#forgotten) this.#cache.set(hash, { session, readAt: now })
    return session
  }

  forget(): void {
    this.#forgotten += 1
    this.#cache.clear()
  }

  /** Forgets sessions that were deleted, and ends their streams. */
  end(sessionIds: readonly string[]): void {
    this.forget()
    for (const id of sessionIds) this.#platform.realtime.endSession(id)
  }

  async #load(hash: string, now: number): Promise<LiveSession | undefined> {
    const { db, config } = this.#platform
    const row = await findSession(db, hash)
    if (!row || row.ends_at.getTime() <= now) return undefined
    const lastSeen = Math.max(row.seen_at.getTime(), this.#touched.get(hash) ?? 0)
    if (now - lastSeen > config.LINLI_SESSION_IDLE_MINUTES * 60_000) return undefined
    const posts = await listPosts(db, row.person_id, new Date(now))
    const post = posts.find((candidate) => candidate.id === row.post_id)
    if (!post) return undefined
    if (now - lastSeen > TOUCH_MS) {
      this.#touched.set(hash, now)
      await touchSession(db, hash, new Date(now))
    }
    return { actor: actorAt(this.#policy, row, post, new Date(now)), posts, endsAt: row.ends_at }
  }
}

/** Somebody in a session at one of their posts, with the post's permissions but those that wait for a second factor. */
export function actorAt(policy: SignInPolicy, row: Omit<SessionRow, 'seen_at' | 'ends_at' | 'way' | 'post_id'>, post: PostRow, now: Date): PersonActor {
  const withheld = new Set(withheldOf(policy, post.permissions, { strong: row.strong, demo: row.demo, createdAt: row.created_at }, now))
  return {
    kind: 'person',
    personId: row.person_id,
    personName: row.person_name,
    postId: post.id,
    postTitle: post.title,
    unitCode: post.unit_code,
    unitName: post.unit_name,
    areaPath: post.area_path,
    permissions: new Set(post.permissions.filter((permission) => !withheld.has(permission))),
    withheld,
    sessionId: row.id,
  }
}
