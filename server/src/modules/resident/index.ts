import type { Platform, Registration } from '../../platform/platform.ts'
import { residentPages } from './pages.ts'
import type { ResidentParts } from './parts.ts'
import { residentRoutes } from './routes.ts'

/** The door of `resident`: pages for everybody, made here and needing no script. */
export function createResident(platform: Platform, parts: ResidentParts): { readonly registration: Registration } {
  return { registration: { name: 'resident', routes: residentRoutes(platform, parts), pages: residentPages(platform, parts) } }
}
