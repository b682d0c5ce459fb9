import { FEED_BACK_SETS, feedBack } from '@linli/contract/endpoints/feed-back'
import { useAnswer, useClient } from '@linli/web-shared/api'
import { countOf, percentOf, useI18n } from '@linli/web-shared/i18n'
import { Segments } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { SaveButton } from '../parts/SaveButton.tsx'
import { AreaPick } from '../people/picks.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { dayOf } from '../when.ts'

const MOST_SHOWN = 200

/** Data fed back (数据反哺) to streets and communities: counts and codes of what their own people collected, by month. */
export default function FeedBackScreen() {
  const { t, pick, timeZone, language } = useI18n()
  const { me } = useDesk()
  const client = useClient()
  const { query } = usePlace()
  const [thisMonth] = useState(() => dayOf(Date.now(), timeZone).slice(0, 7))
  const set = FEED_BACK_SETS.find((name) => name === query['set']) ?? 'cases'
  const area = query['area'] ?? me.post.areaCode
  const period = /^\d{4}-\d{2}$/.test(query['period'] ?? '') ? (query['period'] ?? '') : thisMonth
  const register = useAnswer(feedBack.register)
  const asked = useAnswer(feedBack.getSet, { params: { set }, query: { area, period } }, { keep: true })
  const filter = (part: Record<string, string | undefined>) => go(linkTo('feed-back', [], { ...query, ...part }), true)
  const cell = (value: string | number | null, type: string) =>
    value === null ? t('common.none') : typeof value === 'number' ? (type === 'share' ? percentOf(language, value) : countOf(language, value)) : value
  return (
    <Page
      title={t(nameOf('feed-back'))}
      lead={t('feedBack.lead')}
      asOf={asked.data?.asOf}
      tools={
        <SaveButton name={`${set}-${area}-${period}.csv`} fetch={() => client.callBytes(feedBack.exportSet, { params: { set }, query: { area, period } })}>
          {t('console.saveCsv')}
        </SaveButton>
      }
    >
      <Loaded asked={register} lines={2}>
        {({ rows }) => (
          <div className="filters">
            <Segments
              label={t('feedBack.set')}
              value={set}
              options={rows.map((row) => ({ value: row.set, text: pick(row), title: row.source }))}
              onChange={(next) => filter({ set: next })}
            />
            <label>
              {t('feedBack.month')} <input type="month" value={period} onChange={(event) => filter({ period: event.target.value })} />
            </label>
          </div>
        )}
      </Loaded>
      <details className="narrow">
        <summary>{t('feedBack.otherArea', { name: asked.data?.areaName ?? area })}</summary>
        <AreaPick name="area" onPick={(found) => filter({ area: found.value })} />
      </details>
      <Loaded asked={asked}>
        {(data) => (
          <Section title={`${data.areaName} · ${data.period}`} note={t('feedBack.rows', { n: data.count })}>
            {data.rows.length === 0 ? (
              <p className="faint">{t('feedBack.empty')}</p>
            ) : (
              <>
                <DataTable
                  label={data.areaName}
                  rows={data.rows.slice(0, MOST_SHOWN)}
                  keyOf={(row) => row.join(' ')}
                  columns={data.fields.map((field, index) => ({
                    key: field.field,
                    head: pick(field),
                    ...(index === 0 ? { kind: 'main' as const } : field.type === 'text' ? {} : { kind: 'figure' as const }),
                    render: (row: (typeof data.rows)[number]) => cell(row[index] ?? null, field.type),
                  }))}
                />
                {data.rows.length > MOST_SHOWN && <p className="faint">{t('feedBack.restInFile', { n: MOST_SHOWN })}</p>}
              </>
            )}
          </Section>
        )}
      </Loaded>
      <Loaded asked={register} lines={1}>
        {({ rows }) => {
          const found = rows.find((row) => row.set === set)
          return found ? (
            <p className="faint">
              {t('feedBack.source', { source: found.source })} <Moment at={found.refreshedAt} />
            </p>
          ) : null
        }}
      </Loaded>
    </Page>
  )
}
