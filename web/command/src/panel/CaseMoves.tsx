import { useI18n } from '@linli/web-shared/i18n'
import { Button, Icon, LazyMoveForm, LoadingView, type Ability, type CaseDetail } from '@linli/web-shared/ui'
import { Suspense, useState } from 'react'
import { useRoom } from '../state/room.ts'
import { Helpers } from './Helpers.tsx'

const TONE: Readonly<Record<string, 'main' | 'plain' | 'careful' | 'quiet'>> = {
  forward: 'main',
  back: 'careful',
  void: 'careful',
  reopen: 'careful',
  note: 'plain',
}
const ORDER = ['forward', 'reopen', 'back', 'void', 'note']

/** The moves that leave the present state: those one may make open their form, the others say why not (动作). */
export function CaseMoves({ detail, onMoved }: { detail: CaseDetail; onMoved(): void }) {
  const i18n = useI18n()
  const { t, word } = i18n
  const { city } = useRoom()
  const [chosen, setChosen] = useState<{ readonly ability: Ability; readonly seq: number }>()
  const [said, setSaid] = useState<string>()
  const sorted = detail.abilities.toSorted((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind))
  const allowed = sorted.filter((ability) => ability.allowed)
  const others = sorted.filter((ability) => !ability.allowed)
  // A form stays open when the case moves under it: what was written is not lost, and the server has the last word.
  const open = chosen?.ability
  const stale = chosen !== undefined && detail.case.seq > chosen.seq
  const canCarryOn = allowed.some((ability) => ability.kind === 'forward')
  const end = (words: string) => {
    setChosen(undefined)
    setSaid(words)
    onMoved()
  }
  return (
    <section className="moves" aria-labelledby="moves-title">
      <h3 id="moves-title">{t('case.moves')}</h3>
      {said !== undefined && (
        <p className="moves-said" role="status">
          <Icon name="check" size={15} />
          {said}
        </p>
      )}
      {allowed.length === 0 && <p className="faint">{t('case.noMoves')}</p>}
      <div className="move-buttons">
        {allowed.map((ability) => (
          <Button
            key={ability.move}
            tone={TONE[ability.kind] ?? 'plain'}
            aria-expanded={ability.move === open?.move}
            onClick={() => {
              setSaid(undefined)
              setChosen(ability.move === open?.move ? undefined : { ability, seq: detail.case.seq })
            }}
          >
            {word('move', ability.move)}
          </Button>
        ))}
      </div>
      {stale && (
        <p className="moves-stale" role="alert">
          <Icon name="alert" size={15} />
          {t('form.stale')}
        </p>
      )}
      {open && (
        <Suspense fallback={<LoadingView lines={3} />}>
          <LazyMoveForm
            key={open.move}
            detail={detail}
            ability={open}
            onDone={() => end(t('form.done', { move: word('move', open.move) }))}
            onStale={onMoved}
            onCancel={() => setChosen(undefined)}
          />
        </Suspense>
      )}
      {city.demo && !canCarryOn && <Helpers row={detail.case} />}
      {others.length > 0 && <Others abilities={others} />}
    </section>
  )
}

function Others({ abilities }: { abilities: readonly Ability[] }) {
  const { t, word, problem } = useI18n()
  return (
    <details className="moves-other">
      <summary>{t('case.otherMoves', { n: abilities.length })}</summary>
      <ul>
        {abilities.map((ability) => (
          <li key={ability.move}>
            <span>{word('move', ability.move)}</span>
            <small>{ability.why === null ? t('common.none') : problem(ability.why).what}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}
