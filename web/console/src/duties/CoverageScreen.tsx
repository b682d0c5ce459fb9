import { DUTY_STATES, patrol } from '@linli/contract/endpoints/patrol'
import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { countOf, percentOf, useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { dayOf } from '../when.ts'
import { CoverageRows } from './CoverageRows.tsx'
import type { CoverageRow } from './types.ts'

const DAY_MS = 86_400_000

/** How far rounds were carried out (巡查落实): by area, each figure with its denominator and with the duties behind it. */
export default function CoverageScreen() {
  const { t, timeZone, language, pick } = useI18n()
  const { me } = useDesk()
  const { query } = usePlace()
  const [yesterday] = useState(() => dayOf(Date.now() - DAY_MS, timeZone))
  const isDay = (text: string | undefined): text is string => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '')
  const to = isDay(query['to']) ? query['to'] : yesterday
  const from = isDay(query['from']) ? query['from'] : dayOf(Date.parse(`${to}T12:00:00Z`) - 6 * DAY_MS, 'UTC')
  const parent = query['area'] ?? me.post.areaCode
  const state = DUTY_STATES.find((value) => value === query['state'])
  const classCode = /^\d{2}$/.test(query['class'] ?? '') ? query['class'] : undefined
  const wanted = { parent, from, to, ...(classCode === undefined ? {} : { classCode }) }
  const asked = useAnswer(patrol.coverage, { query: wanted }, { keep: true })
  const items = useAnswer(patrol.listItems, {}, { freshMs: 600_000 })
  const area = useAnswer(places.getArea, { params: { code: parent } }, { freshMs: 300_000 })
  const filter = (part: Record<string, string | undefined>) => go(linkTo('coverage', [], { ...query, ...part }), true)
  const behind = (code: string, which: string) => linkTo('coverage', [], { ...query, area: code, from, to, rows: 'yes', state: which })
  const count = (row: CoverageRow, key: 'missed' | 'overdue' | 'late' | 'excused' | 'done') =>
    row[key] === 0 ? 0 : <a href={behind(row.code, key)}>{countOf(language, row[key])}</a>
  const rate = (value: number | null, numerator: number, row: CoverageRow) => (
    <>
      {percentOf(language, value)}
      <small className="faint block">
        {countOf(language, numerator)} / {countOf(language, row.due - row.excused)}
      </small>
    </>
  )
  const columns: readonly Column<CoverageRow>[] = [
    { key: 'due', head: t('duties.due'), kind: 'figure', render: (row) => countOf(language, row.due) },
    { key: 'carried', head: t('duties.carriedOut'), kind: 'figure', render: (row) => rate(row.carriedOut, row.done + row.late, row) },
    { key: 'onTime', head: t('duties.onTime'), kind: 'figure', render: (row) => rate(row.onTime, row.done, row) },
    { key: 'done', head: t('duties.state.done'), kind: 'figure', render: (row) => count(row, 'done') },
    { key: 'late', head: t('duties.state.late'), kind: 'figure', render: (row) => count(row, 'late') },
    { key: 'overdue', head: t('duties.state.overdue'), kind: 'figure', render: (row) => count(row, 'overdue') },
    { key: 'missed', head: t('duties.state.missed'), kind: 'figure', render: (row) => count(row, 'missed') },
    { key: 'excused', head: t('duties.state.excused'), kind: 'figure', render: (row) => count(row, 'excused') },
  ]
  const up = area.data?.area.parentCode
  return (
    <Page
      title={`${t(nameOf('coverage'))} · ${area.data?.area.name ?? parent}`}
      lead={t('duties.coverageLead')}
      asOf={asked.data?.asOf}
      back={
        parent === me.post.areaCode || up === undefined || up === null
          ? undefined
          : { href: linkTo('coverage', [], { ...query, area: up, rows: undefined }), text: t('areas.up') }
      }
    >
      <div className="filters">
        <label>
          {t('console.from')} <input type="date" value={from} max={to} onChange={(event) => filter({ from: event.target.value })} />
        </label>
        <label>
          {t('console.until')} <input type="date" value={to} min={from} onChange={(event) => filter({ to: event.target.value })} />
        </label>
        <select aria-label={t('duties.class')} value={classCode ?? ''} onChange={(event) => filter({ class: event.target.value })}>
          <option value="">{t('duties.anyClass')}</option>
          {items.data?.classes.map((row) => (
            <option key={row.code} value={row.code}>
              {pick(row)}
            </option>
          ))}
        </select>
      </div>
      {query['rows'] === 'yes' ? (
        <CoverageRows
          query={{ ...wanted, ...(state === undefined ? {} : { state }) }}
          back={linkTo('coverage', [], { ...query, rows: undefined, state: undefined })}
        />
      ) : (
        <Loaded asked={asked}>
          {({ total, rows, definitions }) => (
            <>
              <DataTable
                label={t('duties.total')}
                rows={[total]}
                keyOf={(row) => row.code}
                columns={[{ key: 'name', head: t('duties.total'), kind: 'main', render: (row) => row.name }, ...columns]}
              />
              <Section title={t('duties.byArea')}>
                {rows.length === 0 ? (
                  <p className="faint">{t('areas.nothingBelow')}</p>
                ) : (
                  <DataTable
                    label={t('duties.byArea')}
                    rows={rows}
                    keyOf={(row) => row.code}
                    columns={[
                      {
                        key: 'name',
                        head: t('command.area'),
                        kind: 'main',
                        render: (row) => <a href={linkTo('coverage', [], { ...query, area: row.code })}>{row.name}</a>,
                      },
                      ...columns,
                    ]}
                  />
                )}
              </Section>
              <details>
                <summary>{t('command.formula')}</summary>
                <ul className="plain-list">
                  {definitions.map((definition) => (
                    <li key={definition.key}>{pick(definition)}</li>
                  ))}
                </ul>
              </details>
            </>
          )}
        </Loaded>
      )}
    </Page>
  )
}
