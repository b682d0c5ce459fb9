import { FORGET_MS } from './rules.ts'

/** Somebody at a post who has a case open, on one screen of perhaps several. */
interface Here {
  readonly personId: string
  readonly postTitle: string
  readonly unitName: string
  readonly since: number
  heard: number
}
export type Attending = Pick<Here, 'personId' | 'postTitle' | 'unitName' | 'since'>

/** Who has which case open (同屏): in memory of this process alone, forgotten 30 seconds after the last sign. */
export class Attendance {
  readonly #cases = new Map<string, Map<string, Here>>()

  /** A sign of life, or a farewell; true where somebody came or went by it. */
  sign(caseId: string, screen: string, who: Omit<Attending, 'since'>, here: boolean, now: number): boolean {
    const screens = this.#cases.get(caseId) ?? new Map<string, Here>()
    const known = screens.get(screen)
    // A screen is one person's: nobody else's sign renews or ends it.
    if (known && known.personId !== who.personId) return false
    if (!here) {
      screens.delete(screen)
      if (screens.size === 0) this.#cases.delete(caseId)
      return known !== undefined
    }
    if (known && known.heard > now - FORGET_MS) {
      known.heard = now
      return false
    }
    screens.set(screen, { ...who, since: now, heard: now })
    this.#cases.set(caseId, screens)
    return true
  }

  /** Everybody who has a case open, each person once, the first to come first. */
  list(caseId: string, now: number): readonly Attending[] {
    const people = new Map<string, Here>()
    for (const here of this.#cases.get(caseId)?.values() ?? []) {
      const before = people.get(here.personId)
      if (here.heard > now - FORGET_MS && (!before || here.since < before.since)) people.set(here.personId, here)
    }
    return [...people.values()].toSorted((one, other) => one.since - other.since)
  }

  /** Forgets who was not heard of; how many screens. */
  forget(now: number): number {
    let forgotten = 0
    for (const [caseId, screens] of this.#cases) {
      for (const [screen, { heard }] of screens) if (heard <= now - FORGET_MS && screens.delete(screen)) forgotten += 1
      if (screens.size === 0) this.#cases.delete(caseId)
    }
    return forgotten
  }
}
