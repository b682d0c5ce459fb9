import { useI18n } from '@linli/web-shared/i18n'
import { IconButton } from '@linli/web-shared/ui'
import { useEffect, useId, useRef, type ReactNode } from 'react'

/** One thing of a list in full, over the list's edge; Escape leads back to it. */
export function Sheet({ title, children, onClose }: { title: string; children: ReactNode; onClose(): void }) {
  const { t } = useI18n()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onClose={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <IconButton icon="close" label={t('common.close')} onClick={() => dialog.current?.close()} />
      </header>
      <div className="sheet-body">{children}</div>
    </dialog>
  )
}
