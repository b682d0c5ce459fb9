import type { Random } from '@linli/lib/random'

/** One of the list; undefined where it is empty. */
export function pick<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)]
}

/** The list in another order. */
export function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item)
}

/** One of the list, each as likely as its weight says; undefined where no weight is above zero. */
export function weighted<T>(list: readonly T[], weight: (item: T) => number, random: Random): T | undefined {
  const total = list.reduce((sum, item) => sum + weight(item), 0)
  let left = random() * total
  for (const item of list) {
    left -= weight(item)
    if (left < 0) return item
  }
  return undefined
}
