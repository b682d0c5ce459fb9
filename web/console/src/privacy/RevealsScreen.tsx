import { privacy } from '@linli/contract/endpoints/privacy'
import { useAnswerPages, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Toggle } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ActDialog } from '../parts/ActDialog.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { ChoiceField, WordsField } from '../parts/fields.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import type { RevealRow } from './types.ts'

const KINDS = ['contact', 'emergency'] as const
const VERDICTS = ['justified', 'unjustified'] as const

/** Who saw a reporter's name and contact unmasked (解除脱敏), and the judgement on it. */
export default function RevealsScreen() {
  const { t } = useI18n()
  const { me } = useDesk()
  const { query } = usePlace()
  const [judged, setJudged] = useState<RevealRow>()
  const kind = KINDS.find((value) => value === query['kind'])
  const open = query['open'] !== 'no'
  const asked = useAnswerPages(
    privacy.listReveals,
    { query: { limit: '50', ...(kind === undefined ? {} : { kind }), ...(open ? { open: 'true' } : {}) } },
    { keep: true },
  )
  const filter = (part: Record<string, string | undefined>) => go(linkTo('reveals', [], { ...query, ...part }), true)
  return (
    <Page
      title={t(nameOf('reveals'))}
      lead={
        <>
          {t('privacy.revealsLead')}
          {asked.first && (
            <strong className={asked.first.overdue > 0 ? 'late block' : 'block'}>
              {t('privacy.revealsOpen', { n: asked.first.open, late: asked.first.overdue })}
            </strong>
          )}
        </>
      }
    >
      <div className="filters">
        <Toggle on={open} onChange={(on) => filter({ open: on ? undefined : 'no' })}>
          {t('privacy.toReview')}
        </Toggle>
        <select aria-label={t('privacy.revealKind')} value={kind ?? ''} onChange={(event) => filter({ kind: event.target.value })}>
          <option value="">{t('privacy.anyKind')}</option>
          {KINDS.map((value) => (
            <option key={value} value={value}>
              {t(`privacy.reveal.${value}`)}
            </option>
          ))}
        </select>
      </div>
      <LoadedPages asked={asked} empty={t(open ? 'privacy.noneToReview' : 'privacy.noReveals')}>
        {(rows) => (
          <DataTable
            label={t(nameOf('reveals'))}
            rows={rows}
            keyOf={(row) => row.id}
            tone={(row) => (row.overdue ? 'late' : undefined)}
            columns={[
              { key: 'who', head: t('console.person'), kind: 'main', render: (row) => `${row.personName} · ${row.postTitle}` },
              { key: 'unit', head: t('command.unit'), render: (row) => row.unitName },
              { key: 'kind', head: t('privacy.revealKind'), render: (row) => t(`privacy.reveal.${row.kind}`) },
              { key: 'case', head: t('strands.case'), render: (row) => row.number },
              { key: 'at', head: t('console.when'), render: (row) => <Moment at={row.at} /> },
              { key: 'reason', head: t('console.reason'), render: (row) => row.reasonText },
              {
                key: 'due',
                head: t('privacy.reviewDue'),
                render: (row) => (
                  <span className={row.overdue ? 'late' : undefined}>
                    <Moment at={row.reviewDueAt} />
                  </span>
                ),
              },
              {
                key: 'acts',
                head: t('privacy.verdict'),
                kind: 'acts',
                render: (row) =>
                  row.verdict !== null ? (
                    <span className={row.verdict === 'unjustified' ? 'late' : 'good'}>
                      {t(`privacy.verdict.${row.verdict}`)}
                      <small className="faint block">
                        {row.reviewerName} {row.reviewNote}
                      </small>
                    </span>
                  ) : row.personId === me.personId ? (
                    <span className="faint">{t('privacy.ownReveal')}</span>
                  ) : (
                    <Button onClick={() => setJudged(row)}>{t('privacy.review')}</Button>
                  ),
              },
            ]}
          />
        )}
      </LoadedPages>
      {judged && <Review row={judged} onClose={() => setJudged(undefined)} />}
    </Page>
  )
}

function Review({ row, onClose }: { row: RevealRow; onClose(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  return (
    <ActDialog
      title={t('privacy.review')}
      lead={t('privacy.reviewLead', { name: row.personName, number: row.number, reason: row.reasonText })}
      confirm={t('privacy.review')}
      act={(data, key) =>
        client.call(privacy.reviewReveal, {
          key,
          params: { id: row.id },
          body: { verdict: VERDICTS.find((value) => value === data.get('verdict')) ?? 'unjustified', note: String(data.get('note')) },
        })
      }
      onDone={() => {
        cache.renew(privacy.listReveals)
        say(t('privacy.reviewed'))
        onClose()
      }}
      onClose={onClose}
    >
      <ChoiceField
        name="verdict"
        label={t('privacy.verdict')}
        required
        options={[{ value: '', text: t('privacy.chooseVerdict') }, ...VERDICTS.map((value) => ({ value, text: t(`privacy.verdict.${value}`) }))]}
      />
      <WordsField name="note" label={t('console.note')} required maxLength={1_000} />
    </ActDialog>
  )
}
