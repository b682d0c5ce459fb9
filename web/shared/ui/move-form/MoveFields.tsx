import { Checkbox } from 'antd'
import { useI18n } from '../../i18n/index.ts'
import type { Ability, CaseDetail } from '../case/types.ts'
import { CitationField } from './CitationField.tsx'
import { ConditionField } from './ConditionField.tsx'
import { isRuling, runningHandle, type Draft, type UploadedFile } from './draft.ts'
import { EvidenceField } from './EvidenceField.tsx'
import { Field } from './Field.tsx'
import { LimitField } from './LimitField.tsx'
import { MainField } from './MainField.tsx'
import { OwnerField } from './OwnerField.tsx'
import { PositionField } from './PositionField.tsx'
import { ReasonField } from './ReasonField.tsx'
import { RuleAreaField } from './RuleAreaField.tsx'
import { TextField } from './TextField.tsx'
import { UnitsField } from './UnitsField.tsx'
import { UntilField } from './UntilField.tsx'
import type { Wrong } from './wrong.ts'

/** The fields of one move, in the order in which somebody decides: what and who, why, by when, then proof and words. */
export function MoveFields({
  detail,
  ability,
  draft,
  wrong,
  onChange,
  onFile,
}: {
  detail: CaseDetail
  ability: Ability
  draft: Draft
  wrong: Wrong
  onChange(part: Partial<Draft>): void
  /** Uploads may end while others run, so a file is added and never set. */
  onFile(file: UploadedFile): void
}) {
  const { t, word } = useI18n()
  const row = detail.case
  const has = (need: string) => ability.needs.includes(need)
  const joint = has('jointPlan')
  const extended = has('beforeDue') ? runningHandle(detail) : undefined
  return (
    <>
      {has('main') && <MainField row={row} value={draft.main} wrong={wrong.main} onChange={(main) => onChange({ main })} />}
      {has('position') && <PositionField row={row} value={draft.position} wrong={wrong.position} onChange={(position) => onChange({ position })} />}
      {has('condition') && <ConditionField form="move" matterName={row.matterName} value={draft} wrong={wrong.conditionRow} onChange={onChange} />}
      {has('owner') && (
        <OwnerField
          advice={detail.advice}
          except={isRuling(ability.move) ? row.owner : null}
          value={draft.owner}
          wrong={wrong.owner}
          onChange={(owner) => onChange({ owner })}
        />
      )}
      {(has('targets') || has('target') || joint) && (
        <UnitsField
          row={row}
          single={has('target')}
          advised={joint}
          optional={joint && row.track !== 'hard'}
          label={word('need', joint ? 'jointPlan' : has('target') ? 'target' : 'targets')}
          {...(joint && row.track === 'hard' ? { hint: t('form.coHandlersHint') } : {})}
          value={draft.targets}
          wrong={wrong.targets}
          onChange={(targets) => onChange({ targets })}
        />
      )}
      {isRuling(ability.move) && <RuleAreaField row={row} value={draft.ruleArea} wrong={wrong.ruleArea} onChange={(ruleArea) => onChange({ ruleArea })} />}
      {has('reason') && (
        <ReasonField
          move={ability.move}
          reasons={fittingReasons(detail, ability)}
          value={draft.reasonCode}
          wrong={wrong.reasonCode}
          onChange={(reasonCode) => onChange({ reasonCode })}
        />
      )}
      {has('citation') && <CitationField detail={detail} value={draft.citation} wrong={wrong.citation} onChange={(citation) => onChange({ citation })} />}
      {(has('limit') || has('targets')) && (
        <LimitField value={draft.limit} most={extended?.amount} optional={!has('limit')} wrong={wrong.limit} onChange={(limit) => onChange({ limit })} />
      )}
      {has('until') && <UntilField value={draft.until} wrong={wrong.until} onChange={(until) => onChange({ until })} />}
      {has('closingCondition') && (
        <Field id="move-closing" label={t('case.closingCondition')} wrong={wrong.closingConditionMet} group>
          {detail.condition && <p className="closing-text">{detail.condition.closing}</p>}
          <Checkbox checked={draft.closingConditionMet} onChange={(event) => onChange({ closingConditionMet: event.target.checked })}>
            {t('form.closingMet')}
          </Checkbox>
        </Field>
      )}
      <EvidenceField
        form="move"
        files={draft.files}
        needed={has('evidence')}
        wrong={wrong.evidence}
        onAdd={onFile}
        onRemove={(id) => onChange({ files: draft.files.filter((file) => file.id !== id) })}
      />
      <TextField
        id="move-note"
        label={word('need', 'note')}
        hint={t('form.noteHint')}
        optional={!has('note')}
        value={draft.note}
        wrong={wrong.note}
        maxLength={4_000}
        onChange={(note) => onChange({ note })}
      />
      {has('publicReply') && (
        <TextField
          id="move-reply"
          label={word('need', 'publicReply')}
          hint={t('form.replyHint')}
          value={draft.publicReply}
          wrong={wrong.publicReply}
          maxLength={4_000}
          onChange={(publicReply) => onChange({ publicReply })}
        />
      )}
    </>
  )
}

/** Who has not come can only be marked as that, and who has come never (吹哨评议). */
function fittingReasons(detail: CaseDetail, ability: Ability): readonly string[] {
  if (!ability.needs.includes('present')) return ability.reasons
  const came = detail.strands.find((strand) => strand.key === ability.strand)?.state !== 'called'
  return ability.reasons.filter((reason) => (reason !== 'no-show') === came)
}
