import type { Endpoint } from '../endpoint.ts'
import { cases } from './cases.ts'
import { catalog } from './catalog.ts'
import { desk } from './desk.ts'
import { feedBack } from './feed-back.ts'
import { field } from './field.ts'
import { identity } from './identity.ts'
import { intake } from './intake.ts'
import { open311 } from './open311.ts'
import { operations } from './operations.ts'
import { patrol } from './patrol.ts'
import { places } from './places.ts'
import { privacy } from './privacy.ts'
import { dispatch, insight, platform } from './reach.ts'
import { resident } from './resident.ts'
import { tiles } from './tiles.ts'

/** The whole API, by module: the client is made from this, and so are the routes and openapi.json. */
export const api = {
  platform,
  operations,
  identity,
  places,
  catalog,
  intake,
  open311,
  cases,
  dispatch,
  insight,
  privacy,
  patrol,
  field,
  feedBack,
  desk,
  tiles,
  resident,
}

/** Every endpoint in one list. */
export const allEndpoints: readonly Endpoint[] = Object.values(api).flatMap((group) => Object.values(group) as Endpoint[])
