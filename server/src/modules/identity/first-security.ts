import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeAudit } from '../../platform/audit/audit.ts'
import { StartError } from '../../platform/config.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { Platform } from '../../platform/platform.ts'
import { SYSTEM } from '../../platform/rights/actor.ts'
import { newId } from '../../platform/runtime.ts'
import { dataPath, newToken, tokenHash } from './key.ts'
import { findPostWithRole, insertHolding, insertPerson, isHeldBySomebody, listDuties, listHoldingsOfPerson } from './people/store.ts'
import { conflictsBeside } from './rules.ts'
import { insertInvitation, revokeInvitations } from './sign-in/store.ts'
import { findPersonByLogin } from './store.ts'

const FILE = 'first-invitation'
const HOURS = 72

/**
 * Makes the first security administrator (安全管理员) that LINLI_SECURITY_LOGIN names, as long as nobody can sign in as one: without, nobody could
 * make accounts, since the system administrator may not. Their invitation lies in the data folder (mode 0600) until the start after it was taken
 * up; each start until then makes a new one. It is the way back too where the only security administrator is lost.
 */
export async function ensureSecurityAdministrator(platform: Platform, tx: Tx): Promise<void> {
  const { config, runtime, log } = platform
  const file = join(dataPath(config), FILE)
  const login = config.LINLI_SECURITY_LOGIN?.toLowerCase()
  const now = new Date(runtime.now())
  if (login === undefined || (await isHeldBySomebody(tx, 'people.edit', now))) return rmSync(file, { force: true })
  const personId = await seated(platform, tx, login, now)
  const invitation = newToken(runtime)
  const endsAt = new Date(now.getTime() + HOURS * 3_600_000)
  await revokeInvitations(tx, personId, now)
  await insertInvitation(tx, { codeHash: tokenHash(invitation), personId, at: now, by: null, endsAt })
  writeFileSync(file, `${login}\n${invitation}\n${endsAt.toISOString()}\n`, { mode: 0o600 })
  await writeAudit(tx, runtime, {
    districtId: 0,
    requestId: 'start',
    actor: SYSTEM,
    action: 'identity.inviteFirstSecurityAdministrator',
    outcome: 'done',
    objectKind: 'person',
    objectId: personId,
  })
  log.warn({ file, login, endsAt }, 'nobody can sign in as security administrator: an invitation lies in this file')
}

/** The person with a login, made where there is none, on the first post of the role. */
async function seated(platform: Platform, tx: Tx, login: string, now: Date): Promise<string> {
  const post = await findPostWithRole(tx, 'security-administrator')
  if (!post) throw new StartError('CITY_INVALID', 'The organisation has no post with the role security-administrator')
  const there = await findPersonByLogin(tx, login)
  const id = there?.id ?? newId(platform.runtime, 0)
  if (there?.ended_at) throw new StartError('CONFIG_INVALID', `LINLI_SECURITY_LOGIN names ${login}, whose account has ended`)
  if (!there) await insertPerson(tx, { id, login, name: login, unitCode: post.unit_code, at: now })
  if ((await listHoldingsOfPerson(tx, id, now)).some((holding) => holding.post_id === post.id)) return id
  if (conflictsBeside({ permissions: ['people.edit'], from: now, to: null }, await listDuties(tx, id, now)).length > 0)
    throw new StartError('CONFIG_INVALID', `LINLI_SECURITY_LOGIN names ${login}, who holds a post that may not go together with it; name another person`)
  const holding = { id: newId(platform.runtime, 0), person_id: id, post_id: post.id, from_at: now, to_at: null, deputy: false }
  await insertHolding(tx, { ...holding, reason: 'LINLI_SECURITY_LOGIN', by: null })
  return id
}
