import { useI18n } from '@linli/web-shared/i18n'
import { linkTo } from '../place.ts'
import { useField } from '../store/state.ts'
import { Glyph } from './Glyph.tsx'

/** Whether there is a network and how much waits, in words and a sign; leads to what waits. */
export function LinkPill() {
  const { t } = useI18n()
  const { link, outbox, sending, worker } = useField()
  const own = outbox.filter((entry) => entry.personId === worker?.personId)
  const refused = own.filter((entry) => entry.rejection).length
  const waits = own.length - refused
  const text =
    refused > 0
      ? t('field.pill.refused', { n: refused })
      : waits > 0
        ? t(sending && link === 'online' ? 'field.pill.sending' : 'field.pill.waits', { n: waits })
        : t(link === 'online' ? 'field.pill.online' : link === 'offline' ? 'field.pill.offline' : 'field.pill.signIn')
  const sign = refused > 0 ? 'alert' : link === 'offline' ? 'offline' : waits > 0 ? 'waits' : link === 'signIn' ? 'person' : 'done'
  return (
    <a className="pill" data-state={refused > 0 ? 'bad' : link === 'online' && waits === 0 ? 'good' : 'waits'} href={linkTo('outbox')}>
      <Glyph name={sign} size={20} />
      {text}
    </a>
  )
}
