import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { intake as contract } from '@linli/contract/endpoints/intake'
import { Refusal } from '@linli/contract/errors'
import { isRounded } from '@linli/lib/geo/rounded'
import { flagsOf, titleOf } from '@linli/lib/text'
import { maskText } from '@linli/lib/text/masks'
import { digest } from '../../../platform/audit/hash.ts'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { idempotencyKey, onceWhole, rememberAnswer } from '../../../platform/idempotency.ts'
import type { Tx } from '../../../platform/db/database.ts'
import type { Platform } from '../../../platform/platform.ts'
import { refuseMask } from '../../../platform/privacy/masking.ts'
import { allow, type Actor } from '../../../platform/rights/actor.ts'
import { newId } from '../../../platform/runtime.ts'
import { doubtOf, refuseDoubt, type Witness } from '../coordinate-guess.ts'
import { formProblems } from '../forms.ts'
import type { IntakePorts, MatterFacts, PlacedReport } from '../ports.ts'
import { decideFiling, factsOf, type Fact, type FilingDecision } from '../rules.ts'
import { insertReport } from '../store.ts'

type Body = BodyOf<typeof contract.report>
type Answer = AnswerOf<typeof contract.report>
export interface ReceiveCommand {
  readonly body: Body
  readonly actor: Actor
  readonly client: string
  readonly key: string
  readonly requestId: string
  /** A channel that knows its clients by keys of its own: no permission is asked, and it notes the client in the report's transaction. */
  readonly proven?: (tx: Tx, report: { readonly districtId: number; readonly reportId: string }) => Promise<void>
}

const OUTCOME = { file: 'filed', reject: 'rejected', person: 'waiting' } as const

/** The reporter's key to the case: kept as a hash, and in the answer that a resend gets until that key expires. */
export const receiptHash = (receipt: string) => digest('sha256', receipt)

/** Receives one report: locates it, lets the filing rules decide, and opens the case, whole or not at all; a resend gets the first answer. */
export function receiveReport(platform: Platform, ports: IntakePorts, command: ReceiveCommand): Promise<Answer> {
  const { body, actor } = command
  if (body.channel !== 'web' && command.proven === undefined) allow(actor, body.channel === 'replay' ? 'intake.import' : 'intake.report')
  const key = idempotencyKey(body.channel, command.client, command.key, body)
  return onceWhole(platform.db, key, async () => {
    refuseMaskedReporter(body)
    const component = await componentPosition(ports, body.component)
    const position = body.position ?? component
    // A rounded position is no place: it is kept as said and waits for a person, wherever it seems to lie.
    if (body.position && !isRounded(body.position)) await refuseDoubtful(ports, command, body.position, component)
    const placed = position && !isRounded(position) ? ports.place(position, '/body/position') : undefined
    const matter = matterOf(ports, body)
    const wrong = formProblems(matter?.form, body.form)
    if (wrong.length > 0) throw new Refusal('FORM_INVALID', wrong)
    const areaPath = placed?.areaPath ?? platform.city.city.division
    const facts = factsOf({
      position,
      matterKey: matter?.key,
      matterRows: matter?.rows.length ?? 0,
      conditionRow: body.conditionRow,
      text: body.text,
      staff: actor.kind === 'person',
      photos: body.photos?.length ?? 0,
      ownerKnown: matter !== undefined && ports.hasOwner(matter.key, areaPath),
    })
    const decision = decideFiling(platform.city.city.filingRules, facts, matter?.key, body.channel)
    const answer = await write(platform, ports, command, { placed, matter, areaPath, facts, decision, key })
    platform.metrics.reports.inc({ outcome: answer.outcome })
    return answer
  })
}

/** Asks about a position that makes more sense in another system; never of a replay, whose sender nobody can ask, and once only. */
async function refuseDoubtful(ports: IntakePorts, command: ReceiveCommand, position: Body['position'] & object, component: Point | undefined): Promise<void> {
  if (command.body.channel === 'replay' || position.confirmed === true) return
  const photos = await ports.photoPositions(command.body.photos ?? [], command.client)
  const witnesses: Witness[] = [
    ...photos.map((photo) => ({ ...photo, kind: 'photo' as const })),
    ...(component ? [{ ...component, kind: 'component' as const }] : []),
  ]
  refuseDoubt(doubtOf(position, witnesses, (point) => ports.isInside(point.lon, point.lat)))
}
type Point = { readonly lon: number; readonly lat: number }

/** A person who copies a reporter from a screen copies a mask; it must not become the reporter. A replay gives what its source had. */
function refuseMaskedReporter(body: Body): void {
  if (body.channel === 'replay') return
  refuseMask('intake.reporter.name', body.reporter?.name, '/body/reporter/name')
  refuseMask('intake.reporter.contact', body.reporter?.contact, '/body/reporter/contact')
}

