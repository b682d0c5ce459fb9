const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i

/** The id of a case in what somebody pasted: the id itself, or a link to the case. */
export function caseIdIn(text: string): string | undefined {
  return ID.exec(text)?.[0].toLowerCase()
}
