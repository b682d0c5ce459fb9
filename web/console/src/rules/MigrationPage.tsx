import { catalog } from '@linli/contract/endpoints/catalog'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, EmptyView } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { ReasonField } from '../parts/fields.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page } from '../parts/Page.tsx'
import { linkTo } from '../place.ts'
import { nameOf } from '../screens.ts'
import { choicesOf, keyOfRow, type RowChoices } from './migration.ts'
import { MigrationMatter } from './MigrationMatter.tsx'
import type { Preview } from './types.ts'

/** Moving open cases to a newer edition (在办案件迁移): what continues, what changes, what is gone; nothing moves that was not chosen. */
export function MigrationPage({ edition }: { edition: string }) {
  const { t } = useI18n()
  const asked = useAnswer(catalog.migrationPreview, { params: { edition } })
  return (
    <Page
      title={t('rules.migrationTo', { n: edition })}
      back={{ href: linkTo('editions'), text: t(nameOf('editions')) }}
      lead={t('rules.migrationLead')}
      asOf={asked.data?.asOf}
    >
      <Loaded asked={asked}>
        {(preview) =>
          preview.rows.length === 0 ? <EmptyView>{t('rules.nothingToMigrate')}</EmptyView> : <Choose key={preview.asOf} edition={edition} preview={preview} />
        }
      </Loaded>
    </Page>
  )
}

function Choose({ edition, preview }: { edition: string; preview: Preview }) {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [rowChoices, setRowChoices] = useState<RowChoices>({})
  const [sending, setSending] = useState(false)
  const safe = preview.rows.filter((row) => row.how === 'same').map(keyOfRow)
  const moving = preview.rows.filter((row) => chosen.includes(keyOfRow(row)))
  const count = moving.reduce((sum, row) => sum + row.openCases, 0)
  return (
    <>
      <div className="row-acts sticky-acts">
        <Button tone="main" disabled={chosen.length === 0} onClick={() => setSending(true)}>
          {t('rules.migrate', { n: count })}
        </Button>
        {safe.length > 0 && <Button onClick={() => setChosen(safe)}>{t('rules.chooseSame', { n: safe.length })}</Button>}
        {chosen.length > 0 && (
          <Button tone="quiet" onClick={() => setChosen([])}>
            {t('command.clear')}
          </Button>
        )}
        <span className="faint">{t('rules.openOnOlder', { n: preview.openCases })}</span>
      </div>
      {preview.rows.map((row) => (
        <MigrationMatter
          key={keyOfRow(row)}
          row={row}
          chosen={chosen.includes(keyOfRow(row))}
          rowChoices={rowChoices}
          onChosen={(on) => setChosen(on ? [...chosen, keyOfRow(row)] : chosen.filter((key) => key !== keyOfRow(row)))}
          onRow={(key, to) => setRowChoices({ ...rowChoices, [key]: to })}
        />
      ))}
      {sending && (
        <ActDialog
          title={t('rules.migrationTo', { n: edition })}
          lead={t('rules.migrateLead', { n: count, m: moving.length })}
          confirm={t('rules.migrate', { n: count })}
          act={(data, key) =>
            client.call(catalog.migrate, {
              key: `${key}`,
              params: { edition },
              body: { reason: String(data.get('reason')), choices: choicesOf(preview.rows, chosen, rowChoices) },
            })
          }
          onDone={({ rows }) => {
            setSending(false)
            cache.renew(catalog.migrationPreview)
            say(
              t('rules.migrated', {
                n: rows.reduce((sum, row) => sum + row.cases, 0),
                left: rows.reduce((sum, row) => sum + row.left, 0),
              }),
            )
          }}
          onClose={() => setSending(false)}
        >
          <ReasonField />
        </ActDialog>
      )}
    </>
  )
}
