import { useI18n } from '@linli/web-shared/i18n'
import { Glyph } from '../parts/Glyph.tsx'
import { keep } from '../store/db.ts'
import { reread, useField } from '../store/state.ts'

/** Grids that left this telephone (网格移交): which, to whom, and what becomes of what still waits here. */
export function HandOverNotes() {
  const { t } = useI18n()
  const { handOver, outbox } = useField()
  const read = async (code: string) => {
    await keep(
      'handOver',
      handOver.filter((left) => left.code !== code),
    )
    await reread()
  }
  return handOver.map((left) => {
    const to = left.to.map((post) => `${post.unitName} ${post.postTitle}`).join(t('field.comma'))
    const waits = outbox.filter(({ act }) => (act.kind === 'duty' || act.kind === 'excuse') && act.body.gridCode === left.code).length
    return (
      <div className="note" key={left.code} data-hand-over={left.code}>
        <Glyph name="move" />
        <div>
          <strong>{t(left.how === 'ended' ? 'field.handOver.ended' : 'field.handOver.moved', { name: left.name })}</strong>
          {left.successors.length > 0 && <p>{t('field.handOver.successors', { names: left.successors.join(t('field.comma')) })}</p>}
          <p>{to === '' ? t('field.handOver.nobody') : t('field.handOver.to', { to })}</p>
          <p className="soft">{t(waits > 0 ? 'field.handOver.waits' : 'field.handOver.cleared', { n: waits })}</p>
          <button type="button" className="text" onClick={() => void read(left.code)}>
            {t('field.handOver.read')}
          </button>
        </div>
      </div>
    )
  })
}
