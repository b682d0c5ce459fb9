import type { BodyOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import { Refusal } from '@linli/contract/errors'
import { dayText } from '@linli/lib/time/day'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { takeBlobs } from '../../../platform/blobs/blobs.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { once, rememberAnswer, type IdempotencyKey } from '../../../platform/idempotency.ts'
import { within, type PersonActor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import { heldAt } from '../assignments/store.ts'
import { carryForward } from '../carry.ts'
import { answerProblems } from '../items.ts'
import type { Patrol } from '../patrol.ts'
import { gridAsOf, type GridVersion } from '../queries.ts'
import { callIdOf, type ItemPeriod } from '../register.ts'
import { actObjection, countsAt, type DutyState } from '../rules.ts'
import { findCall, findEntry, insertEntry, settle, type EntryRow } from '../store.ts'
import { entryView, type EntryView } from '../views.ts'
import { reportFinding, type Found } from './report-finding.ts'
import { refusePosition } from './where-done.ts'

export type DoBody = BodyOf<typeof contract.doDuty>
export type ExcuseBody = BodyOf<typeof contract.excuseDuty>
export interface Settling {
  readonly act: { readonly kind: 'do'; readonly body: DoBody } | { readonly kind: 'excuse'; readonly body: ExcuseBody }
  readonly actor: PersonActor
  readonly key: IdempotencyKey
  readonly requestId: string
}
export interface SettledAnswer {
  readonly entry: EntryView
  readonly state: DutyState
}

/**
 * Settles one duty (巡查办理): done with its form and evidence, or excused with a reason, once for each key. What the telephone says was done
 * in a grid that has ended since is taken for that grid and carried on. Throws the DUTY_* errors; nothing is written then.
 */
export function settleDuty(patrol: Patrol, settling: Settling): Promise<SettledAnswer> {
  const { platform } = patrol
  return once(platform.db, settling.key, async () => {
    const judged = await judge(patrol, settling)
    const found = settling.act.kind === 'do' ? await reportFinding(patrol, settling, judged.due.item) : undefined
    return platform.transaction(async (tx) => write(patrol, settling, judged, found, tx))
  })
}

interface Judged {
  readonly due: ItemPeriod
  readonly grid: GridVersion
  readonly receivedAt: number
  readonly position: { readonly lon: number; readonly lat: number } | undefined
}

async function judge(patrol: Patrol, { act, actor }: Settling): Promise<Judged> {
  const { platform, register, ports } = patrol
  const { body } = act
  const receivedAt = platform.runtime.now()
  const callId = callIdOf(body.period)
  const due = register.find(body.itemKey, body.period, callId === undefined ? undefined : await findCall(platform.db, callId))
  const unknown = () => new Refusal('DUTY_UNKNOWN', [{ pointer: '/body/period', code: 'enum', detail: `${body.gridCode} ${body.itemKey} ${body.period}` }])
  if (!due) throw unknown()
  const madeAt = Date.parse(body.madeAt)
  const objection = actObjection(due.period, madeAt, receivedAt)
  if (objection) throw new Refusal(objection, [{ pointer: '/body/madeAt', code: objection }])
  const at = new Date(countsAt(madeAt, receivedAt))
  const grid = await gridAsOf(platform.db, body.gridCode, at)
  if (!grid || (due.below !== undefined && !within(due.below, grid.path))) throw unknown()
  await refuseForeign(patrol, actor, grid, at)
  if (act.kind === 'excuse') return { due, grid, receivedAt, position: undefined }
  const wrong = answerProblems(due.item, act.body.form)
  if (wrong.length > 0) throw new Refusal('FORM_INVALID', wrong)
  refuseMissing(due, act.body)
  const position = act.body.position && ports.place(act.body.position, '/body/position')
  if (position && (due.item.evidence === 'position' || due.item.evidence === 'photoAndPosition')) refusePosition(ports, grid.code, position)
  return { due, grid, receivedAt, position }
}

/** A grid outside the post's area is not there for it; one inside that was another's is refused by name. */
async function refuseForeign(patrol: Patrol, actor: PersonActor, grid: GridVersion, at: Date): Promise<void> {
  const held = await heldAt(patrol.platform.db, actor.postId, grid.code, at)
  if (held?.thisOne) return
  if (!within(actor.areaPath, grid.path)) throw new Refusal('NOT_FOUND')
  if (held?.any) throw new Refusal('DUTY_NOT_YOURS', [{ pointer: '/body/gridCode', code: 'DUTY_NOT_YOURS', detail: grid.code }])
}

function refuseMissing({ item }: ItemPeriod, body: DoBody): void {
  const needs = item.evidence === 'photoAndPosition' ? ['photo', 'position'] : [item.evidence]
  const missing = [
    ...(needs.includes('photo') && (body.photos?.length ?? 0) === 0 ? ['/body/photos'] : []),
    ...(needs.includes('position') && body.position === undefined ? ['/body/position'] : []),
  ]
  if (missing.length > 0)
    throw new Refusal(
      'DUTY_EVIDENCE_MISSING',
      missing.map((pointer) => ({ pointer, code: 'required' })),
    )
}

async function write(patrol: Patrol, { act, actor, key, requestId }: Settling, judged: Judged, found: Found | undefined, tx: Tx): Promise<SettledAnswer> {
  const { platform, ports } = patrol
  const { due, grid, receivedAt, position } = judged
  const at = new Date(receivedAt)
  const districtId = ports.districtIdOf(grid.path)
  const late = countsAt(Date.parse(act.body.madeAt), receivedAt) >= due.period.dueAt
  const state: DutyState = act.kind === 'excuse' ? 'excused' : late ? 'late' : 'done'
  const entry: EntryRow = {
    districtId,
    id: newId(platform.runtime, districtId),
    kind: act.kind,
    gridCode: grid.code,
    gridPath: grid.path,
    itemKey: due.item.key,
    itemEdition: due.edition,
    period: due.period.key,
    madeAt: new Date(act.body.madeAt),
    receivedAt: at,
    late,
    personId: actor.personId,
    postId: actor.postId,
    actKey: key.key,
    form: act.kind === 'do' ? (act.body.form ?? null) : null,
    words: act.body.note ?? null,
    photos: act.kind === 'do' ? (act.body.photos ?? []) : [],
    lon: position?.lon ?? null,
    lat: position?.lat ?? null,
    reasonCode: act.kind === 'excuse' ? act.body.reasonCode : null,
    caseId: found?.caseId ?? null,
    caseNumber: found?.number ?? null,
    corrects: null,
    carriedFrom: [],
    changeId: null,
  }
  const took = await settle(tx, {
    districtId,
    gridCode: grid.code,
    itemKey: due.item.key,
    period: due.period.key,
    entryId: entry.id,
    state,
    dueOn: dayText(due.period.dueDay),
    dueAt: new Date(due.period.dueAt),
    closesAt: new Date(due.period.closesAt),
  })
  if (!took) throw new Refusal('DUTY_SETTLED', [{ pointer: '/body/period', code: 'DUTY_SETTLED', detail: `${grid.code} ${due.item.key} ${due.period.key}` }])
  // A photo that shows the finding too is the case's already, and is shown from there.
  const ofCase = new Set(found && act.kind === 'do' ? (act.body.finding?.photos ?? []) : [])
  await takeBlobs(
    tx,
    entry.photos.filter((id) => !ofCase.has(id)),
    actor.personId,
    entry.id,
    '/body/photos',
  )
  await insertEntry(tx, entry)
  await carryForward(patrol, tx, { gridCode: grid.code, itemKey: due.item.key, period: due.period.key, at, changeId: null })
  const shown = await findEntry(tx, entry.id)
  if (!shown) throw new Error('ENTRY_LOST')
  const answer: SettledAnswer = { entry: entryView(shown), state }
  await rememberAnswer(tx, key, 201, answer, at)
  await writeAudit(tx, platform.runtime, {
    districtId,
    requestId,
    actor,
    action: `patrol.${act.kind}`,
    objectKind: 'duty-entry',
    objectId: entry.id,
    outcome: 'done',
  })
  return answer
}
