import { cases } from '@linli/contract/endpoints/cases'
import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useState } from 'react'
import { client } from '../api.ts'
import type { Task } from '../outbox/types.ts'
import { Glyph } from './Glyph.tsx'

/** Photos of a case, fetched when looked at: nothing of them stays on the telephone. */
export function CasePhotos({ caseId, photos }: { caseId: string; photos: Task['photos'] }) {
  const { t } = useI18n()
  if (photos.length === 0) return null
  return (
    <ul className="case-photos">
      {photos.map((photo, index) => (
        <li key={photo.id}>
          <CasePhoto caseId={caseId} blobId={photo.id} label={t('case.photo', { n: index + 1 })} />
        </li>
      ))}
    </ul>
  )
}

function CasePhoto({ caseId, blobId, label }: { caseId: string; blobId: string; label: string }) {
  const { t } = useI18n()
  const [url, setUrl] = useState<string | null>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    client.callBytes(cases.getBlob, { params: { id: caseId, blobId }, purpose: 'handle-case' }).then(
      (blob) => {
        if (gone) return
        made = URL.createObjectURL(blob)
        setUrl(made)
      },
      () => setUrl(null),
    )
    return () => {
      gone = true
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [caseId, blobId])
  if (url === null)
    return (
      <span className="photo-missing">
        <Glyph name="offline" size={20} />
        {t('field.photoOffline')}
      </span>
    )
  return url === undefined ? (
    <span className="photo-missing">{t('common.loading')}</span>
  ) : (
    <a href={url} target="_blank" rel="noreferrer">
      <img src={url} alt={label} />
    </a>
  )
}
