import { countOf, spanOf, useI18n } from '@linli/web-shared/i18n'
import { Section } from '../parts/Page.tsx'
import { Figures } from './Figures.tsx'
import type { OperationsState } from './types.ts'

/** What waits: events, lines to seal and to anchor, deadlines, jobs. */
export function Backlog({ state }: { state: OperationsState }) {
  const i18n = useI18n()
  const { t, language } = i18n
  const count = (n: number) => countOf(language, n)
  const age = (seconds: number | null) => (seconds === null ? t('common.none') : spanOf(i18n, seconds * 1000))
  const { outbox, sealing, anchor, timers, jobQueue, orphans } = state
  return (
    <Section title={t('operations.backlog')}>
      <div className="figure-rows">
        <Figures
          label={t('operations.outbox')}
          asOf={outbox.asOf}
          rows={[
            { name: t('operations.undelivered'), value: count(outbox.undelivered) },
            { name: t('operations.failing'), value: count(outbox.failing), tone: outbox.failing > 0 ? 'late' : undefined },
            { name: t('operations.oldest'), value: age(outbox.oldestAgeS) },
          ]}
        />
        <Figures
          label={t('operations.timers')}
          asOf={timers.asOf}
          rows={[
            { name: t('operations.running'), value: count(timers.running) },
            { name: t('operations.dueHour'), value: count(timers.dueWithinHour) },
            {
              name: t('operations.passed'),
              value: count(timers.passed),
              tone: timers.passed > 0 ? 'late' : undefined,
              note: timers.oldestPassedAgeS === null ? undefined : age(timers.oldestPassedAgeS),
            },
          ]}
        />
        <Figures
          label={t('operations.sealing')}
          asOf={sealing.asOf}
          rows={[
            { name: t('operations.audit'), value: count(sealing.audit) },
            { name: t('operations.reads'), value: count(sealing.reads) },
            { name: t('operations.oldest'), value: age(sealing.oldestAgeS) },
          ]}
        />
        <Figures
          label={t('operations.anchor')}
          asOf={anchor.asOf}
          rows={[
            { name: t('operations.unanchored'), value: count(anchor.unanchored) },
            { name: t('operations.oldest'), value: age(anchor.oldestAgeS) },
            {
              name: t('operations.lastAnchor'),
              value: anchor.last ? age(anchor.last.ageS) : t('common.none'),
              note: anchor.last ? t('operations.line', { n: anchor.last.n }) : undefined,
            },
          ]}
        />
        <Figures
          label={t('operations.jobQueue')}
          asOf={jobQueue.asOf}
          rows={[
            { name: t('operations.waiting'), value: count(jobQueue.waiting) },
            { name: t('operations.failing'), value: count(jobQueue.failing), tone: jobQueue.failing > 0 ? 'late' : undefined },
            { name: t('operations.givenUp'), value: count(jobQueue.givenUp), tone: jobQueue.givenUp > 0 ? 'late' : undefined },
          ]}
        />
        {orphans && (
          <Figures
            label={t('operations.orphans')}
            asOf={orphans.asOf}
            rows={[{ name: t('operations.orphanCases'), value: count(orphans.cases), tone: orphans.cases > 0 ? 'late' : undefined }]}
          />
        )}
      </div>
      {outbox.districts.length > 0 && (
        <p className="faint">
          {t('operations.districts')}{' '}
          {outbox.districts
            .map((district) => t('operations.district', { id: district.districtId, n: district.undelivered, age: age(district.oldestAgeS) }))
            .join(' · ')}
        </p>
      )}
    </Section>
  )
}