interface Judged {
  readonly placed: PlacedReport | undefined
  readonly matter: MatterFacts | undefined
  readonly areaPath: string
  readonly facts: readonly Fact[]
  readonly decision: FilingDecision
  readonly key: ReturnType<typeof idempotencyKey>
}

async function write(platform: Platform, ports: IntakePorts, command: ReceiveCommand, judged: Judged): Promise<Answer> {
  const { body, actor } = command
  const { placed, matter, decision } = judged
  const at = new Date(platform.runtime.now())
  const districtId = placed?.districtId ?? 0
  const receipt = Buffer.from(platform.runtime.random(18)).toString('base64url')
  // A title is masked before it is kept, and what it is made from before it is cut: no search in lists can find somebody by a number.
  const title = body.title?.trim() ? maskText(body.title.trim()) : titleOf(maskText(body.text)) || (matter?.name ?? '—')
  const conditionRow = body.conditionRow ?? (matter?.rows.length === 1 ? (matter.rows[0] ?? null) : null)
  const prepared = await ports.prepareCase(districtId, at)
  const reportId = newId(platform.runtime, districtId)
  return platform.transaction(async (tx) => {
    const opened = await ports.openCase(tx, {
      ...prepared,
      actor,
      channel: body.channel,
      title,
      said: body.text,
      districtId,
      areaPath: judged.areaPath,
      gridCode: placed?.gridCode ?? null,
      position: placed ? { lon: placed.lon, lat: placed.lat } : null,
      at,
      matterKey: matter?.key ?? null,
      matterName: matter?.name ?? null,
      edition: matter?.edition ?? null,
      conditionRow,
      photos: body.photos ?? [],
      filing: { then: decision.then, rule: decision.rule, explanation: decision.zh },
    })
    await ports.takePhotos(tx, body.photos ?? [], command.client, opened.id)
    const reason = { code: decision.rule, zh: decision.zh, en: decision.en, rule: decision.rule === 'none' ? null : decision.rule }
    await insertReport(
      tx,
      {
        districtId,
        id: reportId,
        caseId: opened.id,
        receiptHash: receiptHash(receipt),
        channel: body.channel,
        title,
        said: body.text,
        address: body.address ?? null,
        form: body.form,
        saidAt: body.saidAt === undefined ? null : new Date(body.saidAt),
        receivedAt: at,
        component: body.component ?? null,
        flags: flagsOf(body.text),
        photos: body.photos ?? [],
        saidPosition: body.position ?? null,
        areaPath: judged.areaPath,
        outcome: OUTCOME[decision.then],
        reasonCode: reason.code,
        reasonZh: reason.zh,
        reasonEn: reason.en,
        rule: reason.rule,
        facts: [...judged.facts],
      },
      body.reporter ? { name: body.reporter.name ?? null, contact: body.reporter.contact ?? null } : null,
    )
    await command.proven?.(tx, { districtId, reportId })
    const answer: Answer = {
      reportId,
      outcome: OUTCOME[decision.then],
      reason,
      receipt,
      case: { id: opened.id, number: opened.number, state: opened.state, gridCode: placed?.gridCode ?? null, owner: opened.owner ?? opened.advised },
    }
    await rememberAnswer(tx, judged.key, 201, answer, at)
    await writeAudit(tx, platform.runtime, {
      districtId,
      requestId: command.requestId,
      actor,
      action: 'intake.report',
      objectKind: 'case',
      objectId: opened.id,
      outcome: 'done',
    })
    return answer
  })
}

async function componentPosition(ports: IntakePorts, code: string | undefined): Promise<{ lon: number; lat: number; crs: 'wgs84' } | undefined> {
  if (code === undefined) return undefined
  const component = await ports.findComponent(code)
  if (!component) throw new Refusal('COMPONENT_UNKNOWN', [{ pointer: '/body/component', code: 'enum', detail: code }])
  return { ...component, crs: 'wgs84' }
}

function matterOf(ports: IntakePorts, body: Body): MatterFacts | undefined {
  if (body.matter === undefined) return undefined
  const matter = ports.findMatter(body.matter)
  if (!matter) throw new Refusal('MATTER_UNKNOWN', [{ pointer: '/body/matter', code: 'enum', detail: body.matter }])
  if (body.conditionRow !== undefined && !matter.rows.includes(body.conditionRow))
    throw new Refusal('CONDITION_UNKNOWN', [{ pointer: '/body/conditionRow', code: 'enum', detail: matter.rows.join(', ') }])
  return matter
}
