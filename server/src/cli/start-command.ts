import type { Command } from 'commander'
import { printable, readConfig } from '../platform/config.ts'
import { createLog } from '../platform/log.ts'
import { startServer } from '../start.ts'
import { startDemoDriver } from './demo-driver.ts'
import { result } from './output.ts'

const STEPS: Readonly<Record<string, string>> = {
  'database.stopLeftOver': 'stopping a database that an earlier run left behind · 停止上次遗留的数据库',
  'database.prepare': 'preparing the database · 准备数据库',
  'database.start': 'starting the database · 启动数据库',
  'database.recover': 'the database recovers from a hard stop · 数据库正在恢复',
  migrate: 'bringing the tables up to date · 更新数据表',
  city: 'laying out the city · 布置城市与网格',
  serve: 'opening the doors · 启动服务',
}

/** `linli start`: serves until it is asked to stop. */
export function addStart(program: Command): void {
  program
    .command('start')
    .description('Start Linli: database, city, web. Settings come from the environment and from the JSON file that LINLI_CONFIG names')
    .option('--json', 'print one JSON object when ready')
    .addHelpText(
      'after',
      '\nEnvironment: PORT (8080), HOST (127.0.0.1), LINLI_CITY (demo, zaozhuang or a folder), LINLI_DATA, DATABASE_URL, LINLI_ADMIN_LOGIN and LINLI_ADMIN_PASSWORD (first administrator outside the demo city), LINLI_DEMO_DRIVER=off',
    )
    .action(async (options: { json?: boolean }) => {
      const began = performance.now()
      // Heard from now on: a wish to stop that comes while the program starts is granted once it has.
      const asked = stopAsked()
      const config = readConfig()
      const log = createLog(config.LINLI_LOG_LEVEL)
      log.info({ settings: printable(config) }, 'starting')
      const running = await startServer({ config, log, onProgress: (step) => STEPS[step] && console.error(`  · ${STEPS[step]}`) })
      const stopping = new AbortController()
      const driver =
        running.platform.city.city.demo && config.LINLI_DEMO_DRIVER === 'on'
          ? startDemoDriver({ baseUrl: running.url, signal: stopping.signal, log, seed: running.platform.city.city.seed })
          : undefined
      const seconds = ((performance.now() - began) / 1000).toFixed(1)
      result(options.json, { url: running.url, city: running.platform.city.city.code, seconds: Number(seconds), pid: process.pid }, [
        '',
        `  Linli 邻里 · ${running.platform.city.city.name}`,
        `  ${running.url}   API: ${running.url}/api/docs   (${seconds} s; Ctrl+C stops · 按 Ctrl+C 停止)`,
        '',
      ])
      await asked
      stopping.abort()
      await driver?.finished
      await running.stop()
    })
}

/** Under npm one Ctrl+C may arrive twice within a moment; the echo must not cut the stop short, a second wish may. */
const ECHO_MS = 1_000

/** Resolves at the first SIGINT or SIGTERM; one that comes more than a second later ends the process at once (status 130 or 143). */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let since: number | undefined
    const heard = (status: number) => () => {
      resolve()
      since ??= performance.now()
      if (performance.now() - since < ECHO_MS) return
      console.error('ended at once · 立即结束')
      process.exit(status)
    }
    process.on('SIGINT', heard(130))
    process.on('SIGTERM', heard(143))
  })
}
