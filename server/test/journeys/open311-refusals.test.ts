import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { discover, type Pairs } from '../support/open311-client.ts'
import { COVER, FLOOD, codes, useOpen311, without } from '../support/open311-world.ts'
import { runCli } from '../support/run-cli.ts'
import { startTestServer } from '../support/server.ts'

describe('A39 what Open311 refuses', () => {
  const world = useOpen311()
  const { clients, addKey, whole, created, refused } = world

  it.each(['xml', 'json'] as const)('refuses in the shape of the standard: 404 for what does not exist, in %s', async (format) => {
    const client = clients[format]
    const mediaType = format === 'xml' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8'
    const here: Pairs = [['jurisdiction_id', 'demo']]
    const elsewhere: Pairs = [['jurisdiction_id', 'sfgov.org']]
    for (const resource of ['services', `services/${COVER}`, 'requests']) {
      expect((await client.get(resource, here)).status, resource).toBe(200)
      expect((await client.get(resource, [['jurisdiction_id', '']])).status, resource).toBe(200)
      expect(codes(await client.get(resource, elsewhere)), resource).toEqual([404, 'OPEN311_JURISDICTION_UNKNOWN'])
    }
    expect(codes(await client.get('tokens/12345', elsewhere))).toEqual([404, 'OPEN311_JURISDICTION_UNKNOWN'])
    expect(await refused(whole(...elsewhere), format)).toEqual([404, 'OPEN311_JURISDICTION_UNKNOWN'])
    await created(whole(...here), format)
    for (const code of ['nothing', 'local-joint-0102', `${COVER}0`, '__proto__']) {
      expect(codes(await client.definition(code)), code).toEqual([404, 'OPEN311_SERVICE_UNKNOWN'])
      expect(await refused([...without(whole(), 'service_code'), ['service_code', code]], format), code).toEqual([404, 'OPEN311_SERVICE_UNKNOWN'])
    }
    expect(codes(await client.requests([['service_code', 'nothing']]))).toEqual([404, 'OPEN311_SERVICE_UNKNOWN'])
    expect(codes(await client.token('12345'))).toEqual([404, 'OPEN311_TOKEN_UNKNOWN'])
    expect(codes(await client.request('LL-20000101-000001'))).toEqual([404, 'OPEN311_REQUEST_UNKNOWN'])
    expect((await client.requests([['service_request_id', 'LL-20000101-000001']])).value).toEqual([])
    const unknown = await client.get('nothing/here')
    expect(codes(unknown)).toEqual([404, 'NOT_FOUND'])
    expect(unknown.contentType).toBe(mediaType)
    expect(codes(await client.send('', {}, 'PUT'))).toEqual([404, 'NOT_FOUND'])
  })

  it('answers in XML what asks for a format that it does not speak', async () => {
    for (const path of ['services.csv', 'services', 'services.xml.zip', `requests/x.yaml`]) {
      const { status, body, headers } = await world.server.send<string>('GET', `/open311/v2/${path}`)
      expect(status, path).toBe(404)
      expect(headers.get('content-type'), path).toBe('text/xml; charset=utf-8')
      expect(body, path).toMatch(
        /^<\?xml version="1\.0" encoding="utf-8"\?>\n<errors><error><code>NOT_FOUND<\/code><description>.+<\/description><\/error><\/errors>$/,
      )
    }
  })

  it.each(['xml', 'json'] as const)('answers 400 to everything else, each parameter by name, in %s', async (format) => {
    const bad = (...pairs: Pairs) => refused([...without(whole(), ...pairs.map(([name]) => name)), ...pairs], format)
    expect(await bad(['service_code', ''])).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['lat', ''], ['long', ''])).toEqual([400, 'OPEN311_LOCATION_MISSING'])
    expect(await bad(['lat', ''])).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['lat', ''], ['address_string', '人民路 1 号'])).toEqual([400, 'INPUT_INVALID'])
    for (const wrong of ['abc', '1e2', '32,28', 'NaN', 'Infinity', '999', '32.28 ']) expect(await bad(['lat', wrong]), wrong).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['address_id', '12'])).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['address_id', '9901010101999999'])).toEqual([400, 'COMPONENT_UNKNOWN'])
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'not a url', 'https://a b'])
      expect(await bad(['media_url', url]), url).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['description', '字'.repeat(4_001)])).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['address_string', '路'.repeat(501)])).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['no_such_parameter', '1'])).toEqual([400, 'INPUT_INVALID'])
    expect(await bad(['lat', 'x'], ['long', 'y'])).toEqual([400, 'INPUT_INVALID', 'INPUT_INVALID'])
    expect(await refused(whole(['service_code', FLOOD]), format)).toEqual([400, 'INPUT_INVALID'])
    expect(await refused(whole(['description', 'twice'], ['lat', '1']), format)).toEqual([400, 'INPUT_INVALID', 'INPUT_INVALID'])
  })

  it.each(['xml', 'json'] as const)('asks a key for POST alone, and 403 says that it is missing, wrong or revoked, in %s', async (format) => {
    expect((await clients[format].requests([['api_key', 'anything']])).status).toBe(200)
    expect(await refused(without(whole(), 'api_key'), format)).toEqual([403, 'OPEN311_KEY_MISSING'])
    expect(await refused([...without(whole(), 'api_key'), ['api_key', '']], format)).toEqual([403, 'OPEN311_KEY_MISSING'])
    for (const wrong of ['x', world.key.slice(1), `${world.key}x`, "' or 1=1 --"])
      expect(await refused([...without(whole(), 'api_key'), ['api_key', wrong]], format)).toEqual([403, 'OPEN311_KEY_INVALID'])
    const other = await addKey({ name: '另一个程序' })
    const pairs: Pairs = [...without(whole(), 'api_key'), ['api_key', other.key]]
    const id = await created(pairs, format)
    const revoke = () => world.administrator.send<{ revokedAt: string | null }>('DELETE', `/api/v1/open311-keys/${other.id}`)
    const first = await revoke()
    expect(first).toMatchObject({ status: 200, body: { revokedAt: expect.any(String) } })
    expect((await revoke()).body).toEqual(first.body)
    expect(await refused(pairs, format)).toEqual([403, 'OPEN311_KEY_INVALID'])
    expect((await clients[format].request(id)).status).toBe(200)
  })

  it('keeps keys as hashes, shows each once, and lets only who operates the program make, list or revoke them', async () => {
    const resend = { 'idempotency-key': randomUUID() }
    const body = { name: '市民随手拍', contact: '0632-5550000', perMinute: 7 }
    const first = await world.administrator.send<{ id: string; key: string | null }>('POST', '/api/v1/open311-keys', body, resend)
    expect(first).toMatchObject({ status: 201, body: { ...body, key: expect.stringMatching(/^[\w-]{43}$/), revokedAt: null } })
    const again = await world.administrator.send<{ id: string; key: string | null }>('POST', '/api/v1/open311-keys', body, resend)
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, key: null } })
    const { rows } = await world.server.running.platform.pool.query<{ text: string }>(
      `select (select jsonb_agg(to_jsonb(k)) from intake.open311_key k)::text || (select jsonb_agg(to_jsonb(i)) from platform.idempotency i)::text as text`,
    )
    expect(rows[0]?.text).toContain('市民随手拍')
    expect(rows[0]?.text).not.toContain(first.body.key)
    const list = await world.administrator.send<{ rows: { id: string; reports: number }[] }>('GET', '/api/v1/open311-keys')
    expect(list.body.rows.find((found) => found.id === first.body.id)).toEqual({
      ...body,
      id: first.body.id,
      createdAt: expect.any(String),
      revokedAt: null,
      reports: 0,
    })
    expect(list.body.rows[0]?.reports).toBeGreaterThan(0)
    expect(await world.administrator.send('DELETE', `/api/v1/open311-keys/${randomUUID()}`)).toMatchObject({ status: 404 })
    for (const wrong of [{ name: 'x' }, { ...body, perMinute: 0 }, { ...body, perMinute: '7' }, { ...body, key: 'mine' }])
      expect((await world.administrator.send('POST', '/api/v1/open311-keys', wrong, { 'idempotency-key': randomUUID() })).status).toBe(400)
    const handler = await world.server.demoPerson('handle')
    for (const [method, path, payload] of [
      ['GET', '', undefined],
      ['POST', '', body],
      ['DELETE', `/${first.body.id}`, undefined],
    ] as const) {
      expect((await handler.send(method, `/api/v1/open311-keys${path}`, payload, { 'idempotency-key': randomUUID() })).status).toBe(403)
      expect((await world.server.send(method, `/api/v1/open311-keys${path}`, payload, { 'idempotency-key': randomUUID() })).status).toBe(401)
    }
    const audit = await world.server.running.platform.pool.query<{ action: string }>(
      `select action from platform.audit where object_id = $1 and outcome = 'done'`,
      [first.body.id],
    )
    expect(audit.rows).toEqual([{ action: 'open311.addKey' }])
  })

  it('is administered from the command line', async () => {
    const cli = (...args: string[]) =>
      runCli(['open311-key', ...args, '--url', world.server.running.url, '--login', 'test-admin', '--json'], { LINLI_PASSWORD: 'a long test password' })
    const added = await cli('add', '--name', '命令行', '--contact', 'ops@example.org', '--per-minute', '5')
    expect(added).toMatchObject({ code: 0 })
    const made = JSON.parse(added.stdout) as { id: string; key: string; perMinute: number }
    expect(made.perMinute).toBe(5)
    await created([...without(whole(), 'api_key'), ['api_key', made.key]])
    const listed = JSON.parse((await cli('list')).stdout) as { rows: { id: string; reports: number }[] }
    expect(listed.rows.find((found) => found.id === made.id)).toMatchObject({ reports: 1, revokedAt: null })
    expect(await cli('revoke', made.id)).toMatchObject({ code: 0 })
    expect(await refused([...without(whole(), 'api_key'), ['api_key', made.key]])).toEqual([403, 'OPEN311_KEY_INVALID'])
    expect(await cli('add', '--name', 'x', '--contact', 'y', '--per-minute', 'many')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('COUNT_INVALID'),
    })
  }, 120_000)

  it('counts each key by itself', async () => {
    const slow = await addKey({ name: '慢', perMinute: 2 })
    const pairs = (): Pairs => [...without(whole(), 'api_key'), ['api_key', slow.key]]
    await created(pairs())
    await created(pairs())
    const third = await clients.json.create(pairs())
    expect(codes(third)).toEqual([400, 'RATE_LIMITED'])
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
    await created(whole())
    world.server.runtime.offsetMs += 61_000
    await created(pairs())
  })

  it('counts who has no key by address, so that nobody can try keys for long', async () => {
    const strict = await startTestServer({ env: { LINLI_REPORTS_PER_MINUTE: '3' } })
    try {
      const client = await discover(`${strict.running.url}/open311/discovery`, 'json')
      const attempts = []
      for (const wrong of ['a', 'b', 'c', 'd']) attempts.push(codes(await client.create([['api_key', wrong]])))
      expect(attempts).toEqual([...Array.from({ length: 3 }, () => [403, 'OPEN311_KEY_INVALID']), [400, 'RATE_LIMITED']])
      expect((await client.services()).status).toBe(200)
    } finally {
      await strict.stop()
    }
  })
})
