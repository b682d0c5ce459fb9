import { cases } from '@linli/contract/endpoints/cases'
import { Input } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useAnswer, useSession } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import type { CaseRow } from '../case/types.ts'
import { likenessText } from '../strands/likeness.ts'
import { LoadingView } from '../states.tsx'
import { Field } from './Field.tsx'

/** Cases that can take no other in. */
const SHUT = new Set(['linked', 'closed', 'evaluated', 'voided'])

/** The case of the same event (主案): one that looks alike, or one found by its number. */
export function MainField({ row, value, wrong, onChange }: { row: CaseRow; value: string | undefined; wrong: string | undefined; onChange(id: string): void }) {
  const i18n = useI18n()
  const { t, word } = i18n
  const { purpose } = useSession()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const similar = useAnswer(cases.listSimilar, { params: { id: row.id }, purpose })
  const found = useAnswer(cases.list, { query: { q, limit: '10' }, purpose }, { enabled: q.length > 1, keep: true })
  const alike = (similar.data?.rows ?? []).map((one) => ({ row: one.case, says: likenessText(i18n, one, row.matterKey) }))
  const searched = q.length > 1 ? (found.data?.rows ?? []) : []
  const options = [
    ...alike,
    ...searched
      .filter((one) => one.id !== row.id && !SHUT.has(one.state) && !alike.some((other) => other.row.id === one.id))
      .map((one) => ({ row: one, says: '' })),
  ]
  return (
    <Field id="move-main" label={word('need', 'main')} hint={t('form.mainHint')} wrong={wrong} group>
      <Input
        id="move-main"
        type="search"
        value={typed}
        maxLength={100}
        aria-label={t('form.mainSearch')}
        placeholder={t('form.mainSearch')}
        onChange={(event) => setTyped(event.target.value)}
      />
      {similar.loading && <LoadingView lines={2} />}
      {options.map(({ row: one, says }) => (
        <label key={one.id} className="choice-card">
          <input type="radio" name="move-main" checked={value === one.id} onChange={() => onChange(one.id)} />
          <strong>{one.title}</strong>
          <small>{[one.number, word('state', one.state), says].filter(Boolean).join(' · ')}</small>
        </label>
      ))}
      {!similar.loading && options.length === 0 && <p className="faint">{t('form.mainNone')}</p>}
    </Field>
  )
}
