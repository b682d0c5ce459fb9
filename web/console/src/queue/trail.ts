/** The cases as the queue showed them last (队列次序): a case's page leads on to the one before and the next. In memory, so a reload begins without. */
interface Trail {
  readonly numbers: readonly string[]
  readonly address: string
}

let trail: Trail = { numbers: [], address: '' }

export function leaveTrail(numbers: readonly string[], address: string): void {
  trail = { numbers, address }
}

/** What stands before and behind a case in the list from which somebody came, and the list's address. */
export function beside(number: string): { readonly before: string | undefined; readonly next: string | undefined; readonly address: string | undefined } {
  const at = trail.numbers.indexOf(number)
  if (at < 0) return { before: undefined, next: undefined, address: undefined }
  return { before: trail.numbers[at - 1], next: trail.numbers[at + 1], address: trail.address }
}
