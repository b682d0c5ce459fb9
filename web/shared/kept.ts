/** What a device remembers of a screen (本机偏好): never anything of a person or a case. */
const KEY = (name: string) => `linli.${name}`

/** The remembered choice if it is still one of those on offer; private windows and full disks remember nothing. */
export function recall<T extends string>(name: string, offered: readonly T[]): T | undefined {
  try {
    const kept = globalThis.localStorage.getItem(KEY(name))
    return offered.find((choice) => choice === kept)
  } catch {
    return undefined
  }
}

export function remember(name: string, value: string): void {
  try {
    globalThis.localStorage.setItem(KEY(name), value)
  } catch {
    // A choice that cannot be kept still holds until the page is closed.
  }
}
