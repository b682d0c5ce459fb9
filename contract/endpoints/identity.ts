import { people } from './identity/people.ts'
import { posts, units } from './identity/posts.ts'
import { provider, secondFactor } from './identity/second-factor.ts'
import { session } from './identity/session.ts'

export { STALE_REASONS } from './identity/people.ts'

/** Who works here, at which post, and how they sign in. */
export const identity = { ...session, ...secondFactor, ...provider, ...people, ...posts, ...units }
