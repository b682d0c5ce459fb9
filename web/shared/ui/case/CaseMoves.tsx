import { useI18n } from '../../i18n/index.ts'
import { Button } from '../controls.tsx'
import { Icon } from '../Icon.tsx'
import type { Ability, CaseDetail } from './types.ts'
import { useCaseRoom } from './case-room.ts'
import { Helpers } from './Helpers.tsx'
import { OpenMove } from './OpenMove.tsx'
import { isOpen, type MoveDesk } from './use-move-desk.ts'

const TONE: Readonly<Record<string, 'main' | 'plain' | 'careful' | 'quiet'>> = {
  forward: 'main',
  back: 'careful',
  void: 'careful',
  reopen: 'careful',
  note: 'quiet',
}
const ORDER = ['forward', 'reopen', 'back', 'void', 'link', 'side', 'note']
const byKind = (one: Ability, other: Ability) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind)

/** The moves of the case itself (动作): first what it waits for, then what else is possible, then what is not and why. */
export function CaseMoves({ detail, desk, onMoved }: { detail: CaseDetail; desk: MoveDesk; onMoved(): void }) {
  const { t } = useI18n()
  const { city } = useCaseRoom()
  const sorted = detail.abilities.toSorted(byKind)
  const allowed = sorted.filter((ability) => ability.allowed)
  const first = allowed.filter((ability) => !ability.aside)
  // The unit is said where the same move could be meant for several.
  const isOneOfSeveral = (ability: Ability) => first.some((other) => other !== ability && other.move === ability.move)
  // What may be done with a strand but need not be stands at the strand alone.
  const more = allowed.filter((ability) => ability.aside && ability.strand === null)
  const blocked = sorted.filter((ability) => !ability.allowed)
  const canCarryOn = first.some((ability) => ability.kind === 'forward')
  const open = desk.opened
  return (
    <section className="moves" aria-labelledby="moves-title">
      <h3 id="moves-title">{t('case.moves')}</h3>
      {desk.said !== undefined && (
        <p className="moves-said" role="status">
          <Icon name="check" size={15} />
          {desk.said}
        </p>
      )}
      {first.length === 0 && <p className="faint">{t('case.noMoves')}</p>}
      <div className="move-buttons">
        {first.map((ability) => (
          <MoveButton
            key={`${ability.move} ${ability.strand ?? ''}`}
            ability={ability}
            desk={desk}
            unitName={isOneOfSeveral(ability) ? unitNameOf(detail, ability) : undefined}
          />
        ))}
      </div>
      {open && open.ability.strand === null && <OpenMove detail={detail} desk={desk} onMoved={onMoved} />}
      {city.demo && !canCarryOn && <Helpers detail={detail} />}
      {more.length > 0 && <More abilities={more} desk={desk} />}
      {blocked.length > 0 && <Blocked abilities={blocked} detail={detail} />}
    </section>
  )
}

/** The unit of the strand that a move would turn, where it is put to one. */
function unitNameOf(detail: CaseDetail, ability: Ability): string | null | undefined {
  return detail.strands.find((strand) => strand.key === ability.strand)?.unitName
}

/** Opens the form of one move, or closes it again. */
export function MoveButton({ ability, desk, unitName }: { ability: Ability; desk: MoveDesk; unitName?: string | null | undefined }) {
  const { word } = useI18n()
  return (
    <Button
      tone={ability.aside && ability.kind === 'forward' ? 'plain' : (TONE[ability.kind] ?? 'plain')}
      aria-expanded={isOpen(desk, ability)}
      onClick={() => desk.toggle(ability)}
    >
      {[word('move', ability.move), unitName].filter(Boolean).join(' · ')}
    </Button>
  )
}

function More({ abilities, desk }: { abilities: readonly Ability[]; desk: MoveDesk }) {
  const { t, word } = useI18n()
  return (
    <details className="moves-more">
      <summary>{t('case.moreMoves', { n: abilities.length })}</summary>
      <ul>
        {abilities.map((ability) => (
          <li key={ability.move}>
            <MoveButton ability={ability} desk={desk} />
            <small>{word('moveHint', ability.move)}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Blocked({ abilities, detail }: { abilities: readonly Ability[]; detail: CaseDetail }) {
  const { t, word, problem } = useI18n()
  return (
    <details className="moves-other">
      <summary>{t('case.blockedMoves', { n: abilities.length })}</summary>
      <ul>
        {abilities.map((ability) => (
          <li key={`${ability.move} ${ability.strand ?? ''}`}>
            <span>{[word('move', ability.move), unitNameOf(detail, ability)].filter(Boolean).join(' · ')}</span>
            <small>{ability.why === null ? t('common.none') : problem(ability.why).what}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}
