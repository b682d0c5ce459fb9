import { useI18n, type MessageKey } from '@linli/web-shared/i18n'
import { Sheet } from '../parts/Sheet.tsx'

const KEYS: readonly (readonly [keys: readonly string[], does: MessageKey])[] = [
  [['j', '↓'], 'queue.key.next'],
  [['k', '↑'], 'queue.key.before'],
  [['Enter', 'o'], 'queue.key.open'],
  [['x'], 'queue.key.choose'],
  [['a'], 'queue.key.all'],
  [['c'], 'queue.key.claim'],
  [['r'], 'queue.key.release'],
  [['m'], 'queue.key.move'],
  [['s'], 'queue.key.sort'],
  [['1', '…', '9'], 'queue.key.saved'],
  [['u'], 'queue.key.renew'],
  [['/'], 'queue.key.search'],
  [['Esc'], 'queue.key.escape'],
  [['?'], 'queue.key.help'],
  [['j', 'k'], 'queue.key.case'],
  [['q'], 'queue.key.back'],
  [['p'], 'queue.key.print'],
]

/** Every key of the queue and of a case's page. */
export function KeysHelp({ onClose }: { onClose(): void }) {
  const { t } = useI18n()
  return (
    <Sheet title={t('command.help')} onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}
