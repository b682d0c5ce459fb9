import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { anchorFileOf } from '../audit/anchor.ts'
import { one, sql } from '../db/database.ts'
import type { Platform, Registration } from '../platform.ts'
import { hostOf, type Look, type System } from './systems.ts'

const PROXY_SEEN_S = 300
const UP: Look = { state: 'up' }

/** The register of systems (系统登记): the program's own parts, what it stands on, and what its modules talk to. */
export function systemsOf(platform: Platform, registrations: readonly Registration[]): System[] {
  const { config, db, dataFolder, activity, metrics } = platform
  const anchorFile = anchorFileOf(config, dataFolder)
  const outside = config.DATABASE_URL !== undefined
  const part = (key: string, zh: string, en: string, address: string | null, dependsOn: readonly string[], check: () => Promise<Look>): System => {
    return { key, kind: 'part', zh, en, address, dependsOn, check }
  }
  const pumpLook = (name: string) => async (): Promise<Look> => {
    const pump = activity.pumps.find((record) => record.name === name)?.show()
    if (!pump) return { state: 'unknown' }
    if (pump.state === 'stopped') return { state: 'down', detail: 'stopped' }
    return pump.failuresInARow === 0 ? UP : { state: 'degraded', detail: pump.lastError ?? '' }
  }
  return [
    {
      key: 'database',
      kind: outside ? 'outside' : 'part',
      zh: '数据库',
      en: 'Database',
      address: outside ? hostOf(config.DATABASE_URL) : 'unix socket',
      dependsOn: outside ? [] : ['data-folder'],
      check: async () => ((await one(db, sql`select 1 as ok`)) ? UP : { state: 'down' }),
    },
    part('data-folder', '数据目录', 'Data folder', dataFolder, [], async () => writable(dataFolder)),
    part('anchor-file', '锚定文件', 'Anchor file', anchorFile, ['database', 'sealer'], async () => writable(anchorFile)),
    part('http', '接口服务', 'HTTP', `${config.HOST}:${config.PORT}`, ['database', 'data-folder'], async () => UP),
    part('relay', '事件投递', 'Event relay', null, ['database'], pumpLook('platform.relay')),
    part('sealer', '审计封存', 'Sealer', null, ['database'], pumpLook('platform.sealer')),
    part('deadlines', '时限监测', 'Deadlines', null, ['database'], pumpLook('cases.overdue')),
    part('jobs', '定时任务', 'Jobs', null, ['database'], async () => {
      const failed = activity.jobs.filter((job) => job.view().failuresInARow > 0).map((job) => job.name)
      return failed.length === 0 ? UP : { state: 'degraded', detail: failed.join(', ') }
    }),
    {
      key: 'proxy',
      kind: 'outside',
      zh: '前置代理',
      en: 'TLS proxy',
      address: config.LINLI_TRUSTED_PROXY ?? null,
      dependsOn: ['http'],
      check: async () => {
        if (config.LINLI_TRUSTED_PROXY === undefined) return { state: 'off' }
        const seen = metrics.requests.forwardedAgoS
        return seen !== undefined && seen <= PROXY_SEEN_S ? UP : { state: 'unknown', detail: `no request came through it in the last ${PROXY_SEEN_S} s` }
      },
    },
    {
      key: 'oidc',
      kind: 'outside',
      zh: '统一身份认证',
      en: 'Identity provider (OpenID Connect)',
      address: hostOf(config.LINLI_OIDC_ISSUER),
      dependsOn: [],
      check: () => lookAtProvider(config.LINLI_OIDC_ISSUER),
    },
    ...registrations.flatMap((registration) => registration.systems ?? []).map((system): System => ({ ...system, kind: 'outside', dependsOn: [] })),
  ]
}

/** The provider is there when it serves its discovery document (OpenID Connect Discovery 1.0, 4). */
async function lookAtProvider(issuer: string | undefined): Promise<Look> {
  if (issuer === undefined) return { state: 'off' }
  const { ok, status } = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(2_500) })
  return ok ? UP : { state: 'down', detail: `its discovery document answers ${status}` }
}

/** A file that is there or can be made, or a folder that can be written to; throws with the reason where not. */
function writable(path: string): Look {
  accessSync(existsSync(path) ? path : dirname(path), constants.W_OK)
  return UP
}
