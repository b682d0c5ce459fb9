import type { AnswerOf } from '@linli/contract/endpoint'
import type { platform } from '@linli/contract/endpoints/reach'
import type { SessionView } from '@linli/web-shared/api'
import { createContext, use } from 'react'
import type { Filters } from './filters.ts'
import type { ReportStore } from './report-store.ts'
import type { Live } from './use-live.ts'

export type City = AnswerOf<typeof platform.city>
export type Tab = 'cases' | 'indicators' | 'me'

/** What every part of the screen shares. */
export interface RoomView {
  readonly city: City
  readonly session: SessionView
  readonly live: Live
  readonly filters: Filters
  /** What is being reported from the map. */
  readonly report: ReportStore
  /** True on a narrow screen: one column, a sheet with tabs. */
  readonly compact: boolean
  /** True where everybody in the room reads along: no words of a report, no reporter. */
  readonly wall: boolean
  filter(part: Partial<Filters>): void
  openCase(id: string): void
  closeCase(): void
  /** Shows an area on the map and narrows the list to it. */
  showArea(code: string): void
  /** Opens the sign-in panel while somebody is signed in. */
  changePerson(): void
}

export const RoomContext = createContext<RoomView | undefined>(undefined)

export function useRoom(): RoomView {
  const room = use(RoomContext)
  if (!room) throw new Error('ROOM_MISSING')
  return room
}
