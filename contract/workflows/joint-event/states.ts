import type { Move } from '../../workflow.ts'

/** Groups of states that many moves leave from. */
const BEFORE_OWNER = ['reported', 'verifying', 'verified', 'filed'] as const
const OWNED = ['dispatched', 'disputed', 'handling', 'paused', 'handled', 'checked'] as const
export const OPEN = [...BEFORE_OWNER, 'linked', ...OWNED] as const
export const ENDED = ['closed', 'evaluated'] as const
export const ALL = [...OPEN, ...ENDED, 'voided'] as const

type Said = Pick<Move, 'id' | 'from' | 'kind' | 'party'> & Partial<Move>

/** A move with what is not said left empty. */
export const move = (said: Said): Move => ({ needs: [], starts: [], stops: [], ...said })
