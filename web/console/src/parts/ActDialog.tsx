import { useI18n } from '@linli/web-shared/i18n'
import { Button, IconButton } from '@linli/web-shared/ui'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Problem } from './Problem.tsx'
import { useAct } from './use-act.ts'

/** Asks for what an act needs, says what it will do, and does it: the one way in which this console changes anything. */
export function ActDialog<T>({
  title,
  lead,
  confirm,
  tone = 'main',
  wide = false,
  children,
  act,
  onDone,
  onClose,
}: {
  title: string
  lead?: ReactNode
  confirm: string
  tone?: 'main' | 'careful'
  wide?: boolean
  children?: ReactNode
  /** Sends the act; `key` stays the same while the same fields are sent again. */
  act(data: FormData, key: string): Promise<T>
  onDone(answer: T): void
  onClose(): void
}) {
  const { t } = useI18n()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const doing = useAct()
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    for (const { pointer } of doing.problem?.fields ?? []) {
      const field = form.current?.elements.namedItem(pointer.replace(/^\/body/, '').split('/')[1] ?? '')
      if (field instanceof HTMLElement) field.setAttribute('aria-invalid', 'true')
    }
  }, [doing.problem])
  const send = async (data: FormData) => {
    const answer = await doing.run(() => act(data, doing.keyOf([...data.entries()])))
    if (answer !== undefined) onDone(answer)
  }
  return (
    <dialog ref={dialog} className="act" data-wide={wide} aria-labelledby={id} onClose={onClose}>
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          void send(new FormData(event.currentTarget))
        }}
        onInput={doing.problem ? doing.clear : undefined}
      >
        <header>
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={t('common.close')} onClick={() => dialog.current?.close()} />
        </header>
        <div className="act-body">
          {lead !== undefined && <div className="act-lead">{lead}</div>}
          {children}
          {doing.problem && <Problem problem={doing.problem} />}
        </div>
        <footer>
          <Button onClick={() => dialog.current?.close()}>{t('common.cancel')}</Button>
          <Button type="submit" tone={tone} disabled={doing.busy}>
            {doing.busy ? t('common.sending') : confirm}
          </Button>
        </footer>
      </form>
    </dialog>
  )
}
