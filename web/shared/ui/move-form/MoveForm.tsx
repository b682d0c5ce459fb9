import { cases } from '@linli/contract/endpoints/cases'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { ApiProblem, useClient } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { Ability, CaseDetail } from '../case/types.ts'
import { ProblemView } from '../views.tsx'
import { AntdFrame } from './AntdFrame.tsx'
import { ConditionField } from './ConditionField.tsx'
import { bodyOf, draftOf, fieldOfPointer, lackingFields, type Draft, type DraftField } from './draft.ts'
import { EvidenceField } from './EvidenceField.tsx'
import { Field } from './Field.tsx'
import { OwnerField } from './OwnerField.tsx'
import { TextField } from './TextField.tsx'
import './move-form.css'

export interface MoveFormProps {
  readonly detail: CaseDetail
  readonly ability: Ability
  onDone(): void
  /** The case has moved on since the form was opened. */
  onStale(): void
  onCancel(): void
}

/** The form for exactly one move: the fields are those that the workflow's table says it needs. Loads antd, so screens import it lazily. */
export default function MoveForm({ detail, ability, onDone, onStale, onCancel }: MoveFormProps) {
  const i18n = useI18n()
  const client = useClient()
  // Somebody decides on what they see: the version is the one of the moment when the form was opened.
  const [seq, setSeq] = useState(detail.case.seq)
  const [draft, setDraft] = useState<Draft>(() => draftOf(detail))
  const [wrong, setWrong] = useState<readonly DraftField[]>([])
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }))
    setWrong([])
    setProblem(undefined)
  }
  const has = (need: string) => ability.needs.includes(need)
  const says = (field: DraftField, words: string) => (wrong.includes(field) ? words : undefined)
  const send = async () => {
    const lacking = lackingFields(ability, draft)
    if (lacking.length > 0) return setWrong(lacking)
    setBusy(true)
    try {
      await client.call(cases.move, { params: { id: detail.case.id }, body: bodyOf(ability, draft), seq })
      onDone()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.code === 'SEQ_STALE') {
        // They are shown the newer case and asked to look again; what they wrote stays.
        setSeq(typeof error.extra['seq'] === 'number' ? error.extra['seq'] : detail.case.seq)
        return onStale()
      }
      setWrong(error.fields.flatMap((field) => fieldOfPointer(field.pointer) ?? []))
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <AntdFrame>
      <form
        className="move-form"
        aria-label={i18n.word('move', ability.move)}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {has('condition') && (
          <ConditionField
            form="move"
            matterName={detail.case.matterName}
            value={draft}
            wrong={says('conditionRow', i18n.t('form.chooseCondition'))}
            onChange={change}
          />
        )}
        {has('owner') && (
          <OwnerField advice={detail.advice} value={draft.owner} wrong={says('owner', i18n.t('form.chooseOwner'))} onChange={(owner) => change({ owner })} />
        )}
        {has('reason') && (
          <ReasonField
            reasons={ability.reasons}
            value={draft.reasonCode}
            wrong={says('reasonCode', i18n.t('form.chooseReason'))}
            onChange={(reasonCode) => change({ reasonCode })}
          />
        )}
        {has('closingCondition') && (
          <Field id="move-closing" label={i18n.t('case.closingCondition')} wrong={says('closingConditionMet', i18n.t('form.closingNeeded'))} group>
            {detail.condition && <p className="closing-text">{detail.condition.closing}</p>}
            <Checkbox checked={draft.closingConditionMet} onChange={(event) => change({ closingConditionMet: event.target.checked })}>
              {i18n.t('form.closingMet')}
            </Checkbox>
          </Field>
        )}
        <EvidenceField
          form="move"
          files={draft.files}
          needed={has('evidence')}
          wrong={says('evidence', i18n.t('form.missing'))}
          onAdd={(file) => setDraft((before) => ({ ...before, files: [...before.files, file] }))}
          onRemove={(id) => change({ files: draft.files.filter((file) => file.id !== id) })}
        />
        <TextField
          id="move-note"
          label={i18n.t('need.note')}
          hint={i18n.t('form.noteHint')}
          optional={!has('note')}
          value={draft.note}
          wrong={says('note', i18n.t('form.missing'))}
          maxLength={4_000}
          onChange={(note) => change({ note })}
        />
        {has('publicReply') && (
          <TextField
            id="move-reply"
            label={i18n.t('need.publicReply')}
            hint={i18n.t('form.replyHint')}
            value={draft.publicReply}
            wrong={says('publicReply', i18n.t('form.missing'))}
            maxLength={4_000}
            onChange={(publicReply) => change({ publicReply })}
          />
        )}
        {problem && <ProblemView problem={problem} />}
        <footer>
          <Button onClick={onCancel} disabled={busy}>
            {i18n.t('common.cancel')}
          </Button>
          <Button type="primary" htmlType="submit" loading={busy} danger={ability.kind === 'void' || ability.kind === 'back'}>
            {busy ? i18n.t('common.sending') : i18n.t('form.makeMove', { move: i18n.word('move', ability.move) })}
          </Button>
        </footer>
      </form>
    </AntdFrame>
  )
}

function ReasonField({
  reasons,
  value,
  wrong,
  onChange,
}: {
  reasons: readonly string[]
  value: string | undefined
  wrong: string | undefined
  onChange(code: string): void
}) {
  const { t, word } = useI18n()
  return (
    <Field id="move-reason" label={t('need.reason')} wrong={wrong} group>
      <div className="choice-row">
        {reasons.map((code) => (
          <label key={code} className="choice-card">
            <input type="radio" name="move-reason" checked={value === code} onChange={() => onChange(code)} />
            <span>{word('reason', code)}</span>
          </label>
        ))}
      </div>
    </Field>
  )
}
