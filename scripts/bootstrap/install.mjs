import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withInstallLock } from './install-lock.mjs'
import { npm } from './npm.mjs'
import { Refusal } from './refusal.mjs'

const STAMP = join('node_modules', '.linli-install.json')
/** A small package that every registry has. */
const PROBE = 'split2'
const PROBE_MS = 9000
const TELL_EVERY_MS = 10_000

/**
 * Runs `npm ci` when node_modules is missing or was made from another package-lock.json; once, however many starts there are.
 * Throws Refusal REGISTRY_UNREACHABLE within 20 s, NPM_MISSING, LOCK_MISSING or INSTALL_FAILED.
 * @param {string} root
 */
export async function ensureInstalled(root) {
  const wanted = describeInstall(root)
  if (isInstalled(root, wanted)) return
  await withInstallLock(root, async () => {
    if (isInstalled(root, wanted)) return
    await install(root)
    stamp(root, wanted)
  })
}

/** Lock file, system and processor: node_modules copied from another kind of machine does not fit. */
function describeInstall(root) {
  const file = join(root, 'package-lock.json')
  if (!existsSync(file)) throw new Refusal('LOCK_MISSING', `${file} is missing; take it from the repository`)
  const lock = createHash('sha256').update(readFileSync(file)).digest('hex')
  return JSON.stringify({ lock, platform: process.platform, arch: process.arch })
}

function isInstalled(root, wanted) {
  const file = join(root, STAMP)
  if (existsSync(file)) return readFileSync(file, 'utf8') === wanted
  if (!isInstalledByHand(root)) return false
  stamp(root, wanted)
  return true
}

/** True when somebody ran npm themselves: npm's own record in node_modules has every package of the lock that is not optional. */
function isInstalledByHand(root) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const there = JSON.parse(readFileSync(record, 'utf8')).packages ?? {}
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages ?? {})
  return wanted.every(([path, { version, optional, devOptional, peer, link }]) => {
    if (!path.includes('node_modules/')) return true
    const found = there[path]
    return found === undefined ? Boolean(optional ?? devOptional ?? peer) : Boolean(link) || found.version === version
  })
}

/** Without a stamp the next start finds out by itself: a read-only node_modules is no reason to stop. */
function stamp(root, text) {
  try {
    mkdirSync(join(root, 'node_modules'), { recursive: true })
    writeFileSync(join(root, STAMP), text)
  } catch (error) {
    console.error(`linli: node_modules cannot be marked as complete (${error.message})`)
  }
}

async function install(root) {
  const isFirst = !existsSync(join(root, 'node_modules'))
  console.error(isFirst ? 'linli: first start: installing packages (about half a minute) …' : 'linli: package-lock.json has changed: installing packages …')
  const probe = await npm(root, ['view', PROBE, 'version', '--fetch-retries=0', `--fetch-timeout=${PROBE_MS - 1000}`], PROBE_MS)
  const told = tellNowAndThen()
  try {
    if (probe.code === 0) await installFromRegistry(root)
    else await installFromCache(root, isFirst, probe.output)
  } finally {
    clearInterval(told)
  }
  console.error('linli: packages are installed')
}

async function installFromRegistry(root) {
  const { code, output } = await ci(root, ['--fetch-timeout=30000', '--fetch-retries=2'])
  if (code !== 0) throw new Refusal('INSTALL_FAILED', `npm ci failed: ${firstLines(output, 15)}`)
}

/** What npm has in its cache may do; npm ci begins by removing node_modules, so this is tried only where there is nothing to lose. */
async function installFromCache(root, isFirst, answer) {
  if (isFirst && (await ci(root, ['--offline'])).code === 0) return
  if (isFirst) rmSync(join(root, 'node_modules'), { recursive: true, force: true })
  throw new Refusal(
    'REGISTRY_UNREACHABLE',
    `the npm registry does not answer: ${firstLines(answer, 4)}\nCheck the network, or name a mirror: npm config set registry <url>. With node_modules already in place, LINLI_SKIP_INSTALL=1 starts without this step.`,
  )
}

function tellNowAndThen() {
  const since = Date.now()
  return setInterval(() => console.error(`linli: still installing (${Math.round((Date.now() - since) / 1000)} s) …`), TELL_EVERY_MS)
}

/** Development packages too, whatever NODE_ENV says: the web is built here, and the optional ones are Node and PostgreSQL. */
function ci(root, args) {
  return npm(root, ['ci', '--include=dev', '--include=optional', '--loglevel=error', '--no-progress', ...args])
}

/** npm says the cause first and help after it; its warnings about our settings are no cause. */
function firstLines(text, count) {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^npm (warn|notice)/.test(line))
  return lines.slice(0, count).join('\n')
}
