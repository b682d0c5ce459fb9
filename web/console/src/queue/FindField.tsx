import type { AnswerOf, Endpoint } from '@linli/contract/endpoint'
import { useAnswer, type Sent } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useDeferredValue, useId, useState } from 'react'

type RowOf<E> = AnswerOf<E> extends { rows: readonly (infer R)[] } ? R : never

/** Finds one of many by typing a part of its name; choosing it from the browser's own list is the answer. */
export function FindField<E extends Endpoint>({
  label,
  endpoint,
  valueOf,
  textOf,
  onFind,
}: {
  label: string
  /** Takes `q` and `limit` and answers rows. */
  endpoint: E
  valueOf(row: RowOf<E>): string
  textOf(row: RowOf<E>): string
  onFind(value: string): void
}) {
  const { t } = useI18n()
  const id = useId()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const asked = useAnswer(endpoint, { query: { q, limit: '12' } } as unknown as Sent<E>, { enabled: q !== '', keep: true, freshMs: 60_000 })
  const rows = q === '' ? [] : ((asked.data as { rows?: readonly RowOf<E>[] } | undefined)?.rows ?? [])
  const find = (row: RowOf<E> | undefined) => {
    if (row === undefined) return
    setTyped('')
    onFind(valueOf(row))
  }
  return (
    <label>
      {label}
      <input
        list={id}
        value={typed}
        maxLength={60}
        placeholder={t('queue.find')}
        onChange={(event) => {
          setTyped(event.target.value)
          find(rows.find((row) => textOf(row) === event.target.value))
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') find(rows[0])
        }}
      />
      <datalist id={id}>
        {rows.map((row) => (
          <option key={valueOf(row)}>{textOf(row)}</option>
        ))}
      </datalist>
    </label>
  )
}
