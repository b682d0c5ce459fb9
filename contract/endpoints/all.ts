import type { Endpoint } from '../endpoint.ts'
import { cases } from './cases.ts'
import { catalog } from './catalog.ts'
import { identity } from './identity.ts'
import { intake } from './intake.ts'
import { places } from './places.ts'
import { dispatch, insight, platform } from './reach.ts'

/** The whole API, by module: the client is made from this, and so are the routes and openapi.json. */
export const api = { platform, identity, places, catalog, intake, cases, dispatch, insight }

/** Every endpoint in one list. */
export const allEndpoints: readonly Endpoint[] = Object.values(api).flatMap((group) => Object.values(group) as Endpoint[])
