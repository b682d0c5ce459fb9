import type { AnswerOf } from '@linli/contract/endpoint'
import { insight } from '@linli/contract/endpoints/reach'
import { useAnswer } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { EmptyView } from '@linli/web-shared/ui'
import { useState } from 'react'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { AsOf } from '../parts/Page.tsx'
import { linkTo } from '../place.ts'
import { csvOf } from './csv.ts'
import { Figure } from './Figure.tsx'
import { SaveTable } from './SaveTable.tsx'
import { daysOf, dayWindow } from './window.ts'

type Answer = AnswerOf<typeof insight.breakdown>
type Row = Answer['rows'][number]
type By = 'day' | 'matter' | 'area' | 'frequent'
interface Named {
  readonly code: string
  readonly name: string
}

/** What came, by day, matter, area or place and matter, beside the window as long before it. */
export function Breakdown({ by, period }: { by: By; period: { readonly from: string; readonly to: string } }) {
  const { t, times } = useI18n()
  const [trail, setTrail] = useState<readonly Named[]>([])
  const parent = trail.at(-1)?.code
  const asked = useAnswer(insight.breakdown, { query: { by, ...period, ...(parent === undefined ? {} : { parent }) } }, { keep: true, everyMs: 60_000 })
  return (
    <>
      {by === 'area' && trail.length > 0 && (
        <nav className="trail" aria-label={t('command.area')}>
          <button type="button" className="text-button" onClick={() => setTrail([])}>
            {t('command.whole')}
          </button>
          {trail.map((area, index) => (
            <button
              key={area.code}
              type="button"
              className="text-button"
              aria-current={index === trail.length - 1 ? 'true' : undefined}
              onClick={() => setTrail(trail.slice(0, index + 1))}
            >
              › {area.name}
            </button>
          ))}
        </nav>
      )}
      <Loaded asked={asked}>
        {(data) => (
          <>
            <Total data={data} parent={parent} />
            {data.rows.length === 0 && by !== 'day' ? (
              <EmptyView>{t(by === 'frequent' ? 'views.noFrequent' : 'views.nothing')}</EmptyView>
            ) : (
              <Table by={by} data={data} parent={parent} onInto={(area) => setTrail([...trail, area])} />
            )}
            {!data.complete && <p className="faint">{t('views.first', { n: data.rows.length })}</p>}
            <p className="as-of">{t('views.compared', { from: times.day(Date.parse(data.beforeFrom)), to: times.day(Date.parse(data.from) - 1) })}</p>
            <AsOf at={data.asOf} />
          </>
        )}
      </Loaded>
    </>
  )
}

function Total({ data, parent }: { data: Answer; parent: string | undefined }) {
  const { t } = useI18n()
  const filter = { from: data.from, to: data.to, ...(parent === undefined ? {} : { area: parent }) }
  return (
    <dl className="views-total">
      <div>
        <dt>{t('views.came')}</dt>
        <dd>
          <Figure n={data.total.count} filter={filter} /> <Change row={data.total} />
        </dd>
      </div>
      <div>
        <dt>{t('views.before')}</dt>
        <dd>
          <Figure n={data.total.before} filter={{ ...filter, from: data.beforeFrom, to: data.from }} />
        </dd>
      </div>
    </dl>
  )
}

/** How much more or less than before; nothing where there is nothing to compare with. */
function Change({ row }: { row: Pick<Row, 'count' | 'before'> }) {
  const { t, language } = useI18n()
  if (row.before === 0) return <span className="faint">{t('common.none')}</span>
  const change = (row.count - row.before) / row.before
  const text = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(change)
  return (
    <span className={change > 0 ? 'views-more' : 'faint'}>
      {change > 0 ? '▲' : change < 0 ? '▼' : ''} {text}
    </span>
  )
}

