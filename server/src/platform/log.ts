import { pino, type Logger } from 'pino'

export type Log = Logger

/** Structured log lines (JSON) on standard error; standard output stays free for results. */
export function createLog(level: string): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: false }))
}
