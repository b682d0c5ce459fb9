import type { Language } from '@linli/web-shared/i18n'

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A size in bytes in the unit that keeps the figure short. */
export function sizeOf(language: Language, bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1024 ** step
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1 }).format(value)} ${UNITS[step]}`
}
