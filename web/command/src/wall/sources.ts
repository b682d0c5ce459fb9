/** One source of what the wall shows (数据来源): when it last spoke, and how long it may be silent. */
export interface Source {
  readonly name: 'stream' | 'figures' | 'trend' | 'roster'
  /** Milliseconds since 1970; 0 before the first word. */
  readonly heardAt: number
  readonly silentMs: number
  /** Known to be cut, whatever the time. */
  readonly cut: boolean
}
export type Freshness = 'fresh' | 'stale' | 'never'

/** Whether a source is to be trusted as of now (milliseconds since 1970). */
export function freshnessOf({ heardAt, silentMs, cut }: Source, now: number): Freshness {
  if (heardAt === 0) return 'never'
  return cut || now - heardAt > silentMs ? 'stale' : 'fresh'
}
