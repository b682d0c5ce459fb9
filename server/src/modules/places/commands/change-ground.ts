import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import type { places as contract } from '@linli/contract/endpoints/places'
import { Refusal } from '@linli/contract/errors'
import type { IdempotencyKey } from '../../../platform/idempotency.ts'
import { once, rememberAnswer } from '../../../platform/idempotency.ts'
import { applyGround, previewGround, type ApplyOptions, type Asked, type Ground } from '../ground/apply.ts'
import type { GroundPlan } from '../ground/change.ts'
import { GridCodes } from '../ground/grid-codes.ts'
import { planBoundaries } from '../ground/plan-boundaries.ts'
import { communitiesOf, planMerge } from '../ground/plan-merge.ts'
import { planSplit } from '../ground/plan-split.ts'
import { planUndo } from '../ground/plan-undo.ts'
import type { Report } from '../ground/report.ts'
import { findChange, readCodesEver } from '../ground/store.ts'

/** What is asked of the ground: new boundaries, a merge, a split, or the undoing of an earlier change. */
export type Wish =
  | ({ readonly kind: 'boundaries' } & BodyOf<typeof contract.previewBoundaries>)
  | ({ readonly kind: 'merge' } & BodyOf<typeof contract.previewMerge>)
  | ({ readonly kind: 'split' } & BodyOf<typeof contract.previewSplit>)
  | { readonly kind: 'undo'; readonly id: string }

type Answer = AnswerOf<typeof contract.mergeGrids>

/** The report of a wish (调整预览), as it would be stored; nothing is written. */
export async function previewChange(ground: Ground, wish: Wish, asked: Asked): Promise<Report> {
  return previewGround(ground, await planOf(ground, wish), asked)
}

/** Carries a wish out, once for each key; a resend gets the first answer. */
export function changeGround(ground: Ground, wish: Wish, asked: Asked & Pick<ApplyOptions, 'acceptFaults'>, key: IdempotencyKey): Promise<Answer> {
  const { platform } = ground
  return once(platform.db, key, async () =>
    applyGround(ground, await planOf(ground, wish), {
      ...asked,
      fits: 'check',
      action: `places.${wish.kind}`,
      hook: (tx, applied) => rememberAnswer(tx, key, 201, applied, new Date(platform.runtime.now())),
    }),
  )
}

async function planOf(ground: Ground, wish: Wish): Promise<GroundPlan> {
  const { atlas, platform } = ground
  const codesFor = async (codes: readonly string[]) => new GridCodes(await readCodesEver(platform.db, communitiesOf(atlas, codes)))
  switch (wish.kind) {
    case 'boundaries':
      return planBoundaries(atlas, await codesFor(wish.edits.map((edit) => edit.code)), wish.crs, wish.edits)
    case 'merge':
      return planMerge(atlas, await codesFor(wish.merges.flatMap((merge) => merge.from)), wish.merges)
    case 'split':
      return planSplit(atlas, await codesFor([wish.code]), wish)
    case 'undo': {
      const change = await findChange(platform.db, wish.id)
      if (!change) throw new Refusal('NOT_FOUND')
      if (change.undoneBy !== null) throw new Refusal('CHANGE_UNDONE', [{ pointer: '/params/id', code: 'CHANGE_UNDONE', detail: change.undoneBy }])
      return planUndo(platform.db, atlas, change)
    }
  }
}
