import type { platform } from '@linli/contract/endpoints/reach'
import type { AnswerOf } from '@linli/contract/endpoint'
import type { Session, SessionView } from '@linli/web-shared/api'
import { createContext, use } from 'react'

export type City = AnswerOf<typeof platform.city>

/** What every screen behind the sign-in may count on. */
export interface Desk {
  readonly city: City
  readonly session: SessionView
  readonly me: Session
}

export const DeskContext = createContext<Desk | undefined>(undefined)

/** The desk (工作台) that a screen stands on. */
export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (!desk) throw new Error('DESK_MISSING')
  return desk
}
