import { cases } from '@linli/contract/endpoints/cases'
import { identity } from '@linli/contract/endpoints/identity'
import { Button } from 'antd'
import { useState } from 'react'
import { ApiProblem, useAnswer, useClient } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { Ability, CaseDetail } from '../case/types.ts'
import { ProblemView } from '../states.tsx'
import { AntdFrame } from './AntdFrame.tsx'
import { bodyOf, draftOf, lackingFields, type Draft } from './draft.ts'
import { MoveFields } from './MoveFields.tsx'
import { useKeptKey } from '../track/use-kept-key.ts'
import { wrongOfLacking, wrongOfProblems, type Wrong } from './wrong.ts'
import './move-form.css'

export interface MoveFormProps {
  readonly detail: CaseDetail
  readonly ability: Ability
  /** What is chosen beforehand. */
  readonly start?: Partial<Draft> | undefined
  onDone(): void
  /** The case has moved on since the form was opened. */
  onStale(): void
  onCancel(): void
}

/** The form for exactly one move: the fields are those that the workflow's table says it needs. Loads antd, so screens import it lazily. */
export default function MoveForm({ detail, ability, start, onDone, onStale, onCancel }: MoveFormProps) {
  const i18n = useI18n()
  const client = useClient()
  const keyOf = useKeptKey()
  const units = useAnswer(identity.listUnits, {}, { freshMs: 600_000 })
  // Somebody decides on what they see: the version is the one of the moment when the form was opened.
  const [seq, setSeq] = useState(detail.case.seq)
  const [draft, setDraft] = useState<Draft>(() => ({ ...draftOf(detail, ability), ...start }))
  const [wrong, setWrong] = useState<Wrong>({})
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)
  const clear = () => {
    setWrong({})
    setProblem(undefined)
  }
  const send = async () => {
    const lacking = lackingFields(ability, draft, detail.case.track)
    if (lacking.length > 0) return setWrong(wrongOfLacking(i18n, lacking, ability.needs.includes('jointPlan')))
    setBusy(true)
    try {
      const body = bodyOf(ability, draft)
      await client.call(cases.move, { params: { id: detail.case.id }, body, seq, key: keyOf(JSON.stringify([detail.case.id, seq, body])) })
      onDone()
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error
      if (error.code === 'SEQ_STALE') {
        // They are shown the newer case and asked to look again; what they wrote stays.
        setSeq(typeof error.extra['seq'] === 'number' ? error.extra['seq'] : detail.case.seq)
        return onStale()
      }
      const unitName = (code: string) => units.data?.rows.find((unit) => unit.code === code)?.name ?? code
      setWrong(wrongOfProblems(i18n, error.fields, { needs: ability.needs, targets: draft.targets, unitName }))
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
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        {ability.unit !== null && (
          <p className="field-hint">
            {i18n.t('form.toUnit', { name: detail.strands.find((strand) => strand.key === ability.strand)?.unitName ?? ability.unit })}
          </p>
        )}
        <MoveFields
          detail={detail}
          ability={ability}
          draft={draft}
          wrong={wrong}
          onChange={(part) => {
            setDraft((before) => ({ ...before, ...part }))
            clear()
          }}
          onFile={(file) => setDraft((before) => ({ ...before, files: [...before.files, file] }))}
        />
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
