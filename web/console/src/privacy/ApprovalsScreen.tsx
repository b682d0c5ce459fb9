import { EXPORT_STATES, privacy } from '@linli/contract/endpoints/privacy'
import { useAnswerPages, useCache, useClient } from '@linli/web-shared/api'
import { countOf, useI18n } from '@linli/web-shared/i18n'
import { Button, Toggle } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ActDialog } from '../parts/ActDialog.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { WordsField } from '../parts/fields.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { ExportSheet } from './ExportSheet.tsx'
import { ExportState } from './ExportState.tsx'
import type { ExportView } from './types.ts'

/** Exports to decide on (导出审批): the data officer sees who wants what and why; nobody decides on their own. */
export default function ApprovalsScreen() {
  const { t, language, word } = useI18n()
  const { query } = usePlace()
  const [shown, setShown] = useState<ExportView>()
  const state = query['state'] === 'any' ? undefined : (EXPORT_STATES.find((value) => value === query['state']) ?? 'asked')
  const alert = query['alert'] === 'true'
  const asked = useAnswerPages(
    privacy.listExports,
    { query: { limit: '50', ...(state === undefined ? {} : { state }), ...(alert ? { alert: 'true' } : {}) } },
    { keep: true },
  )
  const filter = (part: Record<string, string | undefined>) => go(linkTo('approvals', [], { ...query, ...part }), true)
  return (
    <Page title={t(nameOf('approvals'))} lead={t('privacy.approvalsLead')}>
      <div className="filters">
        <select aria-label={t('console.state')} value={state ?? 'any'} onChange={(event) => filter({ state: event.target.value })}>
          {EXPORT_STATES.map((value) => (
            <option key={value} value={value}>
              {t(`privacy.state.${value}`)}
            </option>
          ))}
          <option value="any">{t('privacy.anyState')}</option>
        </select>
        <Toggle on={alert} onChange={(on) => filter({ alert: on ? 'true' : undefined })}>
          {t('privacy.onlyAlert')}
        </Toggle>
      </div>
      <LoadedPages asked={asked} empty={t(state === 'asked' ? 'privacy.noApprovals' : 'console.nothingFound')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('approvals'))}
            rows={rows}
            keyOf={(row) => row.id}
            tone={(row) => (row.alert && row.state === 'asked' ? 'late' : undefined)}
            columns={[
              {
                key: 'number',
                head: t('privacy.number'),
                kind: 'main',
                render: (row) => (
                  <button type="button" className="text-button" onClick={() => setShown(row)}>
                    {row.number}
                  </button>
                ),
              },
              { key: 'who', head: t('privacy.askedBy'), render: (row) => `${row.personName} · ${row.postTitle}` },
              { key: 'dataset', head: t('privacy.dataset'), render: (row) => row.dataset },
              { key: 'purpose', head: t('privacy.purpose'), render: (row) => word('purpose', row.purpose) },
              { key: 'count', head: t('privacy.rows'), kind: 'figure', render: (row) => countOf(language, row.countAsked) },
              {
                key: 'unmasked',
                head: t('privacy.unmasked'),
                kind: 'figure',
                render: (row) => {
                  const n = row.fields.filter((field) => field.unmasked).length
                  return n > 0 ? <strong className="late">{n}</strong> : 0
                },
              },
              { key: 'at', head: t('privacy.askedAt'), render: (row) => <Moment at={row.askedAt} /> },
              { key: 'state', head: t('console.state'), render: (row) => <ExportState row={row} /> },
            ]}
          />
        )}
      </LoadedPages>
      {shown && (
        <ExportSheet row={shown} onClose={() => setShown(undefined)}>
          <Decision row={shown} onDone={() => setShown(undefined)} />
        </ExportSheet>
      )}
    </Page>
  )
}

function Decision({ row, onDone }: { row: ExportView; onDone(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const { me } = useDesk()
  const [open, setOpen] = useState<'approve' | 'refuse'>()
  if (row.state !== 'asked') return null
  if (row.personId === me.personId) return <p className="note">{t('privacy.ownExport')}</p>
  return (
    <>
      <div className="row-acts">
        <Button tone="main" onClick={() => setOpen('approve')}>
          {t('privacy.approve')}
        </Button>
        <Button tone="careful" onClick={() => setOpen('refuse')}>
          {t('privacy.refuse')}
        </Button>
      </div>
      {open && (
        <ActDialog
          title={t(`privacy.${open}`)}
          lead={t(open === 'approve' ? 'privacy.approveLead' : 'privacy.refuseLead', { name: row.personName, n: row.countAsked })}
          confirm={t(`privacy.${open}`)}
          tone={open === 'approve' ? 'main' : 'careful'}
          act={(data, key) =>
            client.call(privacy.decideExport, { key, params: { id: row.id }, body: { approve: open === 'approve', note: String(data.get('note')) } })
          }
          onDone={() => {
            cache.renew(privacy.listExports)
            say(t(open === 'approve' ? 'privacy.approved' : 'privacy.refused'))
            onDone()
          }}
          onClose={() => setOpen(undefined)}
        >
          <WordsField name="note" label={t('privacy.decisionNote')} hint={t('privacy.decisionHint')} required maxLength={1_000} />
        </ActDialog>
      )}
    </>
  )
}
