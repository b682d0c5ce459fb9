import { createContext, use } from 'react'
import type { SessionView } from '../../api/index.ts'

/** What the parts of a case need of the app around them. */
export interface CaseRoom {
  readonly session: SessionView
  readonly city: { readonly name: string; readonly demo: boolean }
  openCase(id: string): void
}

export const CaseRoomContext = createContext<CaseRoom | undefined>(undefined)

/** The app around a case. */
export function useCaseRoom(): CaseRoom {
  const room = use(CaseRoomContext)
  if (!room) throw new Error('CASE_ROOM_MISSING')
  return room
}
