import { demoBorders } from './borders/demo.ts'
import { zaozhuangBorders } from './borders/zaozhuang.ts'
import { demoCity } from './demo/city.ts'
import { demoComponents } from './demo/components.ts'
import { demoDispatch } from './demo/dispatch.ts'
import { demoEvents } from './demo/events.ts'
import { demoGovernance } from './demo/governance.ts'
import { demoOrganisation } from './demo/organisation.ts'
import * as demo from './demo/place.ts'
import { demoDuties, zaozhuangDuties } from './duties/matters.ts'
import { districtsGeoJson } from './geojson.ts'
import { catalogueCsv } from './matters/catalogue.ts'
import { zaozhuangCity } from './zaozhuang/city.ts'
import { zaozhuangDispatch } from './zaozhuang/dispatch.ts'
import { zaozhuangItems } from './zaozhuang/items.ts'
import { zaozhuangOrganisation } from './zaozhuang/organisation.ts'
import * as zaozhuang from './zaozhuang/place.ts'

const INVENTED = '虚构的边界，由程序生成，不对应任何真实行政区划。Fictional boundaries made by our own code; they follow no real division.'
const STAND_IN =
  '虚构的替代边界，由程序生成，仅位置和大小大致相近，不是行政区划界线。Fictional stand-ins made by our own code, about the right place and size only; not the official boundaries.'

/** Every file of every city that is generated: path under `cities/` to text. The same on every machine. */
export function generateCities(): Map<string, string> {
  return new Map([
    ['demo/city.json', json(demoCity)],
    ['demo/organisation.json', json(demoOrganisation())],
    ['demo/dispatch.json', json(demoDispatch())],
    ['demo/matters.csv', catalogueCsv([...demoComponents, ...demoEvents, ...demoGovernance])],
    ['demo/duties.json', json(demoDuties)],
    ['demo/districts.geojson', districtsGeoJson(demoBorders, demo.DISTRICTS, demo.CITY.code, INVENTED)],
    ['zaozhuang/city.json', json(zaozhuangCity)],
    ['zaozhuang/organisation.json', json(zaozhuangOrganisation())],
    ['zaozhuang/dispatch.json', json(zaozhuangDispatch())],
    ['zaozhuang/matters.csv', catalogueCsv(zaozhuangItems)],
    ['zaozhuang/duties.json', json(zaozhuangDuties)],
    ['zaozhuang/districts.geojson', districtsGeoJson(zaozhuangBorders, zaozhuang.DISTRICTS, zaozhuang.CITY.code, STAND_IN)],
  ])
}

/** JSON for reading and for reviewing: lists of records keep one record a line. */
function json(value: object): string {
  const fields = Object.entries(value).map(([key, field]) => {
    const isRows = Array.isArray(field) && field.some((row) => typeof row === 'object')
    const text = isRows ? `[\n    ${field.map((row) => JSON.stringify(row)).join(',\n    ')}\n  ]` : JSON.stringify(field)
    return `  ${JSON.stringify(key)}: ${text}`
  })
  return `{\n${fields.join(',\n')}\n}\n`
}
