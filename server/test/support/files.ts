import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Files of some folders of the repository whose names fit, as paths from the root; nothing that is installed or built. */
export function filesBelow(root: string, folders: readonly string[], name: RegExp): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = `${folder}/${entry.name}`
        if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : filesBelow(root, [path], name)
        return name.test(entry.name) ? [path] : []
      }),
    )
}
