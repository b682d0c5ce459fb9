import { pino } from 'pino'
import type { Log } from '../log.ts'

/** A log that keeps its lines, so that a test can say what was and what was never written. */
export function keptLog(): { readonly log: Log; readonly lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'debug', base: null }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) })
  return { log, lines }
}
