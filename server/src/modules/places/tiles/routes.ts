import { tiles as contract } from '@linli/contract/endpoints/tiles'
import { Refusal } from '@linli/contract/errors'
import { route, type Route } from '../../../platform/http/request.ts'
import { answerTile, tileAddress } from '../../../platform/http/tile-answer.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { Atlas } from '../atlas.ts'
import { AreaTiles } from './area-tiles.ts'
import { ComponentTiles } from './component-tiles.ts'

export function tileRoutes(platform: Platform, atlas: Atlas): Route[] {
  const areas = new AreaTiles(atlas)
  const components = new ComponentTiles(platform)
  return [
    route(contract.areas, async (call) => {
      const at = tileAddress(call.params)
      if (!at) throw new Refusal('NOT_FOUND')
      return answerTile(call, areas.tile(at.z, at.x, at.y), 'public, max-age=60')
    }),
    route(contract.components, async (call) => {
      const at = tileAddress(call.params)
      if (!at) throw new Refusal('NOT_FOUND')
      return answerTile(call, await components.tile(at.z, at.x, at.y), 'private, max-age=60')
    }),
  ]
}
