import { Type, type Static } from '@sinclair/typebox'
import { closed, Count, Nullable } from './endpoint.ts'
import { ClockKind } from './endpoints/catalog.ts'
import { DutyClass, DutyItem } from './endpoints/patrol.ts'
import { PERMISSIONS } from './permissions.ts'

const Code = Type.String({ minLength: 1, maxLength: 40 })
const Words = closed({ zh: Type.String(), en: Type.String() })
const OfficePeriods = Type.Array(Type.Tuple([Type.String(), Type.String()]), { minItems: 1 })

/**
 * A filing rule (立案规则): the first rule whose `when` holds decides. `when` lists facts that must all be true;
 * facts are named in the module `intake`. `person` sends the report to a human acceptor.
 */
export const FilingRule = closed({
  id: Code,
  when: Type.Array(Type.String()),
  matters: Type.Optional(Type.Array(Type.String({ description: 'matter key, or a prefix ending in *' }))),
  channels: Type.Optional(Type.Array(Type.String())),
  then: Type.Union([Type.Literal('file'), Type.Literal('reject'), Type.Literal('person')]),
  reason: Words,
})

/** Who needs a second factor (双因素), how long without one, when passwords must be changed (null: never, NIST SP 800-63B) and when an account is stale. */
const SignInPolicy = closed({
  secondFactorFor: Type.Array(Type.Union(PERMISSIONS.map((permission) => Type.Literal(permission)))),
  graceDays: Count,
  passwordRotationDays: Nullable(Type.Integer({ minimum: 1 })),
  staleDays: Type.Integer({ minimum: 1, maximum: 9_999 }),
})

/** `cities/<city>/city.json` and its sibling files, checked whole at load; a city is data, never code. */
export const CitySchema = closed({
  code: Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
  division: Type.String({ pattern: '^\\d{6}$' }),
  name: Type.String(),
  nameEn: Type.String(),
  casePrefix: Type.String({ pattern: '^[A-Z]{2,4}$' }),
  demo: Type.Boolean(),
  timeZone: Type.String(),
  brand: closed({ color: Type.String({ pattern: '^#[0-9a-f]{6}$' }), sloganZh: Type.String(), sloganEn: Type.String() }),
  words: Type.Record(Type.String(), Words, { description: 'labels of steps, states, moves and reasons that differ from the default' }),
  counts: closed({ streets: Count, communities: Count, basic: Count, single: Count, dedicated: Count }),
  /** A GeoJSON file beside this one with the districts' boundaries, in the named system; absent in a city whose boundaries are imported later. */
  districts: Nullable(closed({ file: Type.String(), crs: Type.Union([Type.Literal('wgs84'), Type.Literal('gcj02'), Type.Literal('cgcs2000')]) })),
  seed: Type.Integer(),
  calendar: closed({
    region: Type.Union([Type.Literal('CN'), Type.Literal('none')]),
    fromYear: Type.Integer(),
    toYear: Type.Integer(),
    officeHours: Type.Array(Type.Tuple([Type.String(), Type.String()]), { minItems: 1 }),
  }),
  /** Calendars beside the standard one, by which matters may be counted instead; a matter names one by its id. */
  calendars: Type.Optional(
    Type.Array(
      closed({
        id: Code,
        zh: Type.String(),
        en: Type.String(),
        region: Type.Union([Type.Literal('CN'), Type.Literal('none')]),
        officeHours: OfficePeriods,
        byWeekday: Type.Optional(Type.Record(Type.String({ pattern: '^[1-7]$' }), OfficePeriods)),
        weekend: Type.Optional(Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 6 })),
      }),
    ),
  ),
  stages: Type.Record(Type.String(), closed({ clock: ClockKind, amount: Type.Number({ exclusiveMinimum: 0 }) }), {
    description: 'clock of each stage; `handle` is the default where a condition row has no limit',
  }),
  /** What may happen beside the steps (standards §1.5, §1.6): numbers of times and of days, and the ladder of an overdue case. */
  loop: closed({
    answerDays: Type.Integer({ minimum: 1, maximum: 365, description: 'days after closing in which a reporter may answer' }),
    notFixedTimes: Type.Integer({ minimum: 1, maximum: 9, description: 'how often a reporter may send a case back by the own word alone' }),
    appealDays: Type.Integer({ minimum: 1, maximum: 365 }),
    extensions: Type.Integer({ minimum: 0, maximum: 9 }),
    pauseDays: Type.Integer({ minimum: 1, maximum: 60 }),
    suspensionDays: Type.Integer({ minimum: 1, maximum: 366 }),
    /** How long after each level has been told of an overdue case the next one up is told. */
    ladder: Type.Array(closed({ clock: ClockKind, amount: Type.Number({ exclusiveMinimum: 0 }) }), { maxItems: 6 }),
    /** How near another open case must lie to be shown as perhaps the same, and how long ago it may have begun. */
    similar: closed({ metres: Type.Integer({ minimum: 10, maximum: 5_000 }), days: Type.Integer({ minimum: 1, maximum: 365 }) }),
  }),
  /** The two tracks (简单/复杂): the first rule whose `when` holds decides; `simple` has one owner, `hard` goes to joint command. */
  trackRules: Type.Array(
    closed({
      id: Code,
      when: Type.Array(Type.String()),
      matters: Type.Optional(Type.Array(Type.String())),
      channels: Type.Optional(Type.Array(Type.String())),
      then: Type.Union([Type.Literal('simple'), Type.Literal('hard')]),
      /** Simple cases only: sent to the advised owner by the program as soon as a rule has filed them, or left to a dispatcher. */
      dispatch: Type.Optional(Type.Literal('rule')),
      reason: Words,
    }),
  ),
  roles: Type.Record(Type.String(), Type.Array(Type.Union(PERMISSIONS.map((permission) => Type.Literal(permission))))),
  filingRules: Type.Array(FilingRule),
  /** How people sign in; where nothing is said, as docs/operations/sign-in.md says. */
  signIn: Type.Optional(SignInPolicy),
  /** What the Open311 endpoint says of itself, and the domains of matters that it offers (component and event where nothing is said). */
  open311: Type.Optional(closed({ contact: Type.String(), keyService: Type.String(), domains: Type.Array(Type.String({ pattern: '^[a-z]{1,40}$' })) })),
  /** Limits of reveals and exports; the standard ones of `platform/privacy/settings.ts` where nothing is said. */
  privacy: Type.Optional(
    closed({
      revealsPerHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
      emergencyRevealsPerHour: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
      exportExpiryHours: Type.Optional(Type.Integer({ minimum: 1, maximum: 72 })),
      exportAlertRows: Type.Optional(Type.Integer({ minimum: 1 })),
      exportMaxRows: Type.Optional(Type.Integer({ minimum: 1, maximum: 5_000_000 })),
    }),
  ),
  /** Files beside this one. matters: CSV or JSON in the catalogue's own import shape. */
  files: closed({ matters: Type.String(), organisation: Type.String(), dispatch: Type.String(), duties: Type.Optional(Type.String()) }),
})
export type City = Static<typeof CitySchema>
export type FilingRuleValue = Static<typeof FilingRule>

