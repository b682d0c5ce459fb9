import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Refusal } from './refusal.mjs'

/**
 * Runs npm and keeps what it says; ends it after the limit (code 124 then).
 * @param {string} cwd @param {string[]} args @param {number} [limitMs] @returns {Promise<{code: number, output: string}>}
 */
export function npm(cwd, args, limitMs) {
  const [program, ...before] = findNpm(process.env)
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let isLate = false
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    const timer = limitMs === undefined ? undefined : setTimeout(() => ((isLate = true), child.kill('SIGKILL')), limitMs)
    const stopWithUs = () => child.kill('SIGTERM')
    process.once('exit', stopWithUs)
    child.once('error', (error) =>
      reject(new Refusal('NPM_MISSING', `npm cannot be run (${error.message}); install it with Node, from nodejs.org or your system's packages`)),
    )
    child.once('close', (code) => {
      clearTimeout(timer)
      process.off('exit', stopWithUs)
      resolve({ code: isLate ? 124 : (code ?? 1), output: isLate ? `${output}\nno answer after ${limitMs} ms` : output })
    })
  })
}

/** npm's script when npm started us or lies beside Node, else the command: PATH need not have it. */
function findNpm(env) {
  const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js')
  const script = [env.npm_execpath, beside].find((file) => file !== undefined && basename(file) === 'npm-cli.js' && existsSync(file))
  if (script === undefined) return ['npm']
  // The Node that runs npm already, rather than one in the node_modules that npm is about to replace.
  const node = env.npm_node_execpath !== undefined && existsSync(env.npm_node_execpath) ? env.npm_node_execpath : process.execPath
  return [node, script]
}
