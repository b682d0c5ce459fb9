import { cases } from '@linli/contract/endpoints/cases'
import { useAnswerPages } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Due, placeText, type CaseRow } from '@linli/web-shared/ui'
import { useDesk } from '../desk.ts'
import { CaseLink } from '../parts/CaseLink.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { linkTo } from '../place.ts'
import { csvOf } from './csv.ts'
import { SaveTable } from './SaveTable.tsx'

/** The ledger of problems (问题台账): what is open and late, the longest late first, with who answers for it. */
export function Ledger() {
  const { t, word } = useI18n()
  const { session } = useDesk()
  const asked = useAnswerPages(cases.list, { query: { overdue: 'true', order: 'due', limit: '100' }, purpose: session.purpose })
  const matter = (row: CaseRow) => row.matterName ?? t('case.noMatter')
  const place = (row: CaseRow) => placeText(row.areaNames) || t('case.noPlace')
  return (
    <LoadedPages asked={asked} empty={t('views.noLate')}>
      {(rows) => (
        <>
          <DataTable
            label={t('views.ledger')}
            rows={rows}
            keyOf={(row) => row.id}
            columns={[
              { key: 'number', head: t('case.number'), kind: 'main', render: (row) => <CaseLink number={row.number} /> },
              { key: 'matter', head: t('case.matter'), render: matter },
              { key: 'place', head: t('case.place'), render: place },
              { key: 'owner', head: t('command.unit'), render: (row) => row.ownerName ?? t('case.noOwner') },
              { key: 'state', head: t('console.state'), render: (row) => word('state', row.state) },
              { key: 'opened', head: t('case.openedAt'), render: (row) => <Moment at={row.openedAt} /> },
              { key: 'due', head: t('case.overdue'), render: (row) => <Due dueAt={row.dueAt} overdue={row.overdue} /> },
            ]}
          />
          <SaveTable
            name="late"
            file={() =>
              csvOf([
                [t('case.number'), t('case.matter'), t('case.place'), t('command.unit'), t('console.state'), t('case.openedAt'), t('case.clocks')],
                ...rows.map((row) => [row.number, matter(row), place(row), row.ownerName, word('state', row.state), row.openedAt, row.dueAt]),
              ])
            }
          />
          <p>
            <a href={linkTo('queue', [], { overdue: 'true', order: 'due' })}>{t('views.openAll')}</a>
          </p>
        </>
      )}
    </LoadedPages>
  )
}