/** organisation.json: units, posts and people. Area codes name areas of the city; `{district}` style codes are resolved by the generator, not here. */
export const OrganisationSchema = closed({
  units: Type.Array(
    closed({
      code: Code,
      name: Type.String(),
      nameEn: Type.Optional(Type.String()),
      kind: Type.Union(['centre', 'department', 'district', 'street', 'community', 'grid', 'enterprise'].map((kind) => Type.Literal(kind))),
      parent: Nullable(Code),
      areaCode: Code,
    }),
  ),
  posts: Type.Array(closed({ code: Code, unit: Code, title: Type.String(), areaCode: Code, roles: Type.Array(Type.String()) })),
  people: Type.Array(
    closed({
      login: Code,
      name: Type.String(),
      posts: Type.Array(Code),
      step: Type.Optional(Type.String({ description: 'demo only: the step this person plays' })),
    }),
  ),
})
export type Organisation = Static<typeof OrganisationSchema>

/** duties.json: the grid items (网格事项) of the city in their classes. */
export const DutyListSchema = closed({ classes: Type.Array(DutyClass, { minItems: 1 }), items: Type.Array(DutyItem, { minItems: 1 }) })
export type DutyList = Static<typeof DutyListSchema>

/** dispatch.json: owner rules, most exact wins (longer matter pattern first, then deeper area). */
export const DispatchSchema = closed({
  rules: Type.Array(
    closed({
      id: Code,
      matter: Type.String({ description: 'matter key, a prefix ending in *, or *' }),
      areaCode: Code,
      owner: Code,
      coOwners: Type.Array(Code),
      validFrom: Type.String({ format: 'date' }),
      note: Type.String(),
    }),
  ),
})
export type DispatchRules = Static<typeof DispatchSchema>
