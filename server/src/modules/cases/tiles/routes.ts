import { tiles as contract } from '@linli/contract/endpoints/tiles'
import { Refusal } from '@linli/contract/errors'
import { route, type Route } from '../../../platform/http/request.ts'
import { answerTile, packTile, tileAddress } from '../../../platform/http/tile-answer.ts'
import type { Platform } from '../../../platform/platform.ts'
import { personOf } from '../queries.ts'
import { densityTile } from './queries.ts'

export function caseTileRoutes({ db }: Platform): Route[] {
  return [
    route(contract.cases, async (call) => {
      const at = tileAddress(call.params)
      if (!at) throw new Refusal('NOT_FOUND')
      return answerTile(call, packTile(await densityTile(db, personOf(call.actor), at.z, at.x, at.y)), 'private, max-age=10')
    }),
  ]
}
