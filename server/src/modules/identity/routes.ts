import type { Route } from '../../platform/http/request.ts'
import type { Context } from './context.ts'
import { peopleRoutes } from './routes/people.ts'
import { postRoutes, unitRoutes } from './routes/posts.ts'
import { secondFactorRoutes } from './routes/second-factor.ts'
import { sessionRoutes } from './routes/session.ts'

/** Everything that this module answers. */
export function identityRoutes(context: Context): Route[] {
  return [...sessionRoutes(context), ...secondFactorRoutes(context), ...peopleRoutes(context), ...postRoutes(context), ...unitRoutes(context)]
}