function Table({ by, data, parent, onInto }: { by: By; data: Answer; parent: string | undefined; onInto(area: Named): void }) {
  const { t, timeZone, times, language } = useI18n()
  const dayText = (day: string) => times.day(Date.parse(dayWindow(day, timeZone).from))
  const nameOf = (row: Row) =>
    [
      ...(by === 'day' ? [row.day === null ? '' : dayText(row.day)] : []),
      ...(by === 'matter' || by === 'frequent' ? [row.matterName ?? t('case.noMatter')] : []),
      ...(by === 'area' || by === 'frequent' ? [row.areaName ?? t('views.noArea')] : []),
    ].join(' · ')
  const filterOf = (row: Row) => ({
    from: data.from,
    to: data.to,
    ...(parent === undefined ? {} : { area: parent }),
    ...(row.day === null ? {} : dayWindow(row.day, timeZone)),
    ...(row.matter === null ? {} : { matter: row.matter }),
    ...(row.area === null ? {} : { area: row.area }),
  })
  const beforeOf = (row: Row) => {
    const shift = Date.parse(data.to) - Date.parse(data.from)
    const filter = filterOf(row)
    const back = (instant: string) => new Date(Date.parse(instant) - shift).toISOString()
    return { ...filter, from: back(filter.from), to: back(filter.to) }
  }
  const rows = by === 'day' ? everyDay(data, timeZone) : data.rows
  const most = Math.max(1, ...rows.map((row) => row.count))
  // Cases that lie no deeper than the parent itself have no area of their own to open.
  const opens = (row: Row) => by !== 'area' || row.area !== null
  const figure = (row: Row, n: number, filter: Record<string, string>) => (opens(row) ? <Figure n={n} filter={filter} /> : countOf(language, n))
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      head: t(`views.head.${by}`),
      kind: 'main',
      render: (row) => (
        <>
          {by === 'area' && row.area !== null ? (
            <button type="button" className="text-button" onClick={() => onInto({ code: row.area ?? '', name: row.areaName ?? '' })}>
              {nameOf(row)}
            </button>
          ) : (
            nameOf(row)
          )}
          <span className="views-bar" aria-hidden="true">
            <i style={{ width: `${(row.count / most) * 100}%` }} />
          </span>
        </>
      ),
    },
    { key: 'count', head: t('views.came'), kind: 'figure', render: (row) => figure(row, row.count, filterOf(row)) },
    { key: 'before', head: t('views.before'), kind: 'figure', render: (row) => figure(row, row.before, beforeOf(row)) },
    { key: 'change', head: t('views.change'), kind: 'figure', render: (row) => <Change row={row} /> },
    { key: 'open', head: t('command.open'), kind: 'figure', render: (row) => countOf(language, row.open) },
    { key: 'overdue', head: t('command.overdue'), kind: 'figure', render: (row) => figure(row, row.overdue, { ...filterOf(row), overdue: 'true' }) },
  ]
  return (
    <>
      <DataTable label={t(`views.head.${by}`)} rows={rows} keyOf={(row) => `${row.day} ${row.matter} ${row.area}`} columns={columns} />
      <SaveTable
        name={`${by}-${data.from.slice(0, 10)}`}
        file={() =>
          csvOf([
            [t(`views.head.${by}`), t('views.came'), t('views.before'), t('command.open'), t('command.overdue')],
            ...rows.map((row) => [nameOf(row), row.count, row.before, row.open, row.overdue]),
          ])
        }
      />
      {by === 'frequent' && (
        <p className="faint">
          {t('views.frequentRule')} <a href={linkTo('queue', [], { from: data.from, to: data.to })}>{t('views.openAll')}</a>
        </p>
      )}
    </>
  )
}

/** A day on which nothing came is a row as well. */
function everyDay(data: Answer, timeZone: string): readonly Row[] {
  const none = { matter: null, matterName: null, area: null, areaName: null, count: 0, before: 0, open: 0, overdue: 0 }
  return daysOf(data, timeZone).map((day) => data.rows.find((row) => row.day === day) ?? { ...none, day })
}
