import { countOf, percentOf, spanOf, useI18n } from '@linli/web-shared/i18n'
import { Section } from '../parts/Page.tsx'
import { Figures } from './Figures.tsx'
import { sizeOf } from './size.ts'
import type { OperationsState } from './types.ts'

/** The machine underneath: requests, disk, database, memory, backup. */
export function Machine({ state }: { state: OperationsState }) {
  const i18n = useI18n()
  const { t, language } = i18n
  const size = (bytes: number) => sizeOf(language, bytes)
  const ms = (value: number) => t('operations.ms', { n: Math.round(value) })
  const { disk, database, requests, shedding, process, backup, blobs, streams } = state
  return (
    <Section title={t('operations.machine')}>
      <div className="figure-rows">
        <Figures
          label={t('operations.requests')}
          asOf={requests.asOf}
          rows={[
            {
              name: t('operations.perMinute'),
              value: countOf(language, Math.round(requests.perMinute)),
              note: t('operations.window', { n: requests.windowS }),
            },
            {
              name: t('operations.errorRate'),
              value: percentOf(language, requests.errorRate),
              tone: requests.errorRate !== null && requests.errorRate > 0 ? 'late' : undefined,
            },
            { name: t('operations.inFlight'), value: countOf(language, requests.inFlight) },
            {
              name: t('operations.shedding'),
              value: t('operations.shedLevel', { n: shedding.level }),
              note: t('operations.shed', { n: shedding.shed }),
              tone: shedding.level > 0 ? 'late' : undefined,
            },
            { name: t('operations.streams'), value: countOf(language, streams.open) },
          ]}
        />
        <Figures
          label={t('operations.disk')}
          asOf={disk.asOf}
          rows={[
            {
              name: t('operations.free'),
              value: size(disk.freeBytes),
              note: percentOf(language, disk.freeShare),
              tone: disk.freeShare < 0.1 ? 'late' : undefined,
            },
            { name: t('operations.total'), value: size(disk.totalBytes) },
            ...disk.parts.map((part) => ({ name: part.name, value: size(part.bytes), note: t('operations.files', { n: part.files }) })),
            { name: t('operations.blobs'), value: size(blobs.bytes), note: t('operations.blobNote', { n: blobs.files, unused: blobs.unused }) },
          ]}
        />
        <Figures
          label={t('operations.database')}
          asOf={database.asOf}
          rows={[
            { name: t('operations.size'), value: size(database.bytes), note: t(database.embedded ? 'operations.embedded' : 'operations.external') },
            { name: t('operations.connections'), value: `${database.connectionsUsed} / ${database.connectionsMax}` },
            {
              name: t('operations.pool'),
              value: `${database.pool.open} / ${database.pool.max}`,
              note: t('operations.poolNote', { idle: database.pool.idle, waiting: database.pool.waiting }),
            },
            {
              name: t('operations.transaction'),
              value: database.oldestTransactionS === null ? t('common.none') : spanOf(i18n, database.oldestTransactionS * 1000),
            },
            { name: t('operations.cacheHit'), value: percentOf(language, database.cacheHit) },
            { name: t('operations.clockAhead'), value: ms(database.clockAheadMs) },
          ]}
        />
        <Figures
          label={t('operations.process')}
          asOf={process.asOf}
          rows={[
            {
              name: t('operations.memory'),
              value: size(process.memory.rssBytes),
              note: t('operations.heap', { used: size(process.memory.heapUsedBytes), total: size(process.memory.heapTotalBytes) }),
            },
            {
              name: t('operations.loop'),
              value: ms(process.eventLoop.p99Ms),
              note: t('operations.loopNote', { mean: ms(process.eventLoop.meanMs), max: ms(process.eventLoop.maxMs) }),
            },
            { name: t('operations.busy'), value: percentOf(language, process.eventLoop.utilisation) },
            { name: 'PID', value: String(process.pid) },
          ]}
        />
        <Figures
          label={t('operations.backup')}
          asOf={backup.asOf}
          rows={
            backup.last
              ? [
                  {
                    name: t('operations.lastBackup'),
                    value: t('operations.ago', { span: spanOf(i18n, backup.last.ageS * 1000) }),
                    note: t(`operations.backup.${backup.last.kind}`),
                  },
                  { name: t('operations.size'), value: size(backup.last.bytes) },
                  {
                    name: t('operations.encrypted'),
                    value: t(backup.last.encrypted ? 'console.yes' : 'console.no'),
                    tone: backup.last.encrypted ? 'good' : 'late',
                  },
                ]
              : [{ name: t('operations.lastBackup'), value: t('operations.noBackup'), tone: 'late' }]
          }
        />
      </div>
      <p className="faint">
        {t('operations.dataFolder')} <code>{disk.folder}</code>
      </p>
    </Section>
  )
}
