import { patrol } from '@linli/contract/endpoints/patrol'
import { useAnswer, useAnswerPages } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Segments } from '@linli/web-shared/ui'
import { useState } from 'react'
import { Loaded, LoadedPages } from '../parts/Loaded.tsx'
import { Page } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { CorrectDuty } from './CorrectDuty.tsx'
import { DoDuty } from './DoDuty.tsx'
import { DutyList } from './DutyList.tsx'
import { ExcuseDuty } from './ExcuseDuty.tsx'
import type { DutyRow } from './types.ts'

const VIEWS = ['todo', 'week', 'settled'] as const

/** A grid worker's rounds (我的巡查): what is due today and overdue, one tap from being done; made for a telephone. */
export default function DutiesScreen() {
  const { t } = useI18n()
  const { query } = usePlace()
  const [open, setOpen] = useState<{ readonly act: 'do' | 'excuse' | 'correct'; readonly row: DutyRow }>()
  const view = VIEWS.find((name) => name === query['view']) ?? 'todo'
  const grid = /^\d{15}$/.test(query['grid'] ?? '') ? query['grid'] : undefined
  const asked = useAnswerPages(patrol.listDuties, {
    query: { until: view === 'week' ? 'week' : 'today', ...(grid === undefined ? {} : { grid }), limit: '200' },
  })
  const items = useAnswer(patrol.listItems, {}, { freshMs: 600_000 })
  const filter = (part: Record<string, string | undefined>) => go(linkTo('duties', [], { ...query, ...part }), true)
  const close = () => setOpen(undefined)
  const item = items.data?.rows.find((one) => one.key === open?.row.itemKey)
  return (
    <Page title={t(nameOf('duties'))} lead={asked.first && t('duties.today', { day: asked.first.today })} asOf={asked.first?.asOf}>
      <div className="filters">
        <Segments
          label={t('strands.view')}
          value={view}
          options={VIEWS.map((value) => ({ value, text: t(`duties.view.${value}`) }))}
          onChange={(next) => filter({ view: next })}
        />
        {(asked.first?.grids.length ?? 0) > 1 && (
          <select aria-label={t('duties.grid')} value={grid ?? ''} onChange={(event) => filter({ grid: event.target.value })}>
            <option value="">{t('duties.allGrids')}</option>
            {asked.first?.grids.map((row) => (
              <option key={row.code} value={row.code}>
                {row.name}
              </option>
            ))}
          </select>
        )}
      </div>
      <Loaded asked={items}>
        {() => (
          <LoadedPages asked={asked} empty={t('duties.none')}>
            {(rows) => <DutyList rows={rows} settled={view === 'settled'} onAct={(act, row) => setOpen({ act, row })} />}
          </LoadedPages>
        )}
      </Loaded>
      {open?.act === 'do' && item && <DoDuty row={open.row} item={item} onClose={close} />}
      {open?.act === 'excuse' && <ExcuseDuty row={open.row} onClose={close} />}
      {open?.act === 'correct' && <CorrectDuty row={open.row} onClose={close} />}
    </Page>
  )
}
