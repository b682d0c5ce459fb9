import { useI18n } from '@linli/web-shared/i18n'
import { IconButton } from '@linli/web-shared/ui'
import { useEffect, useRef } from 'react'

const KEYS = [
  ['/', 'command.key.search'],
  ['j  k', 'command.key.move'],
  ['Enter', 'command.key.open'],
  ['Enter', 'command.key.point'],
  ['Esc', 'command.key.close'],
  ['?', 'command.key.help'],
] as const
const WALL_KEYS = [
  ['d', 'wall.key.duty'],
  ['e', 'wall.key.events'],
  ['r', 'wall.key.ranking'],
  ['l', 'wall.key.list'],
] as const

/** The keys of this screen. */
export function HelpDialog({ open, wall, onClose }: { open: boolean; wall: boolean; onClose(): void }) {
  const { t } = useI18n()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal()
    else dialog.current?.close()
  }, [open])
  return (
    <dialog ref={dialog} className="help" aria-labelledby="help-title" onClose={onClose}>
      <header>
        <h2 id="help-title">{t('command.help')}</h2>
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      <dl>
        {[...(wall ? WALL_KEYS : []), ...KEYS].map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.split('  ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  )
}
