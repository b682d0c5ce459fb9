import { Refusal } from '@linli/contract/errors'
import { personalColumns, type Declaration } from '@linli/contract/personal'
import { isMasked, maskValue } from '@linli/lib/text/masks'

/** What is declared of a column: a kind of personal data, or undefined where it holds none. Throws for a column that nobody declared. */
export function declarationOf(column: string): Declaration | undefined {
  const declared = personalColumns.get(column)
  if (!declared) throw new Error(`COLUMN_NOT_DECLARED ${column}`)
  return 'notPersonal' in declared ? undefined : declared
}

/** Masks (脱敏) a value as its column is declared in contract/personal.ts: the one way in which a masked value leaves the server (R10). */
export function maskColumn<Value extends string | null>(column: string, value: Value): Value {
  const declared = declarationOf(column)
  return value === null || !declared ? value : (maskValue(declared.mask, value) as Value)
}

/** Throws MASK_NOT_ALLOWED where somebody hands in, as a real value, what only a mask can be. `pointer` names the field. */
export function refuseMask(column: string, value: string | undefined, pointer: string): void {
  const declared = declarationOf(column)
  if (value !== undefined && declared && isMasked(declared.mask, value)) throw new Refusal('MASK_NOT_ALLOWED', [{ pointer, code: 'MASK_NOT_ALLOWED' }])
}

/**
 * The value that an edit leaves behind: the stored one where nothing was said or its own mask came back, else the new one.
 * Throws MASK_NOT_ALLOWED for any other mask, so that no mask is ever written over a real value (the failure CCRS #1092).
 */
export function editedValue(column: string, stored: string | null, said: string | undefined, pointer: string): string | null {
  if (said === undefined || said === maskColumn(column, stored)) return stored
  refuseMask(column, said, pointer)
  return said.trim() === '' ? null : said
}
