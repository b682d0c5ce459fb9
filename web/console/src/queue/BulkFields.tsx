import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ChoiceField, LineField, TickField, WordsField } from '../parts/fields.tsx'
import { fieldsOf, type BulkDraft, type Preview } from './bulk.ts'

/** What is said once for all the cases of a move. */
export function BulkFields({
  move,
  draft,
  locked,
  onChange,
}: {
  move: Preview['moves'][number]
  draft: BulkDraft
  locked: boolean
  onChange(part: Partial<BulkDraft>): void
}) {
  const { t, word, reason } = useI18n()
  const fields = fieldsOf(move)
  const units = useAnswer(identity.listUnits, {}, { enabled: fields.includes('owner'), freshMs: 600_000 })
  const has = (need: string) => fields.includes(need)
  return (
    <fieldset className="bulk-fields" disabled={locked}>
      {has('reason') && (
        <ChoiceField
          label={word('need', 'reason')}
          required
          value={draft.reasonCode}
          options={[{ value: '', text: t('form.choose') }, ...move.reasons.map((code) => ({ value: code, text: reason(move.move, code) }))]}
          onChange={(event) => onChange({ reasonCode: event.target.value })}
        />
      )}
      {has('owner') && (
        <ChoiceField
          label={word('need', 'owner')}
          hint={t('bulk.ownerHint')}
          value={draft.owner}
          options={[{ value: '', text: t('bulk.byAdvice') }, ...(units.data?.rows ?? []).map((unit) => ({ value: unit.code, text: unit.name }))]}
          onChange={(event) => onChange({ owner: event.target.value })}
        />
      )}
      {has('until') && (
        <LineField label={word('need', 'until')} type="date" required value={draft.until} onChange={(event) => onChange({ until: event.target.value })} />
      )}
      {has('closingCondition') && (
        <TickField
          label={t('bulk.closingMet')}
          hint={t('bulk.closingHint')}
          checked={draft.closingConditionMet}
          onChange={(event) => onChange({ closingConditionMet: event.target.checked })}
        />
      )}
      {has('publicReply') && (
        <WordsField
          label={word('need', 'publicReply')}
          hint={t('bulk.replyHint')}
          required
          maxLength={4_000}
          value={draft.publicReply}
          onChange={(event) => onChange({ publicReply: event.target.value })}
        />
      )}
      <WordsField
        label={word('need', 'note')}
        hint={t('form.noteHint')}
        required={has('note')}
        maxLength={4_000}
        rows={2}
        value={draft.note}
        onChange={(event) => onChange({ note: event.target.value })}
      />
    </fieldset>
  )
}
