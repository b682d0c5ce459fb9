import { dispatch as contract } from '@linli/contract/endpoints/reach'
import { Refusal } from '@linli/contract/errors'
import { dayOf } from '@linli/lib/time/day-of'
import type { Tx } from '../../platform/db/database.ts'
import { route, type Route } from '../../platform/http/request.ts'
import type { Platform, Registration } from '../../platform/platform.ts'
import { rulesFor, type OwnerRule } from './rules.ts'
import { insertRules, insertRuling, readRules } from './store.ts'

export interface OwnerAdvice {
  readonly unit: string
  readonly rule: string
  readonly coOwners: readonly string[]
  readonly zh: string
  readonly en: string
}
/** A learned adviser (智能分拨), asked only where no rule line speaks. */
export interface Adviser {
  advise(matterKey: string, areaPath: string): OwnerAdvice | undefined
}
export interface DispatchPorts {
  areaPathOf(code: string): string | undefined
  areaName(code: string): string
  unitName(code: string): string
  matterName(key: string): string | undefined
}

const RULINGS: ReadonlySet<string> = new Set(['uphold-refusal', 'overrule-refusal'])

/** The door of `dispatch`: who should own it, and why. */
export interface Dispatch {
  readonly registration: Registration
  advise(matterKey: string, areaPath: string): OwnerAdvice | undefined
  ruleExists(id: string): boolean
  /** Writes a ruling as a dated rule inside the caller's transaction; it is in force once that has committed. */
  learnRuling(tx: Tx, ruling: Parameters<typeof insertRuling>[1]): Promise<void>
  refresh(): Promise<void>
  seed(tx: Tx): Promise<void>
}

const MOST_ANSWERS = 20_000

export function createDispatch(platform: Platform, ports: DispatchPorts, adviser?: Adviser): Dispatch {
  let rules: readonly OwnerRule[] = []
  const today = () => dayOf(platform.city.city.timeZone, platform.runtime.now())
  // One report asks several times, and the next ones from the same place ask the same.
  const answers = new Map<string, readonly OwnerRule[]>()
  const inForce = (matterKey: string, areaPath: string) => {
    const day = today()
    const question = `${day} ${matterKey} ${areaPath}`
    const known = answers.get(question)
    if (known) return known
    const found = rulesFor(rules, matterKey, areaPath, day)
    if (answers.size >= MOST_ANSWERS) answers.clear()
    answers.set(question, found)
    return found
  }
  const reason = (rule: OwnerRule): OwnerAdvice => ({
    unit: rule.owner,
    rule: rule.id,
    coOwners: rule.coOwners,
    zh: `规则 ${rule.id}：${ports.areaName(rule.areaCode)}的「${ports.matterName(rule.matter) ?? rule.matter}」由${ports.unitName(rule.owner)}负责（自 ${rule.validFrom} 起）`,
    en: `Rule ${rule.id}: in ${ports.areaName(rule.areaCode)}, ${ports.matterName(rule.matter) ?? rule.matter} belongs to ${ports.unitName(rule.owner)} (since ${rule.validFrom})`,
  })
  const advise = (matterKey: string, areaPath: string) => {
    const [first] = inForce(matterKey, areaPath)
    return first ? reason(first) : adviser?.advise(matterKey, areaPath)
  }
  const refresh = async () => {
    rules = await readRules(platform.db)
    answers.clear()
  }
  const routes: Route[] = [
    route(contract.listRules, async () => ({
      rows: rules.map((rule) => ({
        id: rule.id,
        matterPattern: rule.matter,
        areaCode: rule.areaCode,
        owner: rule.owner,
        ownerName: ports.unitName(rule.owner),
        coOwners: [...rule.coOwners],
        validFrom: rule.validFrom,
        note: rule.note,
        source: rule.source,
        caseNumber: rule.caseNumber,
      })),
    })),
    route(contract.advise, async (call) => {
      const path = ports.areaPathOf(call.query.area)
      if (path === undefined) throw new Refusal('NOT_FOUND')
      if (ports.matterName(call.query.matter) === undefined) throw new Refusal('MATTER_UNKNOWN', [{ pointer: '/querystring/matter', code: 'enum' }])
      const owner = advise(call.query.matter, path)
      return {
        owner: owner ? { ...owner, coOwners: [...owner.coOwners], unitName: ports.unitName(owner.unit) } : null,
        alternatives: inForce(call.query.matter, path)
          .slice(1, 4)
          .map((rule) => ({ unit: rule.owner, unitName: ports.unitName(rule.owner), rule: rule.id })),
      }
    }),
  ]
  return {
    registration: {
      name: 'dispatch',
      routes,
      // A ruling is heard of by the event of its own case, in every process.
      reactions: [
        { name: 'dispatch.rulings', topic: 'case.moved', run: (event) => (RULINGS.has(String(event.payload['move'])) ? refresh() : Promise.resolve()) },
      ],
    },
    advise,
    ruleExists: (id) => rules.some((rule) => rule.id === id),
    learnRuling: insertRuling,
    refresh,
    seed: (tx) => insertRules(tx, platform.city.dispatch),
  }
}
