import { describe, expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'

const PASSWORD = '口令 correct horse'

describe('a stored password', () => {
  it('is an argon2id PHC string with the cost that OWASP asks for, salted anew each time', async () => {
    const [one, other] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)])
    const form = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$([\w+/=]{24})\$([\w+/=]{44})$/
    expect(one).toMatch(form)
    expect(form.exec(one)?.[1]).not.toBe(form.exec(other)?.[1])
    expect(form.exec(one)?.[2]).not.toBe(form.exec(other)?.[2])
  })

  it('opens for itself alone', async () => {
    const stored = await hashPassword(PASSWORD)
    expect(await verifyPassword(PASSWORD, stored)).toBe(true)
    for (const wrong of ['', PASSWORD.toUpperCase(), `${PASSWORD} `, PASSWORD.slice(0, -1)]) expect(await verifyPassword(wrong, stored), wrong).toBe(false)
  })

  it('is the same however a keyboard composes a letter', async () => {
    expect(await verifyPassword('cafe\u0301 au lait', await hashPassword('café au lait'))).toBe(true)
  })

  it('keeps the cost it was made with', async () => {
    const stored = await hashPassword(PASSWORD)
    expect(await verifyPassword(PASSWORD, stored.replace('t=2', 't=3'))).toBe(false)
  })

  it.each([
    '',
    'plain text',
    '$2b$12$abcdefghijklmnopqrstuv',
    '$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2E=$aGFzaA==',
    '$argon2id$v=19$m=19456,t=2,p=1$$',
  ])('of another form (%s) opens for nobody', async (stored) => {
    expect(await verifyPassword(stored, stored)).toBe(false)
    expect(await verifyPassword('', stored)).toBe(false)
  })
})
