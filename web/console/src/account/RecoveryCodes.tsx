import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useEffect, useId, useRef, useState } from 'react'
import { save } from '../parts/save.ts'

/** The recovery codes (恢复码), shown this once; the window closes only when one says that they are kept. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose(): void }) {
  const { t } = useI18n()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="act" aria-labelledby={id} onCancel={(event) => event.preventDefault()} onClose={onClose}>
      <header>
        <h2 id={id}>{t('console.recoveryCodes')}</h2>
      </header>
      <div className="act-body">
        <p className="act-lead">{t('console.recoveryCodesLead')}</p>
        <ol className="codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div className="row-acts">
          <Button
            onClick={() => {
              void globalThis.navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))
            }}
          >
            {t(copied ? 'common.copied' : 'common.copy')}
          </Button>
          <Button onClick={() => save(new Blob([`${codes.join('\n')}\n`], { type: 'text/plain' }), 'recovery-codes.txt')}>{t('console.saveFile')}</Button>
        </div>
      </div>
      <footer>
        <Button tone="main" onClick={() => dialog.current?.close()}>
          {t('console.codesKept')}
        </Button>
      </footer>
    </dialog>
  )
}
