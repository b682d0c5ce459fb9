import { catalog } from '@linli/contract/endpoints/catalog'
import { identity } from '@linli/contract/endpoints/identity'
import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Icon, SearchBox, Segments, SIGNS, statesOf, Toggle, useMedia } from '@linli/web-shared/ui'
import { useState, type RefObject } from 'react'
import { dayOf, instantOf } from '../when.ts'
import type { Filter } from './filter.ts'
import { FindField } from './FindField.tsx'

const NONE = 'none'
type Part = { readonly [K in keyof Filter]?: Filter[K] | undefined }

/** What the queue is narrowed by; what is set stands below as a chip that takes it off again. */
export function QueueFilters({ search, filter, onChange }: { search: RefObject<HTMLInputElement | null>; filter: Filter; onChange(filter: Filter): void }) {
  const { t, word, timeZone } = useI18n()
  const narrow = useMedia('(max-width: 719px)')
  const [more, setMore] = useState(false)
  const change = (part: Part) => onChange({ ...filter, ...part } as Filter)
  const units = useAnswer(identity.listUnits, {}, { freshMs: 600_000 })
  const sign = SIGNS.find((name) => statesOf(name).join(',') === filter.state)
  const dayField = (instant: string | undefined, back = 0) => (instant === undefined ? '' : dayOf(Date.parse(instant) - back, timeZone))
  return (
    <div className="queue-filters" role="search">
      <SearchBox search={search} asked={filter.q ?? ''} onAsk={(words) => change({ q: words === '' ? undefined : words })} />
      <Toggle on={filter.mine === 'true'} onChange={(on) => change({ mine: on ? 'true' : undefined })}>
        {t('command.mine')}
      </Toggle>
      <Toggle on={filter.overdue === 'true'} onChange={(on) => change({ overdue: on ? 'true' : undefined })}>
        {t('command.onlyOverdue')}
      </Toggle>
      <select
        aria-label={t('command.filterStep')}
        value={filter.state === undefined ? '' : (sign ?? 'several')}
        onChange={(event) => {
          const next = SIGNS.find((name) => name === event.target.value)
          change({ state: next ? statesOf(next).join(',') : undefined })
        }}
      >
        <option value="">{t('command.anyStep')}</option>
        {SIGNS.map((name) => (
          <option key={name} value={name}>
            {name === 'voided' ? word('state', name) : word('step', name)}
          </option>
        ))}
        {filter.state !== undefined && !sign && (
          <option value="several">
            {filter.state
              .split(',')
              .map((state) => word('state', state))
              .join(t('console.listComma'))}
          </option>
        )}
      </select>
      <button type="button" className="text-button" aria-expanded={more} onClick={() => setMore(!more)}>
        {t(more ? 'queue.fewer' : 'queue.more')}
      </button>
      <Segments
        label={t('queue.sort')}
        value={filter.order ?? 'newest'}
        options={(['newest', 'due'] as const).map((value) => ({ value, text: t(`queue.sort.${value}`) }))}
        onChange={(order) => change({ order: order === 'due' ? 'due' : undefined })}
      />
      {more && (
        <div className="queue-more" data-narrow={narrow}>
          <label>
            {t('command.unit')}
            <select value={filter.owner ?? ''} onChange={(event) => change({ owner: event.target.value || undefined })}>
              <option value="">{t('queue.anyUnit')}</option>
              <option value={NONE}>{t('case.noOwner')}</option>
              {units.data?.rows.map((unit) => (
                <option key={unit.code} value={unit.code}>
                  {unit.name}
                </option>
              ))}
            </select>
          </label>
          <FindField
            label={t('command.area')}
            endpoint={places.listAreas}
            valueOf={(row) => row.code}
            textOf={(row) => row.name}
            onFind={(area) => change({ area })}
          />
          <FindField
            label={t('case.matter')}
            endpoint={catalog.listMatters}
            valueOf={(row) => row.key}
            textOf={(row) => `${row.name} · ${row.className}`}
            onFind={(matter) => change({ matter })}
          />
          <label>
            {t('command.track')}
            <select
              value={filter.track ?? ''}
              onChange={(event) => change({ track: event.target.value === 'simple' || event.target.value === 'hard' ? event.target.value : undefined })}
            >
              <option value="">{t('command.track.all')}</option>
              <option value="simple">{t('command.track.simple')}</option>
              <option value="hard">{t('command.track.hard')}</option>
            </select>
          </label>
          <label>
            {t('queue.from')}
            <input type="date" value={dayField(filter.from)} onChange={(event) => change({ from: instantOf(`${event.target.value}T00:00`, timeZone) })} />
          </label>
          <label>
            {t('queue.to')}
            <input
              type="date"
              value={dayField(filter.to, 1)}
              onChange={(event) => {
                const begin = instantOf(`${event.target.value}T00:00`, timeZone)
                change({ to: begin === undefined ? undefined : new Date(Date.parse(begin) + 86_400_000).toISOString() })
              }}
            />
          </label>
        </div>
      )}
      <Chips filter={filter} unitName={(code) => units.data?.rows.find((unit) => unit.code === code)?.name ?? code} onDrop={change} />
    </div>
  )
}

