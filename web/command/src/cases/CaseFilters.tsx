import { useI18n } from '@linli/web-shared/i18n'
import { Icon, SearchBox, SIGNS, Toggle } from '@linli/web-shared/ui'
import type { RefObject } from 'react'
import type { Filters } from '../state/filters.ts'
import { useRoom } from '../state/room.ts'
import { go } from '../state/route.ts'

/** What the list is narrowed to, and the words to search for. */
export function CaseFilters({ search }: { search: RefObject<HTMLInputElement | null> }) {
  const { t, word } = useI18n()
  const { filters, filter } = useRoom()
  return (
    <div className="case-filters" role="search">
      <SearchBox search={search} asked={filters.q} onAsk={(q) => filter({ q })} />
      <div className="filter-row">
        <Toggle on={filters.mine} onChange={(mine) => filter({ mine })}>
          {t('command.mine')}
        </Toggle>
        <Toggle on={filters.overdue} onChange={(overdue) => filter({ overdue })}>
          {t('command.onlyOverdue')}
        </Toggle>
        <select
          aria-label={t('command.filterStep')}
          value={filters.sign ?? ''}
          onChange={(event) => filter({ sign: SIGNS.find((sign) => sign === event.target.value) })}
        >
          <option value="">{t('command.anyStep')}</option>
          {SIGNS.map((sign) => (
            <option key={sign} value={sign}>
              {sign === 'voided' ? word('state', sign) : word('step', sign)}
            </option>
          ))}
        </select>
      </div>
      <ActiveFilters
        filters={filters}
        onDrop={(part) => {
          filter(part)
          if ('area' in part) go({ kind: 'none' })
        }}
      />
    </div>
  )
}

function ActiveFilters({ filters, onDrop }: { filters: Filters; onDrop(part: Partial<Filters>): void }) {
  const { t, word } = useI18n()
  const { area, unit, behind } = filters
  const chips: { key: string; text: string; drop: Partial<Filters> }[] = [
    ...(behind
      ? [
          {
            key: 'behind',
            text: t('command.behind', {
              indicator: word('indicator', behind.indicator),
              part: t(`command.${behind.part}`),
              period: t(`command.${behind.period}`),
            }),
            drop: { behind: undefined },
          },
        ]
      : []),
    ...(area ? [{ key: 'area', text: t('command.inArea', { name: area.name }), drop: { area: undefined } }] : []),
    ...(unit ? [{ key: 'unit', text: t('command.ofUnit', { name: unit.name }), drop: { unit: undefined } }] : []),
  ]
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label={t('command.filters')}>
      {chips.map((chip) => (
        <li key={chip.key}>
          <button type="button" className="chip" aria-label={`${t('common.remove')} ${chip.text}`} onClick={() => onDrop(chip.drop)}>
            {chip.text}
            <Icon name="close" size={13} />
          </button>
        </li>
      ))}
    </ul>
  )
}
