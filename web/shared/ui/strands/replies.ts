import type { Entry } from '../case/types.ts'

/** One thing that the reporter was told. */
export interface Told {
  readonly seq: number
  readonly at: string
  readonly unitName: string | null
  readonly text: string
  /** Said on the way (阶段答复); the others end a round. */
  readonly interim: boolean
}

/** What the reporter was told (给上报人的答复), newest first, read from the ledger. */
export function repliesOf(entries: readonly Pick<Entry, 'seq' | 'at' | 'move' | 'unitName' | 'payload'>[]): Told[] {
  return entries
    .flatMap(({ seq, at, move, unitName, payload }) => {
      const text = (payload as Readonly<Record<string, unknown>>)['publicReply']
      return typeof text === 'string' && text.trim() !== '' ? [{ seq, at, unitName, text, interim: move === 'inform' }] : []
    })
    .toReversed()
}
