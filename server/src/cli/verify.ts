import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { verifyLedger, type Finding } from '../modules/cases/index.ts'
import { missingAnchors, readAnchors, type AnchorFile } from '../platform/audit/anchor.ts'
import { verifyStreams } from '../platform/audit/verify-streams.ts'
import { readConfig } from '../platform/config.ts'
import { openDataFolder } from '../platform/data-folder.ts'
import { openDatabase } from '../platform/db/database.ts'
import { startEmbedded } from '../platform/db/embedded.ts'
import { createLog } from '../platform/log.ts'
import { CommandError, result } from './output.ts'

interface VerifyOptions {
  readonly anchor?: string
  readonly json?: boolean
}

/** `linli verify`: proves the ledger and the audit offline, without starting the program. */
export function addVerify(program: Command): void {
  program
    .command('verify')
    .description('Check every line of the ledger, the audit and the read log; with an anchor file also that none was taken away')
    .option('--anchor <file>', 'the anchor file kept outside the database')
    .option('--json', 'print one JSON object as the result')
    .action(async (options: VerifyOptions) => {
      if (options.anchor !== undefined && !existsSync(options.anchor)) throw new CommandError('FILE_MISSING', `There is no anchor file ${options.anchor}`)
      const anchors = options.anchor === undefined ? undefined : readAnchors(options.anchor)
      const report = await withDatabase((db) => verifyAll(db, anchors))
      const cannotExclude = anchors
        ? []
        : ['Without --anchor FILE it cannot be excluded that the newest lines of a case, whole cases or the newest audit lines were taken away']
      result(options.json, { ...report, cannotExclude, intact: report.findings.length === 0 }, [
        `${report.cases} cases, ${report.lines} ledger lines, ${report.audit} audit lines, ${report.reads} read-log lines${anchors ? `, ${anchors.anchors.length} anchors` : ''}`,
        ...report.findings
          .slice(0, 50)
          .map(
            (finding) =>
              `  ${finding.code} ${finding.where}${finding.seq === null ? '' : ` line ${finding.seq}`}${finding.detail === undefined ? '' : `: ${finding.detail}`}`,
          ),
        ...cannotExclude,
        report.findings.length === 0 ? 'Intact' : `${report.findings.length} findings`,
      ])
      if (report.findings.length > 0) throw new CommandError('LEDGER_NOT_INTACT', `${report.findings.length} findings`)
    })
}

interface Report {
  readonly cases: number
  readonly lines: number
  readonly audit: number
  readonly reads: number
  readonly findings: readonly Finding[]
}

/** Verifies ledger and streams against the anchors, where there are any. */
export async function verifyAll(db: Parameters<typeof verifyLedger>[0], anchors: AnchorFile | undefined): Promise<Report> {
  const ledger = await verifyLedger(db, anchors?.anchors ?? [])
  const streams = await verifyStreams(db, anchors?.anchors ?? [])
  const broken = (anchors?.problems ?? []).map((problem): Finding => ({ code: problem.code, where: 'anchor file', seq: problem.n }))
  const missing = anchors ? await missingAnchors(db, anchors) : 0
  if (missing > 0)
    broken.push({
      code: 'ANCHOR_TAIL_MISSING',
      where: 'anchor file',
      seq: (anchors?.anchors.at(-1)?.n ?? 0) + 1,
      detail: `${missing} anchors were cut from its end`,
    })
  return {
    cases: ledger.cases,
    lines: ledger.lines,
    audit: streams.counts.audit,
    reads: streams.counts.read_log,
    findings: [...broken, ...ledger.findings, ...streams.findings],
  }
}

async function withDatabase<T>(work: (db: Parameters<typeof verifyLedger>[0]) => Promise<T>): Promise<T> {
  const config = readConfig()
  if (config.DATABASE_URL !== undefined) {
    const { db } = openDatabase({ connectionString: config.DATABASE_URL }, 2)
    return work(db).finally(() => db.destroy())
  }
  const data = await openDataFolder(config.LINLI_DATA)
  try {
    if (!existsSync(join(data.path, 'postgres'))) throw new CommandError('DATABASE_MISSING', `There is no database in ${data.path}`)
    const embedded = await startEmbedded({ dataFolder: data, log: createLog('error') })
    const { db } = openDatabase(embedded.connection, 2)
    return await work(db).finally(async () => {
      await db.destroy()
      await embedded.stop()
    })
  } finally {
    data.release()
  }
}
