import { useI18n } from '@linli/web-shared/i18n'
import type { ReactNode } from 'react'
import { Moment } from '../parts/Moment.tsx'
import { Facts } from '../parts/Page.tsx'
import { Sheet } from '../parts/Sheet.tsx'
import { ExportState } from './ExportState.tsx'
import type { ExportView } from './types.ts'

/** One export in full: who asked for which fields of which rows, why, and what became of it. */
export function ExportSheet({ row, children, onClose }: { row: ExportView; children?: ReactNode; onClose(): void }) {
  const { t, pick, word } = useI18n()
  const filter = Object.entries(row.filter)
  return (
    <Sheet title={`${row.number} · ${row.dataset}`} onClose={onClose}>
      {children}
      <Facts
        rows={[
          [t('console.state'), <ExportState key="state" row={row} />],
          [t('privacy.askedBy'), `${row.personName} · ${row.postTitle} · ${row.unitName}`],
          [t('privacy.askedAt'), <Moment key="asked" at={row.askedAt} />],
          [t('privacy.purpose'), word('purpose', row.purpose)],
          [t('console.reason'), row.reasonText],
          [t('privacy.countAsked'), row.countAsked],
          [t('privacy.countMade'), row.countMade ?? t('common.none')],
          [t('privacy.decider'), row.deciderName ?? t('common.none')],
          [t('privacy.decidedAt'), <Moment key="decided" at={row.decidedAt} />],
          [t('privacy.expiresAt'), <Moment key="expires" at={row.expiresAt} />],
          [t('privacy.downloads'), row.downloads],
        ]}
      />
      <h3>{t('privacy.filter')}</h3>
      {filter.length === 0 ? (
        <p className="faint">{t('privacy.noFilter')}</p>
      ) : (
        <ul className="plain-list">
          {filter.map(([name, value]) => (
            <li key={name}>
              <code>
                {name} = {value}
              </code>
            </li>
          ))}
        </ul>
      )}
      <h3>{t('privacy.fields')}</h3>
      <ul className="field-list">
        {row.fields.map((field) => (
          <li key={field.field} data-unmasked={field.unmasked}>
            <span>{pick(field)}</span>
            <small>
              {field.kind === null ? t('privacy.notPersonal') : word('dataKind', field.kind)}
              {field.kind !== null && ` · ${field.unmasked ? t('privacy.unmasked') : t('privacy.masked', { mask: word('mask', field.mask) })}`}
            </small>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
