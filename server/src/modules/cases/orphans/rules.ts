/** A post that somebody may act at: its unit, the area it sees, and what it may do. */
export interface ActingPost {
  readonly unitCode: string
  readonly areaPath: string
  readonly permissions: readonly string[]
}

/** Whether some post could do what a case waits for (tokens of `waitingOf`), in scope by its area or by its unit's part in the case. A linked case waits for its main one, which is looked at by itself. */
export function isAnswered(waiting: readonly string[], areaPath: string, posts: readonly ActingPost[]): boolean {
  return waiting.some((token) => token.startsWith('case:') || posts.some((post) => answers(post, token, areaPath)))
}

function answers({ unitCode, areaPath: own, permissions }: ActingPost, token: string, areaPath: string): boolean {
  const [, unit, permission] = /^unit:([^/]+)\/(.+)$/.exec(token) ?? []
  // A unit that is waited for has a part in the case and sees it wherever it lies.
  if (unit !== undefined) return unitCode === unit && permissions.includes(permission ?? '')
  return permissions.includes(token) && (own === areaPath || areaPath.startsWith(`${own}.`))
}
