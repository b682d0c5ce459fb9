import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useEffectEvent, useState } from 'react'
import { addEntries } from '../outbox/add.ts'
import { PhotoField, usePhotos } from '../parts/PhotoField.tsx'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../parts/toast.tsx'
import { useTrouble } from '../parts/use-trouble.ts'
import { go } from '../place.ts'
import { database, keep, readKept } from '../store/db.ts'
import { getState, reread, useField } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'
import { ComponentField } from './ComponentField.tsx'
import { EMPTY_DRAFT, isEmpty, lacksOf, type ReportDraft } from './draft.ts'
import { MatterField } from './MatterField.tsx'
import { reportAct } from './report-act.ts'
import { SpotField } from './SpotField.tsx'

const MOST_RECENT = 8

/** Report what one sees (上报): a photo first, then where, then what. What is written stays on the telephone until it is sent or cleared. */
export function ReportScreen() {
  const [draft, setDraft] = useState<ReportDraft>()
  useEffect(() => {
    void readKept('draft').then((kept) => setDraft(kept ?? EMPTY_DRAFT))
  }, [])
  return draft === undefined ? null : <ReportForm first={draft} />
}

function ReportForm({ first }: { first: ReportDraft }) {
  const { t } = useI18n()
  const guard = useTrouble()
  const { matters, recentMatters } = useField()
  const [draft, setDraft] = useState(first)
  const [tried, setTried] = useState(false)
  const keepDraft = useEffectEvent((next: ReportDraft) => void guard(() => keep('draft', next)))
  useEffect(() => keepDraft(draft), [draft])
  const change = (part: Partial<ReportDraft>) => setDraft((now) => ({ ...now, ...part }))
  const photos = usePhotos(draft.photos, (ids) => change({ photos: ids }))
  const lacks = lacksOf(draft)
  const matter = matters?.rows.find((row) => row.key === draft.matter)
  const clear = async () => {
    const db = await database()
    for (const id of draft.photos) await db.delete('blobs', id)
    setDraft(EMPTY_DRAFT)
    setTried(false)
  }
  const send = async () => {
    setTried(true)
    if (lacks.length > 0 || draft.spot === null) return
    const { spot } = draft
    const done = await guard(async () => {
      await addEntries([
        {
          personId: getState().worker?.personId ?? '',
          lane: `report ${crypto.randomUUID()}`,
          title: matter?.name ?? draft.text.trim().slice(0, 40),
          act: reportAct(draft, spot),
          photos: draft.photos.map((blob) => ({ blob, part: 'act' })),
        },
      ])
      if (draft.matter !== null) await keep('recentMatters', [...new Set([draft.matter, ...recentMatters])].slice(0, MOST_RECENT))
      await keep('draft', EMPTY_DRAFT)
      await reread()
    })
    if (!done) return
    say(t('field.saved'))
    setDraft(EMPTY_DRAFT)
    setTried(false)
    go('today')
    void syncNow(false)
  }
  return (
    <Screen
      title={t('field.tab.report')}
      sub={isEmpty(draft) ? undefined : t('field.report.draft')}
      foot={
        <>
          {tried && lacks.length > 0 && (
            <p className="late" role="alert">
              {t('field.lacks', { what: lacks.map((lack) => t(`field.report.lacks.${lack}`)).join(t('field.comma')) })}
            </p>
          )}
          <button type="button" className="big main" disabled={photos.busy} onClick={() => void send()}>
            {t('field.report.send')}
          </button>
        </>
      }
    >
      <PhotoField photos={photos} needed={false} large />
      <SpotField spot={draft.spot} onChange={(spot) => change({ spot, confirmed: false })} />
      <MatterField matter={draft.matter} row={draft.row} onChange={(key, row) => change({ matter: key, row })} />
      <ComponentField
        spot={draft.spot}
        component={draft.component}
        onChange={(component) => {
          const kind = component && draft.matter === null ? matters?.rows.find((row) => row.typeCode === component.typeCode) : undefined
          change({
            component: component?.code ?? null,
            // The component says where it is better than the telephone beside it, and what it is where nothing was chosen.
            ...(component ? { spot: { lon: component.lon, lat: component.lat, accuracyM: null } } : {}),
            ...(kind ? { matter: kind.key, row: kind.rows.length === 1 ? (kind.rows[0]?.rowNo ?? null) : null } : {}),
          })
        }}
      />
      <label className="field">
        <span>
          {t('report.text')} {draft.matter !== null && <small className="soft">{t('common.optional')}</small>}
        </span>
        <textarea
          rows={3}
          maxLength={20_000}
          value={draft.text}
          onChange={(event) => change({ text: event.target.value })}
          placeholder={t('field.report.textHint')}
        />
      </label>
      <label className="field">
        <span>
          {t('report.address')} <small className="soft">{t('common.optional')}</small>
        </span>
        <input maxLength={500} value={draft.address} onChange={(event) => change({ address: event.target.value })} placeholder={t('report.addressHint')} />
      </label>
      {!isEmpty(draft) && (
        <button type="button" className="text" onClick={() => void clear()}>
          {t('field.report.clear')}
        </button>
      )}
    </Screen>
  )
}
