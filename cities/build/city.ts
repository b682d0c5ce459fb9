import type { City } from '@linli/contract/city'
import { roles } from './roles.ts'

/** What both cities say alike; stage clocks are the first steps of standards §1.6 and may be changed by any city. */
export const shared = {
  timeZone: 'Asia/Shanghai',
  calendar: {
    region: 'CN',
    fromYear: 2014,
    toYear: 2027,
    officeHours: [
      ['08:30', '12:00'],
      ['13:30', '17:30'],
    ],
  },
  stages: {
    accept: { clock: 'urgentHour', amount: 0.25 },
    verify: { clock: 'urgentHour', amount: 0.5 },
    dispatch: { clock: 'urgentHour', amount: 0.25 },
    handle: { clock: 'workDay', amount: 3 },
    check: { clock: 'urgentHour', amount: 0.5 },
  },
  roles: Object.fromEntries(Object.entries(roles).map(([role, permissions]) => [role, [...permissions]])),
  autoDispatch: ['replay', 'sensor'],
  files: { matters: 'matters.csv', organisation: 'organisation.json', dispatch: 'dispatch.json' },
  districts: { file: 'districts.geojson', crs: 'wgs84' },
} satisfies Partial<City>
