/** A value as a difference shows it; empty where there is none. */
export const words = (value: unknown): string => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))
