import { randomUUID } from 'node:crypto'
import { TOTP, Secret } from 'otpauth'
import { playerAt } from './cast.ts'
import type { TestServer } from './server.ts'
import type { Answer, Person, Problem } from './world.ts'

export const REASON = '测试需要'
export const PASSWORD = 'granite river lantern 9'
export const key = () => ({ 'idempotency-key': randomUUID() })

/** The security administrator of the demo city, at its whole area. */
export const securityAdministrator = (server: TestServer) => playerAt(server, 'security-administrator')

export async function done<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { status, body } = await answer
  if (status !== 200 && status !== 201) throw new Error(`answered ${status} ${JSON.stringify(body)}`)
  return body
}

/** What a refused request was refused with. */
export async function refused(answer: Promise<Answer<unknown>>): Promise<Problem> {
  const { body } = (await answer) as Answer<Problem>
  return body
}

export async function postId(server: TestServer, code: string): Promise<string> {
  const { rows } = await server.running.platform.pool.query<{ id: string }>('select id from identity.post where code = $1', [code])
  if (!rows[0]) throw new Error(`no post ${code}`)
  return rows[0].id
}

/** Makes an account through the API, without a password and without a post. */
export const newPerson = async (admin: Person, login: string, unitCode = 'supervision'): Promise<string> =>
  (await done(admin.send<{ personId: string }>('POST', '/api/v1/people', { login, personName: `试用${login}`, unitCode, reason: REASON }, key()))).personId

/** Gives a person a password of their own by an invitation, as the person would. */
export async function takeUpInvitation(server: TestServer, admin: Person, personId: string, password = PASSWORD): Promise<void> {
  const { invitation } = await done(admin.send<{ invitation: string }>('POST', `/api/v1/people/${personId}/invitation`, { reason: REASON }))
  await done(server.send('POST', '/api/v1/invitations/acceptance', { invitation, password }))
}

export const putOn = async (admin: Person, personId: string, post: string, more: Record<string, unknown> = {}): Promise<string> =>
  (await done(admin.send<{ holdingId: string }>('POST', `/api/v1/posts/${post}/holdings`, { personId, reason: REASON, ...more }, key()))).holdingId

/** A person with a password at a post, made through the API alone; signed in unless they cannot be. */
export async function member(
  server: TestServer,
  admin: Person,
  login: string,
  post: string,
  unitCode?: string,
): Promise<Person & { id: string; holdingId: string }> {
  const id = await newPerson(admin, login, unitCode)
  const holdingId = await putOn(admin, id, await postId(server, post))
  await takeUpInvitation(server, admin, id)
  return { ...(await server.signIn(login, PASSWORD)), id, holdingId }
}

/** An authenticator on somebody's telephone: it knows the secret and the server's clock. */
export const authenticator =
  (server: TestServer, secret: string) =>
  (steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: server.runtime.now() + steps * 30_000 })

/** Sets up a second factor for somebody who is signed in. */
export async function enrol(server: TestServer, person: Person): Promise<{ codeNow: (steps?: number) => string; recoveryCodes: string[] }> {
  const { secret } = await done(person.send<{ secret: string }>('POST', '/api/v1/session/second-factor', { password: PASSWORD }))
  const codeNow = authenticator(server, secret)
  const { recoveryCodes } = await done(person.send<{ recoveryCodes: string[] }>('POST', '/api/v1/session/second-factor/confirmation', { code: codeNow() }))
  return { codeNow, recoveryCodes }
}
