import type { AnswerOf } from '@linli/contract/endpoint'
import type { patrol as contract } from '@linli/contract/endpoints/patrol'
import type { ShownAssignment } from './assignments/store.ts'
import type { PatrolPorts } from './ports.ts'
import type { ItemPeriod } from './register.ts'
import type { DutyState } from './rules.ts'
import type { CallRow, ShownEntry } from './store.ts'

export type EntryView = AnswerOf<typeof contract.doDuty>['entry']
export type DutyView = AnswerOf<typeof contract.listDuties>['rows'][number]
type AssignmentView = AnswerOf<typeof contract.assign>
type CallView = AnswerOf<typeof contract.callDuty>

/** An entry of the register as lists show it, without anybody's words. */
export function entryView(row: ShownEntry): EntryView {
  return {
    id: row.id,
    kind: row.kind,
    gridCode: row.gridCode,
    itemKey: row.itemKey,
    period: row.period,
    madeAt: row.madeAt.toISOString(),
    receivedAt: row.receivedAt.toISOString(),
    late: row.late,
    postTitle: row.postTitle,
    unitName: row.unitName,
    reasonCode: row.reasonCode,
    photos: row.photos.length,
    hasPosition: row.lon !== null,
    caseId: row.caseId,
    caseNumber: row.caseNumber,
    corrects: row.corrects,
    correctedBy: row.correctedBy,
    carriedFrom: [...row.carriedFrom],
  }
}

/** A duty of a grid in a period. */
export function dutyView(grid: { readonly code: string; readonly name: string }, due: ItemPeriod, state: DutyState, entryId: string | null): DutyView {
  return {
    gridCode: grid.code,
    gridName: grid.name,
    itemKey: due.item.key,
    itemEdition: due.edition,
    zh: due.item.zh,
    en: due.item.en,
    frequency: due.item.frequency,
    period: due.period.key,
    startsAt: new Date(due.period.startsAt).toISOString(),
    dueAt: new Date(due.period.dueAt).toISOString(),
    closesAt: new Date(due.period.closesAt).toISOString(),
    state,
    entryId,
  }
}

/** Who is put to which grid. */
export function assignmentView(ports: Pick<PatrolPorts, 'findArea'>, row: ShownAssignment): AssignmentView {
  return {
    id: row.id,
    gridCode: row.gridCode,
    gridName: ports.findArea(row.gridCode)?.name ?? row.gridCode,
    postId: row.postId,
    postCode: row.postCode,
    postTitle: row.postTitle,
    unitName: row.unitName,
    part: row.part,
    from: row.fromAt.toISOString(),
    to: row.toAt?.toISOString() ?? null,
  }
}

/** A call with how many basic grids it concerns as they stand now. */
export function callView(ports: Pick<PatrolPorts, 'findArea' | 'gridsBelow'>, row: CallRow): CallView {
  return {
    id: row.id,
    itemKey: row.itemKey,
    areaCode: row.areaCode,
    areaName: ports.findArea(row.areaCode)?.name ?? row.areaCode,
    reason: row.reason,
    calledAt: row.calledAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    grids: ports.gridsBelow(row.areaPath).length,
  }
}
