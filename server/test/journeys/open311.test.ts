import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fullInput, playerAt, sendMove } from '../support/cast.ts'
import type { Format, Pairs, Refused } from '../support/open311-client.ts'
import { COVER, FLOOD, PRIVATE, codes, encoded, useOpen311 } from '../support/open311-world.ts'

const DAY = 86_400_000

describe('A39 Open311 GeoReport v2', () => {
  const world = useOpen311()
  const { clients, spot, whole, created, reportOf, refused } = world

  it.each(['xml', 'json'] as const)('is discovered, listed, asked, created and read back by a client of the specification, in %s', async (format) => {
    const client = clients[format]
    const mediaType = format === 'xml' ? 'text/xml; charset=utf-8' : 'application/json; charset=utf-8'
    expect(client.discovery).toMatchObject({ status: 200, contentType: mediaType })
    expect(client.endpoint).toMatchObject({ url: `${world.server.running.url}/open311/v2`, type: 'test', formats: ['text/xml', 'application/json'] })

    const services = await client.services()
    expect(services).toMatchObject({ status: 200, contentType: mediaType })
    expect(services.value).toEqual([
      {
        service_code: COVER,
        service_name: '上水井盖',
        description: '井盖缺失、移位',
        metadata: false,
        type: 'realtime',
        keywords: '公用设施,部件',
        group: '部件 · 公用设施',
      },
      {
        service_code: FLOOD,
        service_name: '道路积水',
        description: '积水影响通行',
        metadata: true,
        type: 'realtime',
        keywords: '突发事件,事件',
        group: '事件 · 突发事件',
      },
    ])

    const { value: definition } = await client.definition(FLOOD)
    expect(definition.service_code).toBe(FLOOD)
    expect(definition.attributes.map(({ code, datatype, required, order }) => [order, code, datatype, required])).toEqual([
      [1, 'depthCm', 'number', true],
      [2, 'lane', 'singlevaluelist', false],
      [3, 'effects', 'multivaluelist', false],
      [4, 'passable', 'singlevaluelist', false],
      [5, 'since', 'datetime', false],
      [6, 'plate', 'string', false],
      [7, 'story', 'text', false],
    ])
    expect(definition.attributes.map((attribute) => attribute.values?.map(({ key: option, name }) => [option, name]))).toEqual([
      undefined,
      [
        ['机动车道', '机动车道'],
        ['人行道 & <辅路>', '人行道 & <辅路>'],
      ],
      [
        ['car', '车辆熄火'],
        ['walk', '行人绕行'],
      ],
      [
        ['true', '是 / yes'],
        ['false', '否 / no'],
      ],
      undefined,
      undefined,
      undefined,
    ])
    expect(definition.attributes[0]).toMatchObject({ variable: true, description: '积水深度', datatype_description: '厘米' })
    expect((await client.definition(COVER)).value).toEqual({ service_code: COVER, attributes: [] })

    const pairs = whole(['first_name', '小红'], ['last_name', '欧阳'], ['phone', '13812345678'], ['email', 'ouyang@example.org'])
    const post = await client.create(pairs)
    expect(post).toMatchObject({ status: 200, contentType: mediaType })
    expect(post.value).toEqual([
      { service_request_id: expect.stringMatching(/^LL-\d{8}-\d{6}$/), service_notice: expect.stringMatching(/\S/), account_id: null },
    ])
    const id = post.value[0]?.service_request_id ?? ''
    const { value: read } = await client.request(id)
    const { lon, lat } = world.server.point()
    expect(read).toHaveLength(1)
    expect(read[0]).toMatchObject({
      service_request_id: id,
      status: 'open',
      status_notes: null,
      service_code: COVER,
      service_name: '上水井盖',
      description: '上水井盖',
      address_id: null,
      zipcode: null,
      media_url: null,
      lat,
      long: lon,
    })
    for (const instant of [read[0]?.requested_datetime, read[0]?.updated_datetime]) expect(instant).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
    expect(read[0]?.address).toMatch(/网格，第三社区，第一街道，松桥区$/)
    expect((await client.requests([['service_request_id', `${id}, LL-20000101-000001 ,`]])).value).toEqual(read)
    expect(
      (
        await client.requests([
          ['service_code', COVER],
          ['status', 'open'],
        ])
      ).value,
    ).toContainEqual(read[0])
    expect(await reportOf(id)).toMatchObject({ channel: 'open311', matter_key: COVER, name: '欧阳小红', contact: '13812345678 ouyang@example.org' })
    expect(JSON.stringify([read, post.value])).not.toMatch(/欧阳|1381|example/)
  })

  it('takes answers to a form by attribute[code], with several values for one, and says which do not fit', async () => {
    const ask = (...answers: Pairs): Pairs => [['api_key', world.key], ['service_code', FLOOD], ...spot(), ['description', `积水 ${randomUUID()}`], ...answers]
    const id = await created(
      ask(
        ['attribute[depthCm]', '30'],
        ['attribute[lane]', '人行道 & <辅路>'],
        ['attribute[effects][]', 'car'],
        ['attribute[effects][]', 'walk'],
        ['attribute[passable]', 'false'],
        ['attribute[story]', '早上下雨\n后积水'],
        ['attribute[plate]', ''],
      ),
      'xml',
    )
    expect((await reportOf(id))['form']).toEqual({ depthCm: 30, lane: '人行道 & <辅路>', effects: ['car', 'walk'], passable: false, story: '早上下雨\n后积水' })
    const wrong: Pairs[] = [
      [],
      [['attribute[depthCm]', 'deep']],
      [
        ['attribute[depthCm]', '30'],
        ['attribute[lane]', '天上'],
      ],
      [
        ['attribute[depthCm]', '3'],
        ['attribute[nationalId]', 'x'],
      ],
    ]
    for (const answers of wrong) for (const format of ['xml', 'json'] as const) expect(await refused(ask(...answers), format)).toEqual([400, 'FORM_INVALID'])
    const { value } = await clients.xml.send<Refused>(encoded(ask(['attribute[depthCm]', 'deep'])), {
      'content-type': 'application/x-www-form-urlencoded',
      'accept-language': 'en',
    })
    expect(value[0]?.description).toContain('attribute[depthCm]')
    expect(await refused(whole(['attribute[depthCm]', '30']))).toEqual([400, 'FORM_INVALID'])
  })

  it('shows status, reply, unit and deadline as the case goes on, and where an event lies only by its grid', async () => {
    const flood: Pairs = [['api_key', world.key], ['service_code', FLOOD], ...spot(), ['description', `积水 ${randomUUID()}`], ['attribute[depthCm]', '12']]
    const number = await created(flood)
    const seen = async (format: Format = 'json') => (await clients[format].request(number)).value[0]
    const { lon, lat } = world.server.point()
    const open = await seen()
    expect(open).toMatchObject({ status: 'open', status_notes: null, agency_responsible: null, service_code: FLOOD })
    expect([open?.lat, open?.long]).not.toEqual([lat, lon])
    expect(Math.hypot((open?.lat ?? 0) - lat, (open?.long ?? 0) - lon)).toBeLessThan(0.02)
    const { id } = (await reportOf(number)) as { id: string }
    const acceptor = await playerAt(world.server, 'acceptor-1')
    const voided = { move: 'void', ...fullInput('duplicate', ['reason', 'publicReply'], ''), publicReply: '已并案处理 <详询 13912345678>，张先生 & 李女士' }
    expect((await sendMove(acceptor, id, 1, voided)).status).toBe(200)
    for (const format of ['xml', 'json'] as const)
      expect(await seen(format)).toMatchObject({ status: 'closed', status_notes: '已并案处理 <详询 139****5678>，张先生 & 李女士', expected_datetime: null })
    const closed = (await clients.json.requests([['status', 'closed']])).value.map((request) => request.service_request_id)
    expect(closed).toContain(number)
    expect((await clients.json.requests([['status', 'open']])).value.map((request) => request.service_request_id)).not.toContain(number)
    const both = (
      await clients.json.requests([
        ['status', 'open,closed'],
        ['service_code', `${FLOOD},${COVER}`],
      ])
    ).value
    expect(both.map((request) => request.service_request_id)).toContain(number)
  })

  it('never shows a case whose matter is not a public service', async () => {
    const report = await world.server.report({ matter: PRIVATE, conditionRow: 1, text: '楼上楼下吵架，请来调解' })
    const nothing = await world.server.report({ matter: undefined, conditionRow: undefined, text: '不知道是哪一类的事情' })
    const all = (await clients.json.requests()).value.map((request) => request.service_request_id)
    for (const { number } of [report.case, nothing.case]) {
      expect(all).not.toContain(number)
      expect(codes(await clients.json.request(number))).toEqual([404, 'OPEN311_REQUEST_UNKNOWN'])
    }
    expect(codes(await clients.json.requests([['service_code', PRIVATE]]))).toEqual([404, 'OPEN311_SERVICE_UNKNOWN'])
    const web = await world.server.report({ matter: COVER, conditionRow: 1, text: '从网页上报的井盖' })
    expect((await clients.json.requests()).value.map((request) => request.service_request_id)).toContain(web.case.number)
  })

  it('reads dates with their zone and spans of at most 90 days', async () => {
    const now = world.server.runtime.now()
    const at = (days: number) => new Date(now - days * DAY).toISOString()
    const client = clients.json
    for (const wrong of ['2026-01-01', '2026-01-01T00:00:00', 'yesterday', '2026-13-01T00:00:00Z', '2026-02-30T25:00:00Z', '1767225600'])
      for (const parameter of ['start_date', 'end_date'])
        expect(codes(await client.requests([[parameter, wrong]])), `${parameter} ${wrong}`).toEqual([400, 'INPUT_INVALID'])
    expect(
      (
        await client.requests([
          ['start_date', at(90)],
          ['end_date', at(0)],
        ])
      ).status,
    ).toBe(200)
    expect(
      codes(
        await client.requests([
          ['start_date', at(91)],
          ['end_date', at(0)],
        ]),
      ),
    ).toEqual([400, 'OPEN311_SPAN_TOO_LONG'])
    expect(
      codes(
        await client.requests([
          ['start_date', at(0)],
          ['end_date', at(1)],
        ]),
      ),
    ).toEqual([400, 'INPUT_INVALID'])
    expect(codes(await client.requests([['status', 'pending']]))).toEqual([400, 'INPUT_INVALID'])
    expect(
      codes(
        await client.requests([
          ['start_date', at(2)],
          ['start_date', at(1)],
        ]),
      ),
    ).toEqual([400, 'INPUT_INVALID'])
    expect(codes(await client.requests([['radius', '100']]))).toEqual([400, 'INPUT_INVALID'])
    const unescaped = `${client.at('requests')}?start_date=${at(1).slice(0, 19)}+00:00&end_date=&status=&service_code=&service_request_id=`
    expect((await fetch(unescaped)).status).toBe(200)

    const number = await created(whole())
    const [read] = (await client.request(number)).value
    const instant = read?.requested_datetime ?? ''
    const exact = (
      await client.requests([
        ['start_date', instant],
        ['end_date', instant],
      ])
    ).value.map((request) => request.service_request_id)
    expect(exact).toContain(number)
    const zoned = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().replace(/\.000Z$/, '+08:00')
    expect(
      (
        await client.requests([
          ['start_date', zoned],
          ['end_date', zoned],
        ])
      ).value.map((request) => request.service_request_id),
    ).toContain(number)
    const twice = await fetch(`${client.at('requests')}?status=open&status=closed&service_code=${COVER}&service_code=${FLOOD}`)
    expect(((await twice.json()) as { service_request_id: string }[]).map((request) => request.service_request_id)).toContain(number)
    const overriding = await client.requests([
      ['service_request_id', number],
      ['status', 'no such'],
      ['start_date', 'never'],
      ['service_code', 'nothing'],
    ])
    expect(overriding.value.map((request) => request.service_request_id)).toEqual([number])
    expect((await client.request(`${number},${number}`)).value).toHaveLength(1)
    world.server.runtime.offsetMs += 91 * DAY
    expect((await client.requests()).value).toEqual([])
    expect((await client.requests([['start_date', instant]])).value.map((request) => request.service_request_id)).toContain(number)
    expect((await client.request(number)).status).toBe(200)
  })

  it('answers with the newest 1,000 of 1,001', async () => {
    const number = await created(whole())
    await world.server.running.platform.pool.query(
      `insert into cases."case" select (jsonb_populate_record(found, jsonb_build_object('id', gen_random_uuid(), 'number', 'LL-20990101-' || n, 'opened_at', found.opened_at - n * interval '1 minute'))).*
       from cases."case" as found, generate_series(100001, 101000) as n where found.number = $1`,
      [number],
    )
    for (const format of ['xml', 'json'] as const) {
      const { value } = await clients[format].requests([['service_code', COVER]])
      expect(value).toHaveLength(1_000)
      expect(value[0]?.service_request_id).toBe(number)
      const times = value.map((request) => Date.parse(request.requested_datetime))
      expect(times).toEqual(times.toSorted((one, two) => two - one))
    }
  })
})
