import { identity } from '@linli/contract/endpoints/identity'
import { STALE_REASONS } from '@linli/contract/endpoints/identity/people'
import { useAnswerPages, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Page } from '../parts/Page.tsx'
import { csvOf } from '../parts/save.ts'
import { SaveButton } from '../parts/SaveButton.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { listAll } from './list-all.ts'

const DAYS = ['30', '60', '90', '180', '365'] as const

/** Live accounts that somebody should look at (久未使用账户), each with the reason. */
export default function StaleScreen() {
  const { t } = useI18n()
  const client = useClient()
  const { query } = usePlace()
  const days = DAYS.find((value) => value === query['days'])
  const reason = STALE_REASONS.find((value) => value === query['reason'])
  const wanted = { ...(days === undefined ? {} : { days }), ...(reason === undefined ? {} : { reason }) }
  const asked = useAnswerPages(identity.listStaleAccounts, { query: { ...wanted, limit: '50' } }, { keep: true })
  const filter = (part: Record<string, string | undefined>) => go(linkTo('stale', [], { ...query, ...part }), true)
  const fetchCsv = async () => {
    const rows = await listAll(client, identity.listStaleAccounts, wanted)
    const head = [t('command.login'), t('people.name'), t('console.post'), t('stale.reasons'), t('people.created'), t('people.lastSignIn')]
    return csvOf([
      head,
      ...rows.map((row) => [
        row.login,
        row.personName,
        row.postTitles.join(t('console.listComma')),
        row.reasons.map((code) => t(`stale.${code}`)).join(t('console.listComma')),
        row.createdAt,
        row.lastSignInAt,
      ]),
    ])
  }
  return (
    <Page
      title={t(nameOf('stale'))}
      lead={t('stale.lead')}
      asOf={asked.answeredAt === 0 ? undefined : asked.answeredAt}
      tools={
        <SaveButton name="stale-accounts.csv" fetch={fetchCsv}>
          {t('console.saveCsv')}
        </SaveButton>
      }
    >
      <div className="filters">
        <select aria-label={t('stale.reasons')} value={reason ?? ''} onChange={(event) => filter({ reason: event.target.value })}>
          <option value="">{t('stale.anyReason')}</option>
          {STALE_REASONS.map((code) => (
            <option key={code} value={code}>
              {t(`stale.${code}`)}
            </option>
          ))}
        </select>
        <select aria-label={t('stale.days')} value={days ?? ''} onChange={(event) => filter({ days: event.target.value })}>
          <option value="">{t('stale.cityDays')}</option>
          {DAYS.map((value) => (
            <option key={value} value={value}>
              {t('stale.notSeenDays', { n: value })}
            </option>
          ))}
        </select>
      </div>
      <LoadedPages asked={asked} empty={t('stale.none')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('stale'))}
            rows={rows}
            keyOf={(row) => row.personId}
            columns={[
              { key: 'name', head: t('people.name'), kind: 'main', render: (row) => <a href={linkTo('people', [row.personId])}>{row.personName}</a> },
              { key: 'login', head: t('command.login'), render: (row) => <code>{row.login}</code> },
              { key: 'posts', head: t('console.post'), render: (row) => row.postTitles.join(t('console.listComma')) || t('people.noPost') },
              { key: 'why', head: t('stale.reasons'), render: (row) => row.reasons.map((code) => t(`stale.${code}`)).join(t('console.listComma')) },
              { key: 'created', head: t('people.created'), render: (row) => <Moment at={row.createdAt} /> },
              { key: 'seen', head: t('people.lastSignIn'), render: (row) => <Moment at={row.lastSignInAt} /> },
            ]}
          />
        )}
      </LoadedPages>
    </Page>
  )
}
