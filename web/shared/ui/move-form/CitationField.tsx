import { catalog } from '@linli/contract/endpoints/catalog'
import { dispatch } from '@linli/contract/endpoints/reach'
import { Select } from 'antd'
import { useAnswer, useSession } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { CaseDetail } from '../case/types.ts'
import { LoadingView, ProblemView } from '../states.tsx'
import type { Citation } from './draft.ts'
import { Field } from './Field.tsx'

/** The line that a refusal leans on (依据): a condition row of the case's matter, or a rule of dispatch. */
export function CitationField({
  detail,
  value,
  wrong,
  onChange,
}: {
  detail: CaseDetail
  value: Citation | undefined
  wrong: string | undefined
  onChange(citation: Citation | undefined): void
}) {
  const { t, word } = useI18n()
  const session = useSession()
  const { matterKey, matterName } = detail.case
  const edition = detail.condition?.edition
  const matter = useAnswer(
    catalog.getMatter,
    { params: { key: matterKey ?? '' }, query: edition === undefined ? {} : { edition: String(edition) } },
    { enabled: matterKey !== null, freshMs: 600_000 },
  )
  const mayRead = session.may('dispatch.read')
  const rules = useAnswer(dispatch.listRules, {}, { enabled: mayRead, freshMs: 60_000 })
  const advised = detail.advice?.rule
  const others = (rules.data?.rows ?? []).filter((rule) => rule.id !== advised)
  return (
    <Field id="move-citation" label={word('need', 'citation')} hint={t('form.citationHint')} wrong={wrong} group>
      {matter.problem && <ProblemView problem={matter.problem} onRetry={matter.again} />}
      {matter.loading && <LoadingView lines={2} />}
      {matterKey !== null &&
        matter.data?.matter.conditions.map((row) => (
          <label key={row.rowNo} className="choice-card">
            <input
              type="radio"
              name="move-citation"
              checked={value?.matter === matterKey && value.row === row.rowNo}
              onChange={() => onChange({ matter: matterKey, row: row.rowNo })}
            />
            <strong>{t('form.citationRow', { matter: matterName ?? matterKey, row: row.rowNo })}</strong>
            <small>{row.filing}</small>
          </label>
        ))}
      {advised !== undefined && (
        <label className="choice-card">
          <input type="radio" name="move-citation" checked={value?.rule === advised} onChange={() => onChange({ rule: advised })} />
          <strong>{t('form.citationRule', { rule: advised })}</strong>
          <small>{detail.advice?.ownerName}</small>
        </label>
      )}
      {mayRead && (
        <Select<string>
          aria-label={t('form.otherRules')}
          showSearch={{ optionFilterProp: 'label' }}
          allowClear
          value={value?.rule !== undefined && value.rule !== advised ? value.rule : null}
          placeholder={t('form.otherRules')}
          loading={rules.fetching}
          options={others.map((rule) => ({ value: rule.id, label: `${rule.ownerName} · ${rule.matterPattern} · ${rule.areaCode}` }))}
          onChange={(rule: string | undefined) => onChange(rule === undefined ? undefined : { rule })}
        />
      )}
    </Field>
  )
}
