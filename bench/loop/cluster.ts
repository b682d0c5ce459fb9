import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { makePrivateFolder, serverUser } from '../../server/src/platform/db/embedded/server-user.ts'

/** A PostgreSQL of the machine's own packages on a cluster that is thrown away; durable as it comes. */
export interface Cluster {
  readonly version: string
  readonly bin: string
  readonly port: number
  url(database: string): string
  stop(): void
}

/** Sizes for a machine with a few cores, the same that our embedded PostgreSQL takes; nothing here touches durability. */
const SIZES = {
  shared_buffers: '512MB',
  effective_cache_size: '2GB',
  maintenance_work_mem: '256MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  wal_compression: 'on',
}

/** The folder of initdb, pg_ctl and pgbench: LINLI_BENCH_PG, or where Debian's packages put them; undefined where there is none. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : []
  const places = [process.env['LINLI_BENCH_PG'], ...versions.map((version) => join(debian, version, 'bin'))]
  return places.find((place) => place !== undefined && place !== '' && existsSync(join(place, 'initdb')) && existsSync(join(place, 'pgbench')))
}

/** Makes or opens the cluster in a folder and starts it on a free port of the loopback. */
export async function startCluster(bin: string, folder: string): Promise<Cluster> {
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o711)
  const data = join(folder, 'cluster')
  const user = serverUser(folder, data)
  const run = (name: string, args: readonly string[]) =>
    execFileSync(join(bin, name), args, { ...user, cwd: '/', stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
  if (!existsSync(join(data, 'PG_VERSION'))) {
    makePrivateFolder(data, user)
    run('initdb', ['-D', data, '--locale=C.UTF-8', '--encoding=UTF8', '--username=linli', '--auth=trust', '--no-instructions'])
  }
  const port = await freePort()
  const options = { ...SIZES, port, listen_addresses: '127.0.0.1', unix_socket_directories: data }
  const flags = Object.entries(options).map(([name, value]) => `-c ${name}=${value}`)
  execFileSync(join(bin, 'pg_ctl'), ['-D', data, '-w', '-t', '120', '-l', join(data, 'server.log'), '-o', flags.join(' '), 'start'], {
    ...user,
    cwd: '/',
    stdio: 'ignore',
  })
  return {
    version: run('postgres', ['--version']).trim(),
    bin,
    port,
    url: (database) => `postgresql://linli@127.0.0.1:${port}/${database}`,
    stop: () => void run('pg_ctl', ['-D', data, '-w', '-m', 'fast', 'stop']),
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
