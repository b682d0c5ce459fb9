import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { migrationSources } from '../app.ts'
import { readAnchors } from '../platform/audit/anchor.ts'
import { refuseUnknown } from '../platform/db/migrate.ts'
import { writeLastBackup } from '../platform/operations/last-backup.ts'
import { isEncrypted } from './backup/archive-reader.ts'
import { checkArchive } from './backup/check-archive.ts'
import { passphraseOf } from './backup/passphrase.ts'
import { CommandError, result } from './output.ts'
import { putBack } from './restore/put-back.ts'
import { openTarget } from './restore/target.ts'
import { verifyAll } from './verify.ts'

interface RestoreOptions {
  readonly passphraseFile?: string
  readonly json?: boolean
}

/** `linli restore`: puts a backup into an empty place and proves what it put there. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .argument('<file>', 'a backup of linli backup')
    .description('Put a backup into an empty data folder (and the empty database of DATABASE_URL, where that is set), then verify it')
    .option('--passphrase-file <file>', 'its first line opens an encrypted backup; or set LINLI_BACKUP_PASSPHRASE')
    .option('--json', 'print one JSON object as the result')
    .action(restore)
}

async function restore(file: string, options: RestoreOptions): Promise<void> {
  if (!existsSync(file)) throw new CommandError('FILE_MISSING', `There is no file ${file}`)
  const passphrase = passphraseOf(options.passphraseFile)
  const sources = migrationSources(join(import.meta.dirname, '..'))
  console.error('checking the backup · 校验备份')
  const { manifest, manifestSha256 } = await checkArchive(file, passphrase)
  refuseUnknown(manifest.migrations, sources)
  const target = await openTarget()
  let kept = false
  try {
    console.error('putting it back · 恢复')
    const migrated = await putBack(file, passphrase, manifest, target, sources)
    console.error('verifying the ledger · 验证流转记录')
    const anchors = existsSync(target.anchorFile) ? readAnchors(target.anchorFile) : undefined
    const report = await verifyAll(target.db, anchors)
    const { size: bytes } = statSync(file)
    await writeLastBackup(target.data.path, { at: manifest.at, file: basename(file), bytes, encrypted: await isEncrypted(file), kind: 'restored' })
    target.complete()
    kept = true
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    result(options.json, { dataFolder: target.data.path, manifestSha256, manifest, migrated, ...report, intact: report.findings.length === 0 }, [
      `${manifest.tables.length} tables, ${rows} rows, ${manifest.blobs.files} photos; state of ${manifest.at}; manifest ${manifestSha256}`,
      ...(migrated.length > 0 ? [`brought up to date by ${migrated.join(', ')}`] : []),
      ...manifest.blobs.missing.map((name) => `the backup lacks photo ${name}`),
      `${report.cases} cases, ${report.lines} ledger lines, ${report.audit} audit lines, ${report.reads} read-log lines, ${anchors?.anchors.length ?? 0} anchors`,
      ...report.findings.slice(0, 50).map((finding) => `  ${finding.code} ${finding.where}${finding.seq === null ? '' : ` line ${finding.seq}`}`),
      report.findings.length === 0 ? 'Intact' : `${report.findings.length} findings`,
    ])
    if (report.findings.length > 0)
      throw new CommandError('LEDGER_NOT_INTACT', `Everything was put back, and the ledger has ${report.findings.length} findings`)
  } finally {
    await (kept ? target.close() : target.abandon())
  }
}
