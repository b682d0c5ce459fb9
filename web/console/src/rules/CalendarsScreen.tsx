import { catalog } from '@linli/contract/endpoints/catalog'
import { useAnswer } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page } from '../parts/Page.tsx'
import { linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { CalendarPage } from './CalendarPage.tsx'
import { hoursText } from './hours.ts'

/** The working calendars (工作日历) that deadlines are counted by. */
export default function CalendarsScreen() {
  const { rest } = usePlace()
  return rest[0] === undefined ? <CalendarList /> : <CalendarPage key={rest[0]} id={rest[0]} />
}

function CalendarList() {
  const { t, pick, language } = useI18n()
  const asked = useAnswer(catalog.listCalendars)
  return (
    <Page title={t(nameOf('calendars'))} lead={t('rules.calendarsLead')}>
      <Loaded asked={asked}>
        {({ rows }) => (
          <DataTable
            label={t(nameOf('calendars'))}
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              {
                key: 'name',
                head: t('console.name'),
                kind: 'main',
                render: (row) => (
                  <>
                    <a href={linkTo('calendars', [row.id])}>{pick(row)}</a> {row.standard && <em className="badge">{t('rules.standard')}</em>}
                  </>
                ),
              },
              { key: 'hours', head: t('rules.hours'), render: (row) => hoursText(row.officeHours.standard) },
              { key: 'matters', head: t('rules.matters'), kind: 'figure', render: (row) => countOf(language, row.matters) },
              { key: 'horizon', head: t('rules.horizon'), render: (row) => row.horizon },
              { key: 'version', head: t('rules.version'), render: (row) => <code>{row.version}</code> },
              { key: 'at', head: t('rules.published'), render: (row) => <Moment at={row.publishedAt} /> },
            ]}
          />
        )}
      </Loaded>
    </Page>
  )
}
