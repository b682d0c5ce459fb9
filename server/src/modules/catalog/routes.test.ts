import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../../test/support/server.ts'
import type { Problem } from '../../../test/support/world.ts'

interface Matter {
  key: string
  name: string
  edition: number
  conditions: { rowNo: number; filing: string; limit: { clock: string; amount: number } | null }[]
}
interface Page {
  rows: Matter[]
  next: string | null
}

describe('the catalogue over HTTP', () => {
  let server: TestServer
  const list = async (query: string) => (await server.send<Page>('GET', `/api/v1/matters?${query}`)).body

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  it('is listed by key, page by page, without a gap and without a repeat', async () => {
    const all = (await list('limit=200')).rows.map((matter) => matter.key)
    expect(all.length).toBeGreaterThan(20)
    expect(all).toEqual(all.toSorted())
    const paged: string[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await list(`limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expect(page.rows.length).toBeLessThanOrEqual(7)
      paged.push(...page.rows.map((matter) => matter.key))
      cursor = page.next
    }
    expect(paged).toEqual(all)
  })

  it('is searched by name, class, key and alias', async () => {
    const [first] = (await list('limit=1')).rows
    const byName = await list(`q=${encodeURIComponent('井盖')}`)
    expect(byName.rows.length).toBeGreaterThan(0)
    expect(byName.rows.every((matter) => JSON.stringify(matter).includes('井盖'))).toBe(true)
    expect((await list(`q=${first?.key.toUpperCase()}`)).rows.map((matter) => matter.key)).toEqual([first?.key])
    expect((await list('q=no-such-matter-anywhere')).rows).toEqual([])
  })

  it('shows one matter with its rows and form to anybody, and 404 for one that is not there', async () => {
    const { body } = await server.send<{ matter: Matter; form: unknown }>('GET', '/api/v1/matters/gbt30428-component-0101')
    expect(body.matter).toMatchObject({ key: 'gbt30428-component-0101', edition: 1 })
    expect(body.matter.conditions.map((row) => row.rowNo)).toEqual(body.matter.conditions.map((_row, index) => index + 1))
    expect((await server.send<Problem>('GET', '/api/v1/matters/gbt30428-component-9999')).body).toMatchObject({ code: 'NOT_FOUND', status: 404 })
    expect((await server.send<Problem>('GET', '/api/v1/matters/gbt30428-component-0101?edition=99')).body.code).toBe('NOT_FOUND')
  })

  it.each(['limit=0', 'limit=201', 'limit=ten', 'edition=one', 'unknown=1', `q=${'x'.repeat(61)}`])('refuses the query %s', async (query) => {
    const { status, body } = await server.send<Problem>('GET', `/api/v1/matters?${query}`)
    expect({ status, code: body.code }).toEqual({ status: 400, code: 'INPUT_INVALID' })
  })

  it('lets only the administrator publish, and only staff see the editions', async () => {
    const [administrator, acceptor] = await Promise.all([server.signIn('xieqingye'), server.demoPerson('file')])
    const publish = { fileName: 'a.csv', base64: Buffer.from('a').toString('base64'), publish: true }
    expect((await server.send('POST', '/api/v1/matters/import', publish)).status).toBe(401)
    expect((await acceptor.send<Problem>('POST', '/api/v1/matters/import', publish)).body).toMatchObject({ code: 'PERMISSION_MISSING', status: 403 })
    expect((await server.send('GET', '/api/v1/matter-editions')).status).toBe(401)
    const { body } = await administrator.send<{ rows: { edition: number; matters: number; conditions: number; digest: string }[] }>(
      'GET',
      '/api/v1/matter-editions',
    )
    const { rows } = await list('limit=200')
    expect(body.rows).toMatchObject([{ edition: 1, matters: rows.length, conditions: rows.flatMap((matter) => matter.conditions).length }])
  })
})
