import type { AnswerOf } from '@linli/contract/endpoint'
import { intake } from '@linli/contract/endpoints/intake'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ApiProblem, useClient } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { AntdFrame } from '../move-form/AntdFrame.tsx'
import { ConditionField } from '../move-form/ConditionField.tsx'
import { EvidenceField } from '../move-form/EvidenceField.tsx'
import { Field } from '../move-form/Field.tsx'
import { TextField } from '../move-form/TextField.tsx'
import { ProblemView } from '../states.tsx'
import { doubtOf, type Doubt } from './doubt.ts'
import { DoubtQuestion } from './DoubtQuestion.tsx'
import { reportBody, reportFieldOf, stamped, type ReportDraft, type ReportField, type Spot } from './draft.ts'
import { SimilarNote } from './SimilarNote.tsx'
import '../move-form/move-form.css'

export type Reported = AnswerOf<typeof intake.report>
export interface ReportFormProps {
  readonly draft: ReportDraft
  /** Where the spot lies, in words. */
  readonly place: string
  /** How the spot can be changed, where it can. */
  readonly placeHint: string | undefined
  onDraft(change: (before: ReportDraft) => ReportDraft): void
  onReported(answer: Reported): void
  onClear(): void
}
type Wrong = Partial<Record<ReportField, string>>

/** The form for one report from a spot on the map (上报). The draft is its owner's, so that closing the form loses nothing. Loads antd, so screens import it lazily. */
export default function ReportForm({ draft, place, placeHint, onDraft, onReported, onClear }: ReportFormProps) {
  const { t, ...words } = useI18n()
  const client = useClient()
  const [wrong, setWrong] = useState<Wrong>({})
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  // A question about one spot is no question about another.
  const [asked, setAsked] = useState<{ readonly doubt: Doubt; readonly spot: Spot }>()
  const doubt = asked?.spot === draft.spot ? asked.doubt : undefined
  const [reporterKnown] = useState(draft.name !== '' || draft.contact !== '')
  const change = (part: Partial<ReportDraft>) => {
    onDraft((before) => ({ ...before, ...part }))
    setWrong({})
    setProblem(undefined)
    setAsked(undefined)
  }
  const send = async (filled: ReportDraft = draft) => {
    if (filled.text.trim() === '') {
      setWrong({ text: t('form.missing') })
      return document.getElementById('report-text')?.focus()
    }
    const going = stamped(filled, crypto.randomUUID())
    onDraft((before) => ({ ...before, crs: going.crs, confirmed: going.confirmed, key: going.key, sent: going.sent }))
    setBusy(true)
    setProblem(undefined)
    setAsked(undefined)
    try {
      onReported(await client.call(intake.report, { body: reportBody(going), key: going.key }))
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      const question = doubtOf(error)
      if (question) return setAsked({ doubt: question, spot: filled.spot })
      const { what, todo } = words.problem(error.code)
      const found = error.fields.flatMap((field) => reportFieldOf(field.pointer) ?? [])
      setWrong(Object.fromEntries(found.map((field) => [field, t('report.wrong', { what, todo })])))
      if (found.length === 0) setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  const line = (name: 'address' | 'name' | 'contact', maxLength: number, hint?: string) => (
    <Field id={`report-${name}`} label={t(`report.${name}`)} hint={hint} wrong={wrong[name]} optional>
      <Input
        id={`report-${name}`}
        value={draft[name]}
        maxLength={maxLength}
        autoComplete="off"
        aria-invalid={wrong[name] !== undefined}
        onChange={(event) => change({ [name]: event.target.value })}
      />
    </Field>
  )
  return (
    <AntdFrame>
      <form
        className="move-form"
        aria-label={t('report.title')}
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <Field id="report-place" label={t('case.place')} hint={placeHint} wrong={wrong.position} group>
          <p>{place}</p>
        </Field>
        <TextField
          id="report-text"
          label={t('report.text')}
          hint={t('report.textHint')}
          value={draft.text}
          wrong={wrong.text}
          maxLength={20_000}
          minRows={4}
          onChange={(text) => change({ text })}
        />
        <EvidenceField
          form="report"
          files={draft.files}
          needed={false}
          wrong={wrong.photos}
          onAdd={(file) => onDraft((before) => ({ ...before, files: [...before.files, file] }))}
          onRemove={(id) => change({ files: draft.files.filter((file) => file.id !== id) })}
        />
        <ConditionField form="report" matterName={null} value={draft} wrong={wrong.conditionRow} wrongMatter={wrong.matter} optional onChange={change} />
        <SimilarNote draft={draft} />
        {line('address', 500, t('report.addressHint'))}
        <details className="form-more" open={reporterKnown || wrong.name !== undefined || wrong.contact !== undefined}>
          <summary>{t('report.reporter')}</summary>
          <p className="field-hint">{t('report.reporterHint')}</p>
          {line('name', 100)}
          {line('contact', 100)}
        </details>
        {doubt && (
          <DoubtQuestion
            doubt={doubt}
            busy={busy}
            onChoose={(reading) => void send({ ...draft, ...(reading === 'asSent' ? { confirmed: true } : { crs: 'gcj02' as const }) })}
          />
        )}
        {problem && <ProblemView problem={problem} />}
        <footer>
          <Button onClick={onClear} disabled={busy}>
            {t('report.clear')}
          </Button>
          <Button type="primary" htmlType="submit" loading={busy} disabled={doubt !== undefined}>
            {busy ? t('common.sending') : t('report.send')}
          </Button>
        </footer>
      </form>
    </AntdFrame>
  )
}