/** What has no field of its own on the first line, by name. */
function Chips({ filter, unitName, onDrop }: { filter: Filter; unitName(code: string): string; onDrop(part: Part): void }) {
  const { t, word, times } = useI18n()
  const named = (code: string | undefined) => code !== undefined && code !== NONE
  const area = useAnswer(places.getArea, { params: { code: filter.area ?? '' } }, { enabled: named(filter.area), freshMs: 600_000 })
  const matter = useAnswer(catalog.getMatter, { params: { key: filter.matter ?? '' } }, { enabled: named(filter.matter), freshMs: 600_000 })
  const day = (instant: string, back = 0) => times.day(Date.parse(instant) - back)
  const chips: readonly { readonly text: string; readonly drop: Part }[] = [
    ...(filter.area === undefined ? [] : [{ text: t('command.inArea', { name: area.data?.area.name ?? filter.area }), drop: { area: undefined } }]),
    ...(filter.owner === undefined
      ? []
      : [{ text: t('command.ofUnit', { name: filter.owner === NONE ? t('case.noOwner') : unitName(filter.owner) }), drop: { owner: undefined } }]),
    ...(filter.matter === undefined
      ? []
      : [
          {
            text: t('queue.ofMatter', { name: filter.matter === NONE ? t('case.noMatter') : (matter.data?.matter.name ?? filter.matter) }),
            drop: { matter: undefined },
          },
        ]),
    ...(filter.track === undefined ? [] : [{ text: t(`command.track.${filter.track}`), drop: { track: undefined } }]),
    ...(filter.indicator === undefined
      ? []
      : [
          {
            text: t('common.pair', { name: word('indicator', filter.indicator), value: t(`command.${filter.part ?? 'numerator'}`) }),
            drop: { indicator: undefined, part: undefined },
          },
        ]),
    ...(filter.from === undefined && filter.to === undefined
      ? []
      : [
          {
            text: t('queue.received', { from: filter.from === undefined ? '…' : day(filter.from), to: filter.to === undefined ? '…' : day(filter.to, 1) }),
            drop: { from: undefined, to: undefined },
          },
        ]),
  ]
  if (chips.length === 0) return null
  return (
    <ul className="chips" aria-label={t('command.filters')}>
      {chips.map((chip) => (
        <li key={chip.text}>
          <button type="button" className="chip" aria-label={`${t('common.remove')} ${chip.text}`} onClick={() => onDrop(chip.drop)}>
            {chip.text}
            <Icon name="close" size={13} />
          </button>
        </li>
      ))}
    </ul>
  )
}
