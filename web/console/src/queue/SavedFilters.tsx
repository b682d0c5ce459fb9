import { desk } from '@linli/contract/endpoints/desk'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { Button, Icon } from '@linli/web-shared/ui'
import { useEffect, useState, type MouseEvent } from 'react'
import { useHeard } from '../live.tsx'
import { useSay } from '../parts/Notices.tsx'
import { both, keptOf, sameFilter, type Filter, type Saved } from './filter.ts'
import { OrderFilters } from './OrderFilters.tsx'
import { SaveFilter } from './SaveFilter.tsx'

const COUNTS_EVERY_MS = 20_000

/** The saved filters as tabs with how many cases each holds now; a second one is laid over the first with Shift. */
export function SavedFilters({ filter, onChoose, onRows }: { filter: Filter; onChoose(filter: Filter): void; onRows(rows: readonly Saved[]): void }) {
  const { t, language } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const [saving, setSaving] = useState(false)
  const [changing, setChanging] = useState<Saved>()
  const [ordering, setOrdering] = useState(false)
  const asked = useAnswer(desk.listFilters, {}, { freshMs: 60_000 })
  const counted = useAnswer(desk.countFilters, {}, { keep: true, everyMs: 60_000 })
  useHeard(
    (heard) => heard?.attended !== true,
    () => cache.renew(desk.countFilters),
    COUNTS_EVERY_MS,
  )
  const rows = asked.data?.rows
  useEffect(() => onRows(rows ?? []), [rows, onRows])
  const renew = () => {
    cache.renew(desk.listFilters)
    cache.renew(desk.countFilters)
  }
  const open = rows?.find((row) => sameFilter(row.filter, keptOf(filter)))
  const choose = (row: Saved, event: MouseEvent) => {
    if (!event.shiftKey) return onChoose(row.filter)
    const joined = both(filter, row.filter)
    if (joined) onChoose(joined)
    else say(t('queue.nothingInBoth'))
  }
  return (
    <nav className="saved" aria-label={t('queue.saved')}>
      <ul>
        <Tab name={t('queue.all')} on={sameFilter(filter, {})} onClick={() => onChoose({})} />
        <Tab
          name={t('command.mine')}
          on={sameFilter(keptOf(filter), { mine: 'true', order: 'due' })}
          onClick={() => onChoose({ mine: 'true', order: 'due' })}
        />
        {rows?.map((row, index) => {
          const count = counted.data?.rows.find((one) => one.id === row.id)
          return (
            <Tab
              key={row.id}
              name={row.name}
              shared={!row.own}
              {...(index < 9 ? { digit: index + 1 } : {})}
              count={count && (count.exact ? countOf(language, count.count) : t('queue.moreThan', { n: countOf(language, count.count) }))}
              on={row.id === open?.id}
              onClick={(event) => choose(row, event)}
            />
          )
        })}
      </ul>
      <div className="saved-tools">
        {!open && !sameFilter(keptOf(filter), {}) && (
          <Button onClick={() => setSaving(true)}>
            <Icon name="plus" size={16} />
            {t('queue.save')}
          </Button>
        )}
        {open?.own && (
          <Button tone="quiet" onClick={() => setChanging(open)}>
            {t('queue.change')}
          </Button>
        )}
        {open?.own && (
          <Button
            tone="quiet"
            onClick={() =>
              void client.call(desk.removeFilter, { params: { id: open.id } }).then(() => {
                say(t('queue.removed', { name: open.name }))
                renew()
              })
            }
          >
            {t('queue.remove')}
          </Button>
        )}
        {(rows?.filter((row) => row.own).length ?? 0) > 1 && (
          <Button tone="quiet" onClick={() => setOrdering(true)}>
            {t('queue.order')}
          </Button>
        )}
      </div>
      {(saving || changing) && (
        <SaveFilter
          filter={filter}
          saved={changing}
          onClose={(name) => {
            setSaving(false)
            setChanging(undefined)
            if (name === undefined) return
            say(t('queue.savedAs', { name }))
            renew()
          }}
        />
      )}
      {ordering && (
        <OrderFilters
          rows={(rows ?? []).filter((row) => row.own)}
          onClose={() => {
            setOrdering(false)
            renew()
          }}
        />
      )}
    </nav>
  )
}

function Tab({
  name,
  count,
  digit,
  shared = false,
  on,
  onClick,
}: {
  name: string
  count?: string | undefined
  digit?: number
  shared?: boolean
  on: boolean
  onClick(event: MouseEvent): void
}) {
  const { t } = useI18n()
  return (
    <li>
      <button
        type="button"
        className="saved-tab"
        aria-current={on ? 'true' : undefined}
        onClick={onClick}
        title={digit === undefined ? name : `${name} (${digit})`}
      >
        {shared && <Icon name="people" size={14} />}
        <span>{name}</span>
        {shared && <span className="unseen">{t('queue.sharedByUnit')}</span>}
        {count !== undefined && <em>{count}</em>}
      </button>
    </li>
  )
}
