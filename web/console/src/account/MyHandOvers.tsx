import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'

/** Posts and open work that were handed over to me (交接), those that wait for my word first. */
export function MyHandOvers() {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const doing = useAct()
  const asked = useAnswer(identity.myHandOvers)
  const acknowledge = (id: string) =>
    doing.run(async () => {
      await client.call(identity.acknowledgeHandOver, { params: { id } })
      cache.renew(identity.myHandOvers)
      say(t('console.acknowledged'))
    })
  return (
    <Loaded asked={asked} lines={2}>
      {({ rows }) =>
        rows.length === 0 ? (
          <p className="faint">{t('console.noHandOvers')}</p>
        ) : (
          <>
            {doing.problem && <Problem problem={doing.problem} />}
            <DataTable
              label={t('console.handedToMe')}
              rows={rows}
              keyOf={(row) => row.handOverId}
              columns={[
                { key: 'post', head: t('console.post'), kind: 'main', render: (row) => `${row.postTitle} · ${row.unitName}` },
                { key: 'from', head: t('console.handedBy'), render: (row) => row.personName },
                { key: 'at', head: t('console.when'), render: (row) => <Moment at={row.at} /> },
                { key: 'work', head: t('console.openWork'), kind: 'figure', render: (row) => row.openWork },
                { key: 'note', head: t('console.note'), render: (row) => row.note || t('common.none') },
                {
                  key: 'acts',
                  head: t('console.state'),
                  kind: 'acts',
                  render: (row) =>
                    row.acknowledgedAt === null ? (
                      <Button tone="main" disabled={doing.busy} onClick={() => void acknowledge(row.handOverId)}>
                        {t('console.acknowledge')}
                      </Button>
                    ) : (
                      t('console.acknowledgedAt')
                    ),
                },
              ]}
            />
          </>
        )
      }
    </Loaded>
  )
}
