import type { AnswerOf } from '@linli/contract/endpoint'
import type { privacy as contract } from '@linli/contract/endpoints/privacy'
import type { HoldRecord, Proof } from './retention-store.ts'
import type { RevealRecord } from './reveals-store.ts'

export function revealView(row: RevealRecord, now: Date): AnswerOf<typeof contract.reviewReveal> {
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    caseId: row.caseId,
    number: row.caseNumber,
    personId: row.personId,
    personName: row.personName,
    postTitle: row.postTitle,
    unitName: row.unitName,
    reasonText: row.reason,
    reviewDueAt: row.reviewDueAt?.toISOString() ?? null,
    overdue: row.reviewedAt === null && row.reviewDueAt !== null && row.reviewDueAt < now,
    reviewedAt: row.reviewedAt?.toISOString() ?? null,
    reviewerName: row.reviewerName,
    verdict: row.verdict,
    reviewNote: row.reviewNote,
  }
}

export function holdView(row: HoldRecord, now: Date): AnswerOf<typeof contract.placeHold> {
  return {
    id: row.id,
    caseId: row.caseId,
    number: row.caseNumber,
    reasonText: row.reason,
    placedAt: row.placedAt.toISOString(),
    placerName: row.placerName,
    endsAt: row.endsAt.toISOString(),
    releasedAt: row.releasedAt?.toISOString() ?? null,
    releaserName: row.releaserName,
    releaseReason: row.releaseReason,
    active: row.releasedAt === null && row.endsAt > now,
  }
}

export function proofView(proof: Proof): AnswerOf<typeof contract.listErasures>['rows'][number] {
  return {
    ...proof,
    oldestAt: proof.oldestAt?.toISOString() ?? null,
    startedAt: proof.startedAt.toISOString(),
    finishedAt: proof.finishedAt?.toISOString() ?? null,
  }
}
