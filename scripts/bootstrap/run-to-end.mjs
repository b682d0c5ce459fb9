import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const PARENT_MS = 500

/**
 * Runs a program with our terminal and hands signals on; resolves to its exit code, 128 + the number of the signal that ended it.
 * @param {string} program @param {string[]} args @param {import('node:child_process').SpawnOptions} options @returns {Promise<number>}
 */
export function runToEnd(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: 'inherit' })
    const handOn = new Map(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [signal, () => sendOnce(child, signal)]))
    for (const [signal, handler] of handOn) process.on(signal, handler)
    const watch = watchNpm(() => child.kill('SIGTERM'))
    const settle = (finish) => {
      clearInterval(watch)
      for (const [signal, handler] of handOn) process.off(signal, handler)
      finish()
    }
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code, signal) => settle(() => resolve(code ?? 128 + constants.signals[signal])))
  })
}

/** A terminal sends Ctrl-C to every process of the group, so the child has had that one already. */
function sendOnce(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return
  child.kill(signal)
}

/** npm hands a signal to its shell, which dies of it without telling us: losing that parent is then the signal. */
function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    onGone()
  }, PARENT_MS)
  return watch
}
