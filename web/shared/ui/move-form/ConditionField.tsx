import { catalog } from '@linli/contract/endpoints/catalog'
import { Select } from 'antd'
import { useDeferredValue, useMemo, useState } from 'react'
import { useAnswer } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { LoadingView, ProblemView } from '../states.tsx'
import { Field } from './Field.tsx'

interface Chosen {
  readonly matter: string | undefined
  readonly conditionRow: number | undefined
}

/** The matter and one of its condition rows (立案条件), each with its closing condition and limit beside it; where both are optional, rows are asked for only where there are several. */
export function ConditionField({
  form,
  matterName,
  value,
  wrong,
  wrongMatter,
  optional = false,
  onChange,
}: {
  /** Begins the names of its fields, since two forms may be in one page. */
  form: 'move' | 'report'
  matterName: string | null
  value: Chosen
  wrong: string | undefined
  wrongMatter?: string | undefined
  optional?: boolean
  onChange(value: Chosen): void
}) {
  const { t } = useI18n()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const found = useAnswer(catalog.listMatters, { query: { limit: '30', ...(q === '' ? {} : { q }) } }, { keep: true, freshMs: 600_000 })
  const matter = useAnswer(catalog.getMatter, { params: { key: value.matter ?? '' } }, { enabled: value.matter !== undefined, freshMs: 600_000 })
  const options = useMemo(() => {
    const rows = (found.data?.rows ?? []).map((row) => ({ value: row.key, label: `${row.name}（${row.className}）` }))
    const known = rows.some((row) => row.value === value.matter)
    return known || value.matter === undefined ? rows : [{ value: value.matter, label: matter.data?.matter.name ?? matterName ?? value.matter }, ...rows]
  }, [found.data, matter.data, value.matter, matterName])
  const rows = matter.data?.matter.conditions
  const asksRow = !optional || wrong !== undefined || matter.problem !== null || (rows?.length ?? 0) > 1
  return (
    <>
      <Field id={`${form}-matter`} label={t('case.matter')} hint={optional ? t('report.matter') : undefined} wrong={wrongMatter} optional={optional}>
        <Select
          id={`${form}-matter`}
          allowClear={optional}
          showSearch={{ filterOption: false, onSearch: setTyped }}
          value={value.matter ?? null}
          placeholder={t('form.chooseMatter')}
          options={options}
          loading={found.fetching}
          notFoundContent={found.loading ? t('common.loading') : t('common.none')}
          onChange={(key: string | undefined) => onChange({ matter: key, conditionRow: undefined })}
        />
      </Field>
      {asksRow && (
        <Field
          id={`${form}-condition`}
          label={t('need.condition')}
          hint={optional ? t('report.conditionHint') : undefined}
          wrong={wrong}
          optional={optional}
          group
        >
          {matter.problem && <ProblemView problem={matter.problem} onRetry={matter.again} />}
          {matter.loading && <LoadingView lines={2} />}
          {value.matter === undefined && <p className="faint">{t('form.matterFirst')}</p>}
          {rows?.length === 0 && <p className="faint">{t('form.noRows')}</p>}
          {rows?.map((row) => (
            <label key={row.rowNo} className="choice-card">
              <input
                type="radio"
                name={`${form}-condition`}
                checked={value.conditionRow === row.rowNo}
                onChange={() => onChange({ matter: value.matter, conditionRow: row.rowNo })}
              />
              <strong>{row.filing}</strong>
              <small>{t('common.pair', { name: t('case.closingCondition'), value: row.closing })}</small>
              <small>{t('common.pair', { name: t('case.limit'), value: row.limitText || t('common.none') })}</small>
            </label>
          ))}
        </Field>
      )}
    </>
  )
}
