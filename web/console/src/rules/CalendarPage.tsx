import { catalog } from '@linli/contract/endpoints/catalog'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ActDialog } from '../parts/ActDialog.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { LineField, WordsField } from '../parts/fields.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Facts, Page, Section } from '../parts/Page.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { FieldChanges } from './FieldChanges.tsx'
import { hoursText } from './hours.ts'
import { MonthGrid, type DayMark } from './MonthGrid.tsx'
import type { Calendar, CalendarEdit } from './types.ts'

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const

/** One calendar: its days, its office hours, every version it had, and the way to a new one. */
export function CalendarPage({ id }: { id: string }) {
  const { t, pick } = useI18n()
  const { query } = usePlace()
  const version = query['version']
  const asked = useAnswer(catalog.getCalendar, { params: { id }, query: version === undefined ? {} : { version } }, { keep: true })
  return (
    <Page
      title={asked.data ? pick(asked.data.calendar) : t(nameOf('calendars'))}
      back={{ href: linkTo('calendars'), text: t(nameOf('calendars')) }}
      lead={asked.data && t('rules.versionIs', { version: asked.data.calendar.version })}
    >
      <Loaded asked={asked}>{(found) => <CalendarView key={found.calendar.version} found={found} newest={version === undefined} />}</Loaded>
    </Page>
  )
}

function CalendarView({ found: { calendar, days, versions }, newest }: { found: Calendar; newest: boolean }) {
  const { t } = useI18n()
  const { session } = useDesk()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const looking = useAct()
  const [marks, setMarks] = useState<Readonly<Record<string, DayMark>>>({})
  const [horizon, setHorizon] = useState('')
  const [preview, setPreview] = useState<CalendarEdit>()
  const mayEdit = newest && session.may('catalog.publish')
  const changed = Object.keys(marks).length + (horizon === '' ? 0 : 1)
  const edit = (publish: boolean, note: string) =>
    client.call(catalog.editCalendar, {
      params: { id: calendar.id },
      body: {
        version: calendar.version,
        publish,
        note,
        ...(Object.keys(marks).length === 0 ? {} : { days: marks }),
        ...(horizon === '' ? {} : { horizon }),
      },
    })
  return (
    <>
      <Facts
        rows={[
          [t('rules.hours'), hoursText(calendar.officeHours.standard)],
          ...WEEKDAYS.flatMap((day): (readonly [string, string])[] => {
            const periods = calendar.officeHours.byWeekday?.[day]
            return periods ? [[t(`rules.weekday.${day}`), hoursText(periods)]] : []
          }),
          [t('rules.weekend'), calendar.weekend.map((day) => t(`rules.weekday.${WEEKDAYS[day - 1] ?? '7'}`)).join(t('console.listComma')) || t('common.none')],
          [t('rules.horizon'), calendar.horizon],
          [t('rules.timeZone'), calendar.timeZone],
          [t('rules.matters'), calendar.matters],
        ]}
      />
      <Section title={t('rules.days')} note={t(mayEdit ? 'rules.daysEdit' : 'rules.daysNote')}>
        <MonthGrid
          days={days}
          weekend={calendar.weekend}
          marks={marks}
          horizon={calendar.horizon}
          onMark={mayEdit ? (day, mark) => setMarks(marked(marks, day, mark)) : undefined}
        />
        {mayEdit && (
          <>
            <div className="pair narrow">
              <LineField
                label={t('rules.newHorizon')}
                hint={t('rules.horizonHint')}
                type="date"
                value={horizon}
                onChange={(event) => setHorizon(event.target.value)}
              />
            </div>
            {looking.problem && <Problem problem={looking.problem} />}
            <div className="row-acts">
              <Button
                tone="main"
                disabled={changed === 0 || looking.busy}
                onClick={() => void looking.run(() => edit(false, t('rules.previewNote'))).then((answer) => answer && setPreview(answer))}
              >
                {t('rules.preview', { n: changed })}
              </Button>
              {changed > 0 && (
                <Button
                  tone="quiet"
                  onClick={() => {
                    setMarks({})
                    setHorizon('')
                  }}
                >
                  {t('rules.discard')}
                </Button>
              )}
            </div>
          </>
        )}
      </Section>
      <Section title={t('rules.versions')}>
        <DataTable
          label={t('rules.versions')}
          rows={versions}
          keyOf={(row) => row.version}
          columns={[
            {
              key: 'version',
              head: t('rules.version'),
              kind: 'main',
              render: (row) =>
                row.version === calendar.version ? (
                  <code>{row.version}</code>
                ) : (
                  <a href={linkTo('calendars', [calendar.id], { version: row.version })}>{row.version}</a>
                ),
            },
            { key: 'at', head: t('rules.published'), render: (row) => <Moment at={row.publishedAt} /> },
            { key: 'horizon', head: t('rules.horizon'), render: (row) => row.horizon },
            { key: 'note', head: t('console.note'), render: (row) => row.note || t('common.none') },
          ]}
        />
      </Section>
      {preview && (
        <ActDialog
          title={t('rules.publish')}
          lead={t('rules.publishLead')}
          confirm={t('rules.publish')}
          act={(data) => edit(true, String(data.get('note')))}
          onDone={({ recomputed }) => {
            setPreview(undefined)
            cache.renew(catalog.getCalendar)
            cache.renew(catalog.listCalendars)
            go(linkTo('calendars', [calendar.id]), true)
            say(t('rules.calendarPublished', { n: recomputed ?? 0 }))
          }}
          onClose={() => setPreview(undefined)}
        >
          <FieldChanges
            fields={[...preview.days.map((day) => ({ pointer: day.day, before: dayWord(day.before), after: dayWord(day.after) })), ...preview.fields]}
          />
          <WordsField name="note" label={t('console.note')} hint={t('rules.noteHint')} required maxLength={500} />
        </ActDialog>
      )}
    </>
  )

  function dayWord(kind: string): string {
    return kind === 'work' || kind === 'rest' || kind === 'standard' ? t(`rules.day.${kind}`) : kind
  }
}

/** A day marked, or its mark taken away again. */
function marked(marks: Readonly<Record<string, DayMark>>, day: string, mark: DayMark | undefined): Readonly<Record<string, DayMark>> {
  const { [day]: _before, ...rest } = marks
  return mark === undefined ? rest : { ...rest, [day]: mark }
}
