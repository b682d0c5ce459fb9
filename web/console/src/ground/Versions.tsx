import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { areaText, useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Section } from '../parts/Page.tsx'
import { linkTo } from '../place.ts'
import { dayOf } from '../when.ts'

/** Every version that an area ever had, each with the days between which it stood. */
export function Versions({ code }: { code: string }) {
  const { t, language, timeZone } = useI18n()
  const asked = useAnswer(places.listVersions, { params: { code } })
  return (
    <Section title={t('areas.versions')}>
      <Loaded asked={asked} lines={2}>
        {({ rows }) => (
          <DataTable
            label={t('areas.versions')}
            rows={rows}
            keyOf={(row) => String(row.version)}
            columns={[
              {
                key: 'version',
                head: t('rules.version'),
                kind: 'main',
                render: (row) =>
                  row.validTo === null ? (
                    <>
                      {t('areas.versionN', { n: row.version })} <em className="badge">{t('areas.now')}</em>
                    </>
                  ) : (
                    <a href={linkTo('areas', [code], { asOf: dayOf(Date.parse(row.validFrom), timeZone) })}>{t('areas.versionN', { n: row.version })}</a>
                  ),
              },
              { key: 'name', head: t('console.name'), render: (row) => row.name },
              { key: 'size', head: t('areas.size'), kind: 'figure', render: (row) => areaText(language, row.areaM2) },
              { key: 'from', head: t('console.from'), render: (row) => <Moment at={row.validFrom} /> },
              { key: 'to', head: t('console.until'), render: (row) => <Moment at={row.validTo} /> },
              {
                key: 'change',
                head: t('areas.change'),
                render: (row) => (row.changeId === null ? t('common.none') : <a href={linkTo('changes', [row.changeId])}>{t('areas.showChange')}</a>),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  )
}
