import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/support/server.ts'
import { tokenHash } from './key.ts'
import { policyOf } from './rules.ts'
import { Sessions } from './sessions.ts'

const MINUTE = 60_000

describe('a session as requests find it', () => {
  let server: TestServer
  const fresh = () => new Sessions(server.running.platform, policyOf(server.running.platform.city.city))
  const seenAt = async (token: string) =>
    (
      await server.running.platform.pool.query<{ seen_at: Date }>('select seen_at from identity.session where token_hash = $1', [tokenHash(token)])
    ).rows[0]?.seen_at.getTime() ?? 0

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '10' } })
  })
  afterAll(() => server.stop())

  it('carries the post with its scope and permissions', async () => {
    const { token } = await server.signIn('fanmingyuan')
    const found = await fresh().find(token)
    expect(found?.actor).toMatchObject({
      kind: 'person',
      personName: '范明远',
      postTitle: '网格员（巡查）',
      unitCode: 'grid-990101001000',
      areaPath: '990100.990101.990101001000',
    })
    expect(found?.actor.permissions.has('cases.verify')).toBe(true)
    expect(found?.actor.permissions.has('cases.file')).toBe(false)
  })

  it('is nobody for a token that was never given', async () => {
    expect(await fresh().find('never-given')).toBeUndefined()
  })

  it('is read again after five seconds at most, so that one ended elsewhere ends here too', async () => {
    const { token } = await server.signIn('fanmingyuan')
    const sessions = fresh()
    expect(await sessions.find(token)).toBeDefined()
    await server.running.platform.pool.query('delete from identity.session where token_hash = $1', [tokenHash(token)])
    expect(await sessions.find(token)).toBeDefined()
    server.runtime.offsetMs += 5_000
    expect(await sessions.find(token)).toBeUndefined()
  })

  it('is written down as seen once a minute, not with every request', async () => {
    const { token } = await server.signIn('fanmingyuan')
    const sessions = fresh()
    const begun = await seenAt(token)
    server.runtime.offsetMs += 30_000
    await sessions.find(token)
    expect(await seenAt(token)).toBe(begun)
    server.runtime.offsetMs += 31_000
    await sessions.find(token)
    expect(await seenAt(token)).toBeGreaterThanOrEqual(begun + 61_000)
  })

  it('does not come back to life by being asked for after it idled out', async () => {
    const { token } = await server.signIn('fanmingyuan')
    const sessions = fresh()
    server.runtime.offsetMs += 10 * MINUTE + 1_000
    expect(await sessions.find(token)).toBeUndefined()
    server.runtime.offsetMs += 6_000
    expect(await sessions.find(token)).toBeUndefined()
  })

  it('loses a permission with its role, within five seconds', async () => {
    const { token } = await server.signIn('fanmingyuan')
    const sessions = fresh()
    expect((await sessions.find(token))?.actor.permissions.has('cases.verify')).toBe(true)
    await server.running.platform.pool.query("update identity.role set permissions = array_remove(permissions, 'cases.verify') where name = 'grid-worker'")
    server.runtime.offsetMs += 5_000
    expect((await sessions.find(token))?.actor.permissions.has('cases.verify')).toBe(false)
  })
})
