import { useI18n } from '../../i18n/index.ts'
import type { Draft } from '../move-form/draft.ts'
import type { Ability, CaseDetail } from './types.ts'
import { useState } from 'react'

/** The one form that is open in a case's panel, and what became of the last one. */
export interface MoveDesk {
  readonly opened: { readonly ability: Ability; readonly seq: number; readonly start: Partial<Draft> | undefined } | undefined
  readonly said: string | undefined
  /** Opens a move's form, or closes it where it is the open one. */
  toggle(ability: Ability, start?: Partial<Draft>): void
  close(): void
  /** The open move was made. */
  done(): void
}

export function isOpen(desk: MoveDesk, ability: Ability): boolean {
  return desk.opened?.ability.move === ability.move && desk.opened.ability.strand === ability.strand
}

/** Keeps at most one form open, wherever in the panel its button stands. */
export function useMoveDesk(detail: CaseDetail, onMoved: () => void): MoveDesk {
  const { t, word } = useI18n()
  const [opened, setOpened] = useState<MoveDesk['opened']>()
  const [said, setSaid] = useState<string>()
  const desk: MoveDesk = {
    opened,
    said,
    toggle: (ability, start) => {
      setSaid(undefined)
      setOpened(isOpen(desk, ability) && start === undefined ? undefined : { ability, seq: detail.case.seq, start })
    },
    close: () => setOpened(undefined),
    done: () => {
      if (opened) setSaid(t('form.done', { move: word('move', opened.ability.move) }))
      setOpened(undefined)
      onMoved()
    },
  }
  return desk
}
