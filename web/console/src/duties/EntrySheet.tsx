import { patrol } from '@linli/contract/endpoints/patrol'
import { useAnswer, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useState } from 'react'
import { CaseLink } from '../parts/CaseLink.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'
import { Facts } from '../parts/Page.tsx'
import { Sheet } from '../parts/Sheet.tsx'

/** One entry of the register of duties whole: who, when, what was filled in, where, and the photos; the look is logged. */
export function EntrySheet({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useI18n()
  const asked = useAnswer(patrol.getEntry, { params: { id } })
  return (
    <Sheet title={t('duties.record')} onClose={onClose}>
      <p className="faint">{t('duties.lookLogged')}</p>
      <Loaded asked={asked}>
        {({ entry, personName, form, words, position, photoIds }) => (
          <>
            <Facts
              rows={[
                [t('console.person'), personName ?? t('common.none')],
                [t('console.post'), entry.postTitle ?? t('common.none')],
                [t('duties.madeAt'), <Moment key="made" at={entry.madeAt} />],
                [t('duties.receivedAt'), <Moment key="received" at={entry.receivedAt} />],
                [t('duties.period'), entry.period],
                [t('case.place'), position ? `${position.lon.toFixed(5)}, ${position.lat.toFixed(5)}` : t('common.none')],
                [t('console.note'), words ?? t('common.none')],
                [t('strands.case'), entry.caseId !== null && entry.caseNumber !== null ? <CaseLink key="case" number={entry.caseNumber} /> : t('common.none')],
              ]}
            />
            {form && (
              <dl className="item-facts">
                {Object.entries(form).map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
                  </div>
                ))}
              </dl>
            )}
            <div className="photos">
              {photoIds.map((photo, index) => (
                <Photo key={photo} id={id} photo={photo} label={t('case.photo', { n: index + 1 })} />
              ))}
            </div>
          </>
        )}
      </Loaded>
    </Sheet>
  )
}

function Photo({ id, photo, label }: { id: string; photo: string; label: string }) {
  const { t } = useI18n()
  const client = useClient()
  const [shown, setShown] = useState<string | null>()
  useEffect(() => {
    let url: string | undefined
    let gone = false
    client
      .callBytes(patrol.getPhoto, { params: { id, photo } })
      .then((bytes) => {
        if (gone) return
        url = URL.createObjectURL(bytes)
        setShown(url)
      })
      .catch(() => setShown(null))
    return () => {
      gone = true
      if (url !== undefined) URL.revokeObjectURL(url)
    }
  }, [client, id, photo])
  if (shown === null) return <p className="faint">{t('case.photoFailed')}</p>
  return shown === undefined ? <p className="faint">{t('common.loading')}</p> : <img src={shown} alt={label} />
}
