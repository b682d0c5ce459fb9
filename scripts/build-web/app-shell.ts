import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORKER = 'sw.js'
/** What a telephone asks for often and what is larger compressed than not. */
const COMPRESSIBLE = /\.(js|css|html|svg|webmanifest)$/

/** Tells the service worker which files the application needs to open without a network, and which it may fetch later; a build is a version. */
export function appShell(): Plugin {
  return {
    name: 'linli-app-shell',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const worker = chunks.find((chunk) => chunk.fileName === WORKER)
      const entry = chunks.find((chunk) => chunk.isEntry && chunk !== worker)
      if (!worker || !entry) this.error('the service worker or the entry is missing')
      const needed = new Set<string>()
      const add = (name: string) => {
        const chunk = chunks.find((each) => each.fileName === name)
        if (!chunk || needed.has(name)) return
        needed.add(name)
        for (const css of chunk.viteMetadata?.importedCss ?? []) needed.add(css)
        for (const next of chunk.imports) add(next)
      }
      add(entry.fileName)
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
      const shell = ['./', 'icon.svg', 'manifest.webmanifest', ...needed]
      const rest = assets.filter((name) => !needed.has(name))
      const version = createHash('sha256')
        .update(JSON.stringify([shell, rest, worker.code]))
        .digest('hex')
        .slice(0, 12)
      worker.code = worker.code
        .replace(/(["'`])__SHELL__\1/, JSON.stringify(shell))
        .replace(/(["'`])__REST__\1/, JSON.stringify(rest))
        .replace('__VERSION__', version)
    },
  }
}

/** Writes each text file of a build compressed beside it, so that a telephone far out loads less and the server compresses nothing while it runs. */
export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'linli-compressed',
    configResolved(config) {
      folder = config.build.outDir
    },
    closeBundle() {
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      for (const name of names.filter((each) => COMPRESSIBLE.test(each))) {
        const bytes = readFileSync(join(folder, name))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } }))
      }
    },
  }
}
