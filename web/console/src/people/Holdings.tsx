import { useI18n } from '@linli/web-shared/i18n'
import { Button, useNowEvery } from '@linli/web-shared/ui'
import { useState } from 'react'
import { DataTable } from '../parts/DataTable.tsx'
import { Moment } from '../parts/Moment.tsx'
import { linkTo } from '../place.ts'
import { TakeOff } from './TakeOff.tsx'
import type { Holding, Person } from './types.ts'

/** A person's posts: held now, to come, and past. */
export function Holdings({ person, mayEdit, onChanged }: { person: Person; mayEdit: boolean; onChanged(): void }) {
  const { t } = useI18n()
  const now = useNowEvery(60_000)
  const [off, setOff] = useState<Holding>()
  const isPast = (row: Holding) => row.toAt !== null && Date.parse(row.toAt) <= now
  if (person.holdings.length === 0) return <p className="faint">{t('people.noHoldings')}</p>
  return (
    <>
      <DataTable
        label={t('people.holdings')}
        rows={person.holdings}
        keyOf={(row) => row.holdingId}
        tone={(row) => (isPast(row) ? 'quiet' : undefined)}
        columns={[
          {
            key: 'post',
            head: t('console.post'),
            kind: 'main',
            render: (row) => (
              <>
                <a href={linkTo('posts', [], { q: row.postTitle })}>{row.postTitle}</a> {row.deputy && <em className="badge">{t('console.deputy')}</em>}
              </>
            ),
          },
          { key: 'unit', head: t('command.unit'), render: (row) => row.unitName },
          { key: 'from', head: t('console.from'), render: (row) => <Moment at={row.fromAt} /> },
          { key: 'to', head: t('console.until'), render: (row) => (row.toAt === null ? t('people.openEnd') : <Moment at={row.toAt} />) },
          { key: 'reason', head: t('console.reason'), render: (row) => row.reason ?? t('common.none') },
          {
            key: 'acts',
            head: t('console.acts'),
            kind: 'acts',
            render: (row) => mayEdit && !isPast(row) && <Button onClick={() => setOff(row)}>{t('people.takeOff')}</Button>,
          },
        ]}
      />
      {off && <TakeOff holding={off} onClose={() => setOff(undefined)} onDone={onChanged} />}
    </>
  )
}
