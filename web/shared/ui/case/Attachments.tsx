import { cases } from '@linli/contract/endpoints/cases'
import type { Purpose } from '@linli/contract/permissions'
import { useEffect, useState } from 'react'
import { useClient } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'
import type { Attachment } from './types.ts'

/** The photos and files of a case; each is fetched with its purpose, because a plain image address cannot name one. */
export function Attachments({ caseId, rows, purpose }: { caseId: string; rows: readonly Attachment[]; purpose: Purpose }) {
  if (rows.length === 0) return null
  return (
    <ul className="attachments">
      {rows.map((row, index) => (
        <li key={row.id}>
          <OneAttachment caseId={caseId} row={row} number={index + 1} purpose={purpose} />
        </li>
      ))}
    </ul>
  )
}

function OneAttachment({ caseId, row, number, purpose }: { caseId: string; row: Attachment; number: number; purpose: Purpose }) {
  const { t } = useI18n()
  const client = useClient()
  const [address, setAddress] = useState<string>()
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    let made: string | undefined
    client
      .callBytes(cases.getBlob, { params: { id: caseId, blobId: row.id }, purpose, signal: stop.signal })
      .then((bytes) => {
        made = URL.createObjectURL(bytes)
        setAddress(made)
      })
      .catch(() => stop.signal.aborted || setFailed(true))
    return () => {
      stop.abort()
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [client, caseId, row.id, purpose])
  const image = row.mediaType.startsWith('image/')
  const label = t(image ? 'case.photo' : 'case.file', { n: number })
  if (failed)
    return (
      <span className="attachment attachment-failed" title={t('case.photoFailed')}>
        <Icon name="alert" />
        <span className="unseen">{t('case.photoFailed')}</span>
      </span>
    )
  return (
    <a className="attachment" href={address} target="_blank" rel="noreferrer" aria-label={label} title={label}>
      {image && address !== undefined ? <img src={address} alt={label} loading="lazy" onError={() => setFailed(true)} /> : <Icon name="file" />}
    </a>
  )
}
