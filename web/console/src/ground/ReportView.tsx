import { areaText, countOf, useI18n } from '@linli/web-shared/i18n'
import { Icon } from '@linli/web-shared/ui'
import { DataTable } from '../parts/DataTable.tsx'
import { Section } from '../parts/Page.tsx'
import { linkTo } from '../place.ts'
import type { Report } from './types.ts'

/** The report of a change (调整报告): the same before it is applied and after. What goes in comes out: the totals say so first. */
export function ReportView({ report }: { report: Report }) {
  const { t, word, language } = useI18n()
  const count = (n: number) => countOf(language, n)
  const faults = report.fits.filter((fit) => fit.gaps.length + fit.overlaps.length > 0)
  const equal = report.totals.every((row) => row.before === row.after)
  return (
    <>
      <p className={report.clean && equal ? 'all-well' : 'note note-late'} role="status">
        <Icon name={report.clean && equal ? 'check' : 'alert'} />
        {t(equal ? 'ground.nothingLost' : 'ground.countsDiffer')} {t(report.clean ? 'ground.clean' : 'ground.faulty')}
      </p>
      <Section title={t('ground.totals')} note={t('ground.totalsNote')}>
        <DataTable
          label={t('ground.totals')}
          rows={report.totals}
          keyOf={(row) => row.what}
          tone={(row) => (row.before === row.after ? undefined : 'late')}
          columns={[
            { key: 'what', head: t('console.what'), kind: 'main', render: (row) => word('moved', row.what) },
            { key: 'before', head: t('console.before'), kind: 'figure', render: (row) => count(row.before) },
            { key: 'after', head: t('console.after'), kind: 'figure', render: (row) => count(row.after) },
            { key: 'moving', head: t('ground.moving'), kind: 'figure', render: (row) => count(row.moving) },
          ]}
        />
      </Section>
      {faults.length > 0 && (
        <Section title={t('ground.fits')}>
          {faults.map((fit) => (
            <ul key={`${fit.kind} ${fit.parentCode}`} className="plain-list">
              {fit.gaps.map((gap) => (
                <li key={`${gap.at.lon} ${gap.at.lat}`}>
                  {t('ground.gap', {
                    kind: word('level', fit.kind),
                    area: areaText(language, gap.areaM2),
                    at: `${gap.at.lon.toFixed(5)}, ${gap.at.lat.toFixed(5)}`,
                  })}
                </li>
              ))}
              {fit.overlaps.map((overlap) => (
                <li key={`${overlap.at.lon} ${overlap.at.lat} ${overlap.codes.join()}`}>
                  {t('ground.overlap', {
                    kind: word('level', fit.kind),
                    area: areaText(language, overlap.areaM2),
                    codes: overlap.codes.join(t('console.listComma')),
                  })}
                </li>
              ))}
            </ul>
          ))}
        </Section>
      )}
      <Section title={t('ground.areas', { n: report.areas.length })}>
        <DataTable
          label={t('ground.areas', { n: report.areas.length })}
          rows={report.areas.slice(0, 200)}
          keyOf={(row) => row.code}
          columns={[
            {
              key: 'name',
              head: t('console.name'),
              kind: 'main',
              render: (row) => (row.change === 'ended' ? row.name : <a href={linkTo('areas', [row.code])}>{row.name}</a>),
            },
            { key: 'code', head: t('command.code'), render: (row) => <code>{row.code}</code> },
            { key: 'kind', head: t('areas.level'), render: (row) => word('level', row.gridKind ?? row.level) },
            { key: 'change', head: t('areas.change'), render: (row) => t(`ground.change.${row.change}`) },
            {
              key: 'size',
              head: t('areas.size'),
              kind: 'figure',
              render: (row) => [row.areaM2Before, row.areaM2After].map((value) => (value === null ? t('common.none') : areaText(language, value))).join(' → '),
            },
            { key: 'to', head: t('ground.successors'), render: (row) => row.successors.join(t('console.listComma')) || t('common.none') },
          ]}
        />
      </Section>
      {report.moved.length > 0 && (
        <details>
          <summary>{t('ground.moved', { n: report.moved.length })}</summary>
          <DataTable
            label={t('ground.moved', { n: report.moved.length })}
            rows={report.moved.slice(0, 500)}
            keyOf={(row) => `${row.what} ${row.from} ${row.to}`}
            columns={[
              { key: 'what', head: t('console.what'), kind: 'main', render: (row) => word('moved', row.what) },
              { key: 'from', head: t('ground.fromArea'), render: (row) => row.from ?? t('common.none') },
              { key: 'to', head: t('ground.toArea'), render: (row) => row.to ?? t('common.none') },
              { key: 'count', head: t('ground.count'), kind: 'figure', render: (row) => count(row.count) },
            ]}
          />
        </details>
      )}
    </>
  )
}
