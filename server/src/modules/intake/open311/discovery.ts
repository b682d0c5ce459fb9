import type { City } from '@linli/contract/city'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { open311 as contract } from '@linli/contract/endpoints/open311'

const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2'

/** The discovery document of a city; its changeset is the number of the catalogue's edition, because services change with that alone. */
export function discoveryOf(city: Pick<City, 'name' | 'nameEn' | 'demo' | 'open311'>, edition: number, origin: string): AnswerOf<typeof contract.discovery> {
  const changeset = String(edition).padStart(9, '0')
  return {
    changeset,
    contact: city.open311?.contact ?? `${city.name} ${city.nameEn}`,
    key_service: city.open311?.keyService ?? `请向${city.name}的系统管理员申请 · Ask the administrator of this program in ${city.nameEn}`,
    endpoints: [
      {
        specification: SPECIFICATION,
        url: `${origin}/open311/v2`,
        changeset,
        type: city.demo ? 'test' : 'production',
        formats: ['text/xml', 'application/json'],
      },
    ],
  }
}
