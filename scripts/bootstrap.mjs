// What `npm start`, `npm test` and `npm run linli` run. It uses nothing outside Node itself and works on Node 20, because it is there
// before anything is installed: it installs, then hands over to the Node that this project pins.
import { fileURLToPath } from 'node:url'
import { Refusal, requireBootstrapNode } from './bootstrap/refusal.mjs'
import { ensureInstalled } from './bootstrap/install.mjs'
import { findNode } from './bootstrap/find-node.mjs'
import { runToEnd } from './bootstrap/run-to-end.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const [verb = '', ...args] = process.argv.slice(2)

/** Commands of each verb, run one after the other as arguments of the pinned Node; each must succeed for the next. */
const VERBS = {
  start: [['scripts/build-web.mjs'], ['server/src/cli/linli.mjs', 'start', ...args]],
  test: [['node_modules/vitest/vitest.mjs', 'run', ...args]],
  linli: [['server/src/cli/linli.mjs', ...args]],
}

async function main() {
  requireBootstrapNode(process.versions.node)
  const commands = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
  if (commands === undefined) throw new Refusal('VERB_UNKNOWN', `"${verb}" is none of ${Object.keys(VERBS).join(', ')}`)
  if (process.env.LINLI_SKIP_INSTALL !== '1') await ensureInstalled(root)
  const node = findNode(root, process.versions.node)
  // npm runs us in the root; INIT_CWD is where the person stands, for file names that they type.
  const env = { ...process.env, INIT_CWD: process.env.INIT_CWD ?? process.cwd() }
  for (const command of commands) {
    const code = await runToEnd(node, command, { cwd: root, env })
    if (code !== 0) return code
  }
  return 0
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    process.exitCode = 1
    console.error(error instanceof Refusal ? `linli: ${error.code}: ${error.message}` : error)
  },
)
