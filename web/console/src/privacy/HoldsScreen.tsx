import { privacy } from '@linli/contract/endpoints/privacy'
import { useAnswerPages, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Toggle } from '@linli/web-shared/ui'
import { useState } from 'react'
import { useDesk } from '../desk.ts'
import { ActDialog } from '../parts/ActDialog.tsx'
import { DataTable } from '../parts/DataTable.tsx'
import { LineField, ReasonField } from '../parts/fields.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { instantOf } from '../when.ts'
import { caseIdIn } from './case-id.ts'
import type { HoldView } from './types.ts'

/** Legal holds (法律保全): cases whose data nothing erases for a time, because of a lawsuit for instance. */
export default function HoldsScreen() {
  const { t } = useI18n()
  const { session } = useDesk()
  const { query } = usePlace()
  const cache = useCache()
  const say = useSay()
  const [open, setOpen] = useState<'place' | HoldView>()
  const active = query['active'] !== 'no'
  const asked = useAnswerPages(
    privacy.listHolds,
    { query: { limit: '50', ...(active ? { active: 'true' } : {}) } },
    { keep: true, enabled: session.may('privacy.review') },
  )
  const mayHold = session.may('privacy.hold')
  const done = (words: string) => {
    setOpen(undefined)
    cache.renew(privacy.listHolds)
    say(words)
  }
  return (
    <Page
      title={t(nameOf('holds'))}
      lead={t('privacy.holdsLead')}
      tools={
        mayHold && (
          <Button tone="main" onClick={() => setOpen('place')}>
            {t('privacy.placeHold')}
          </Button>
        )
      }
    >
      {session.may('privacy.review') && (
        <>
          <div className="filters">
            <Toggle on={active} onChange={(on) => go(linkTo('holds', [], { active: on ? undefined : 'no' }), true)}>
              {t('privacy.onlyActive')}
            </Toggle>
          </div>
          <LoadedPages asked={asked} empty={t('privacy.noHolds')}>
            {(rows) => (
              <DataTable
                label={t(nameOf('holds'))}
                rows={rows}
                keyOf={(row) => row.id}
                tone={(row) => (row.active ? undefined : 'quiet')}
                columns={[
                  { key: 'case', head: t('strands.case'), kind: 'main', render: (row) => row.number },
                  { key: 'reason', head: t('console.reason'), render: (row) => row.reasonText },
                  { key: 'by', head: t('console.by'), render: (row) => row.placerName },
                  { key: 'from', head: t('console.from'), render: (row) => <Moment at={row.placedAt} /> },
                  { key: 'to', head: t('console.until'), render: (row) => <Moment at={row.endsAt} /> },
                  {
                    key: 'acts',
                    head: t('console.state'),
                    kind: 'acts',
                    render: (row) =>
                      row.active ? (
                        mayHold ? (
                          <Button onClick={() => setOpen(row)}>{t('privacy.releaseHold')}</Button>
                        ) : (
                          t('privacy.inForce')
                        )
                      ) : row.releasedAt === null ? (
                        t('privacy.ranOut')
                      ) : (
                        <>
                          {t('privacy.released')} <Moment at={row.releasedAt} /> {row.releaserName}
                          <small className="faint block">{row.releaseReason}</small>
                        </>
                      ),
                  },
                ]}
              />
            )}
          </LoadedPages>
        </>
      )}
      {open === 'place' && <PlaceHold onClose={() => setOpen(undefined)} onDone={done} />}
      {typeof open === 'object' && <ReleaseHold hold={open} onClose={() => setOpen(undefined)} onDone={done} />}
    </Page>
  )
}

function PlaceHold({ onDone, onClose }: { onDone(words: string): void; onClose(): void }) {
  const { t, timeZone } = useI18n()
  const client = useClient()
  return (
    <ActDialog
      title={t('privacy.placeHold')}
      lead={t('privacy.placeHoldLead')}
      confirm={t('privacy.placeHold')}
      act={(data, key) =>
        client.call(privacy.placeHold, {
          key,
          params: { id: caseIdIn(String(data.get('case'))) ?? '' },
          body: { reason: String(data.get('reason')), endsAt: instantOf(String(data.get('endsAt')), timeZone) ?? '' },
        })
      }
      onDone={(hold) => onDone(t('privacy.holdPlaced', { number: hold.number }))}
      onClose={onClose}
    >
      <LineField
        name="case"
        label={t('privacy.caseLink')}
        hint={t('privacy.caseLinkHint')}
        required
        autoComplete="off"
        onInput={(event) => event.currentTarget.setCustomValidity(caseIdIn(event.currentTarget.value) === undefined ? t('privacy.caseLinkHint') : '')}
      />
      <LineField name="endsAt" type="datetime-local" label={t('console.until')} required />
      <ReasonField minLength={4} maxLength={1_000} />
    </ActDialog>
  )
}

function ReleaseHold({ hold, onDone, onClose }: { hold: HoldView; onDone(words: string): void; onClose(): void }) {
  const { t } = useI18n()
  const client = useClient()
  return (
    <ActDialog
      title={t('privacy.releaseHold')}
      lead={t('privacy.releaseHoldLead', { number: hold.number })}
      confirm={t('privacy.releaseHold')}
      tone="careful"
      act={(data, key) => client.call(privacy.releaseHold, { key, params: { id: hold.id }, body: { reason: String(data.get('reason')) } })}
      onDone={() => onDone(t('privacy.holdReleased'))}
      onClose={onClose}
    >
      <ReasonField minLength={4} maxLength={1_000} />
    </ActDialog>
  )
}
