import type { Db } from '../../platform/db/database.ts'
import type { Condition, Matter } from './import/matter.ts'
import { listEditions, readMatters } from './store.ts'

interface Edition {
  readonly number: number
  readonly matters: ReadonlyMap<string, Matter>
}

/** Editions in memory: the one in force, and older ones as cases ask for them. An edition never changes, so what is read once stays true. */
export class Editions {
  readonly #db: Db
  readonly #read = new Map<number, Edition>()
  #current = 0

  constructor(db: Db) {
    this.#db = db
  }

  get current(): number {
    return this.#current
  }

  /** Reads every edition that is not in memory yet. */
  async refresh(): Promise<void> {
    for (const { edition } of await listEditions(this.#db)) {
      if (!this.#read.has(edition))
        this.#read.set(edition, { number: edition, matters: new Map((await readMatters(this.#db, edition)).map((matter) => [matter.key, matter])) })
      this.#current = Math.max(this.#current, edition)
    }
  }

  has(edition: number): boolean {
    return this.#read.has(edition)
  }

  matters(edition = this.#current): readonly Matter[] {
    return [...(this.#read.get(edition)?.matters.values() ?? [])]
  }

  find(key: string, edition = this.#current): Matter | undefined {
    return this.#read.get(edition)?.matters.get(key)
  }

  findCondition(key: string, rowNo: number, edition = this.#current): { matter: Matter; condition: Condition; edition: number } | undefined {
    const matter = this.find(key, edition)
    const condition = matter?.conditions.find((row) => row.rowNo === rowNo)
    return matter && condition ? { matter, condition, edition } : undefined
  }
}
