import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useDeferredValue, useId, useState } from 'react'
import { go, linkTo } from '../place.ts'

/** Finds an area by the beginning of its name or code and goes there. */
export function AreaFind() {
  const { t, word } = useI18n()
  const id = useId()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const asked = useAnswer(places.listAreas, { query: { q, limit: '12' } }, { enabled: q !== '', keep: true, freshMs: 60_000 })
  const rows = q === '' ? [] : (asked.data?.rows ?? [])
  return (
    <>
      <input
        type="search"
        className="search"
        list={id}
        value={typed}
        placeholder={t('areas.search')}
        aria-label={t('areas.search')}
        maxLength={60}
        onChange={(event) => {
          setTyped(event.target.value)
          const found = rows.find((row) => row.code === event.target.value)
          if (found) go(linkTo('areas', [found.code]))
        }}
        onKeyDown={(event) => {
          const [only] = rows
          if (event.key === 'Enter' && only) go(linkTo('areas', [only.code]))
        }}
      />
      <datalist id={id}>
        {rows.map((row) => (
          <option key={row.code} value={row.code}>
            {row.name} · {word('level', row.gridKind ?? row.level)}
          </option>
        ))}
      </datalist>
    </>
  )
}
