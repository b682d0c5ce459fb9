import type { FieldProblem } from '@linli/contract/errors'
import type { I18nView } from '../../i18n/index.ts'
import { fieldOfPointer, type DraftField } from './draft.ts'

/** What is wrong with each field of a move's form, in words. */
export type Wrong = Readonly<Partial<Record<DraftField, string>>>
type Says = Pick<I18nView, 't' | 'limit'>

const MISSING = {
  reasonCode: 'form.chooseReason',
  note: 'form.missing',
  conditionRow: 'form.chooseCondition',
  closingConditionMet: 'form.closingNeeded',
  owner: 'form.chooseOwner',
  targets: 'form.chooseUnits',
  limit: 'form.missing',
  until: 'form.untilWrong',
  citation: 'form.choose',
  position: 'form.choose',
  ruleArea: 'form.choose',
  main: 'form.choose',
  evidence: 'form.missing',
  publicReply: 'form.missing',
} as const satisfies Record<DraftField, string>

/** The words for fields that were left empty; on a hard case the units may be left out where the note says why. */
export function wrongOfLacking({ t }: Says, fields: readonly DraftField[], jointPlan: boolean): Wrong {
  return Object.fromEntries(fields.map((field) => [field, t(field === 'targets' && jointPlan ? 'form.coHandlersHint' : MISSING[field])]))
}

/** The server's field problems at the fields that they name, each with what to do; a name of a unit stands where one is meant. */
export function wrongOfProblems(
  says: Says,
  problems: readonly FieldProblem[],
  { needs, targets, unitName }: { readonly needs: readonly string[]; readonly targets: readonly string[]; unitName(code: string): string },
): Wrong {
  const found: Partial<Record<DraftField, string>> = {}
  for (const problem of problems) {
    const field = fieldOfPointer(problem.pointer)
    if (field) found[field] ??= wordsOf(says, field, problem)
  }
  return found

  function wordsOf({ t, limit }: Says, field: DraftField, { code, detail, pointer }: FieldProblem): string {
    if (field === 'targets' && code === 'taken') return t('form.unitTaken', { name: unitName(targets[Number(/\d+$/.exec(pointer)?.[0] ?? 0)] ?? '') })
    if (field === 'targets' && code === 'required' && needs.includes('jointPlan')) return t('form.coHandlersHint')
    if (field === 'owner' && code === 'same') return t('form.ownerSame')
    if ((field === 'owner' || field === 'targets') && code === 'enum') return t('form.unitUnknown')
    if (field === 'reasonCode' && needs.includes('present')) return t('form.presentWrong')
    if (field === 'limit' && code === 'maximum') {
      const [clock, amount] = (detail ?? '').split(' ')
      if (clock !== undefined && Number(amount) > 0) return t('form.limitTooLong', { limit: limit(clock, Number(amount)) })
    }
    return code === 'required' ? t(MISSING[field]) : t('form.fieldWrong')
  }
}
