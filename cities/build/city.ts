import type { City } from '@linli/contract/city'
import { calendars } from './calendars.ts'
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
  calendars,
  stages: {
    accept: { clock: 'urgentHour', amount: 0.25 },
    verify: { clock: 'urgentHour', amount: 0.5 },
    dispatch: { clock: 'urgentHour', amount: 0.25 },
    handle: { clock: 'workDay', amount: 3 },
    check: { clock: 'urgentHour', amount: 0.5 },
    takeUp: { clock: 'workHour', amount: 4 },
    arbitrate: { clock: 'workDay', amount: 1 },
    approve: { clock: 'workDay', amount: 1 },
    coHandle: { clock: 'workDay', amount: 3 },
    reportIn: { clock: 'urgentHour', amount: 2 },
    supervise: { clock: 'workDay', amount: 3 },
  },
  // Two extensions, one long suspension of up to a year and an appeal once: the practice described in the public flow specifications.
  loop: {
    answerDays: 15,
    notFixedTimes: 2,
    appealDays: 10,
    extensions: 2,
    pauseDays: 15,
    suspensionDays: 365,
    ladder: [
      { clock: 'workHour', amount: 4 },
      { clock: 'workDay', amount: 1 },
      { clock: 'workDay', amount: 2 },
    ],
    similar: { metres: 250, days: 30 },
  },
  trackRules: [
    {
      id: 'several-owners',
      when: ['owner.several'],
      then: 'hard',
      reason: { zh: '派单规则列明有协办单位，按复杂事项由指挥中心统筹', en: 'The dispatch rule names co-owners: joint command' },
    },
    {
      id: 'owner-unknown',
      when: ['!owner.known'],
      then: 'hard',
      reason: { zh: '没有规则说明由谁负责，由指挥中心研判', en: 'No rule names an owner: the command centre decides' },
    },
    {
      id: 'by-rule',
      when: ['owner.known'],
      channels: ['replay', 'sensor'],
      then: 'simple',
      dispatch: 'rule',
      reason: { zh: '事项、地点和责任单位清楚，按规则直接派单', en: 'Matter, place and owner are clear: dispatched by rule' },
    },
    { id: 'anything-else', when: [], then: 'simple', reason: { zh: '一般事项', en: 'An ordinary matter' } },
  ],
  roles: Object.fromEntries(Object.entries(roles).map(([role, permissions]) => [role, [...permissions]])),
  files: { matters: 'matters.csv', organisation: 'organisation.json', dispatch: 'dispatch.json', duties: 'duties.json' },
  districts: { file: 'districts.geojson', crs: 'wgs84' },
} satisfies Partial<City>
