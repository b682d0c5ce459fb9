import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { shrink } from '../photo.ts'
import { database } from '../store/db.ts'
import { Glyph } from './Glyph.tsx'
import { useTrouble } from './use-trouble.ts'

const MOST = 9

export interface Photos {
  readonly ids: readonly string[]
  readonly busy: boolean
  add(files: readonly File[]): Promise<void>
  remove(id: string): void
  /** They belong to something that was put into the outbox: leaving the form no longer throws them away. */
  given(): void
}

/** The photos of a form, shrunk and kept on the telephone as soon as they are taken; those of a form that is left are thrown away, unless it is a draft. */
export function usePhotos(kept: readonly string[] = [], onChange?: (ids: readonly string[]) => void): Photos {
  const guard = useTrouble()
  const [own, setOwn] = useState<readonly string[]>(kept)
  const [busy, setBusy] = useState(false)
  const given = useRef(onChange !== undefined)
  const ids = onChange ? kept : own
  const change = (next: readonly string[]) => {
    setOwn(next)
    onChange?.(next)
  }
  const leave = useEffectEvent(() => {
    if (!given.current) void forget(own)
  })
  useEffect(() => () => leave(), [])
  return {
    ids,
    busy,
    add: async (files) => {
      setBusy(true)
      let all = ids
      for (const file of files.slice(0, MOST - ids.length)) {
        const id = crypto.randomUUID()
        const done = await guard(async () => void (await (await database()).put('blobs', await shrink(file), id)))
        if (!done) break
        all = [...all, id]
        change(all)
      }
      setBusy(false)
    },
    remove: (id) => {
      change(ids.filter((each) => each !== id))
      void forget([id])
    },
    given: () => {
      given.current = true
    },
  }
}

async function forget(ids: readonly string[]): Promise<void> {
  const tx = (await database()).transaction('blobs', 'readwrite')
  for (const id of ids) await tx.store.delete(id)
  await tx.done
}

/** Takes photos with the camera or from the album and shows them; the first button of a form, for a photo says most. */
export function PhotoField({ photos, needed, large = false }: { photos: Photos; needed: boolean; large?: boolean }) {
  const { t } = useI18n()
  const full = photos.ids.length >= MOST
  return (
    <div className={`photo-field ${large && photos.ids.length === 0 ? 'photo-large' : ''}`}>
      <ul>
        {photos.ids.map((id, index) => (
          <li key={id}>
            <Thumb id={id} label={t('case.photo', { n: index + 1 })} />
            <button type="button" className="round" aria-label={`${t('common.remove')} ${t('case.photo', { n: index + 1 })}`} onClick={() => photos.remove(id)}>
              <Glyph name="close" size={18} />
            </button>
          </li>
        ))}
        {!full && (
          <li>
            <label className="shutter" data-busy={photos.busy}>
              <Glyph name="camera" size={large && photos.ids.length === 0 ? 48 : 30} />
              <span>
                {t(photos.busy ? 'field.photoBusy' : 'field.takePhoto')}
                {!needed && !(large && photos.ids.length === 0) && <small> {t('common.optional')}</small>}
              </span>
              <input
                type="file"
                accept="image/*"
                capture="environment"
                disabled={photos.busy}
                onChange={(event) => {
                  const { currentTarget } = event
                  void photos.add([...(currentTarget.files ?? [])]).then(() => {
                    currentTarget.value = ''
                  })
                }}
              />
            </label>
          </li>
        )}
      </ul>
      {!full && (
        <label className="text album">
          {t('field.fromAlbum')}
          <input
            type="file"
            accept="image/*"
            multiple
            disabled={photos.busy}
            onChange={(event) => {
              const { currentTarget } = event
              void photos.add([...(currentTarget.files ?? [])]).then(() => {
                currentTarget.value = ''
              })
            }}
          />
        </label>
      )}
    </div>
  )
}

/** A photo that lies on the telephone. */
export function Thumb({ id, label }: { id: string; label: string }) {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    let made: string | undefined
    let gone = false
    void database()
      .then((db) => db.get('blobs', id))
      .then((blob) => {
        if (!blob || gone) return
        made = URL.createObjectURL(blob)
        setUrl(made)
      })
    return () => {
      gone = true
      if (made !== undefined) URL.revokeObjectURL(made)
    }
  }, [id])
  return url === undefined ? <span className="thumb" role="img" aria-label={label} /> : <img className="thumb" src={url} alt={label} />
}
