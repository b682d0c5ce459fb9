import { useI18n } from '@linli/web-shared/i18n'
import { useEffect, useRef, type ReactNode } from 'react'

/** Asks before something that cannot be undone. */
export function Confirm({
  title,
  children,
  act,
  careful = true,
  onAct,
  onClose,
}: {
  title: string
  children: ReactNode
  act: string
  careful?: boolean
  onAct(): void
  onClose(): void
}) {
  const { t } = useI18n()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="confirm" aria-label={title} onClose={onClose}>
      <h2>{title}</h2>
      <div>{children}</div>
      <div className="stack">
        <button
          type="button"
          className={`big ${careful ? 'careful' : 'main'}`}
          onClick={() => {
            onAct()
            dialog.current?.close()
          }}
        >
          {act}
        </button>
        <button type="button" className="big" onClick={() => dialog.current?.close()}>
          {t('common.cancel')}
        </button>
      </div>
    </dialog>
  )
}
