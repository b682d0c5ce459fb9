import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LEGAL, STATES } from '../../../../test/support/legal-moves.ts'
import { caseIn, CALLED, dayAfter, sendMove, standardCast, type Cast } from '../../../../test/support/cast.ts'
import { startTestServer, type TestServer } from '../../../../test/support/server.ts'
import { REPOSITORY } from '../../../start.ts'
import { findOrphans } from './queries.ts'
import { isAnswered, type ActingPost } from './rules.ts'

interface City {
  readonly division: string
  readonly roles: Readonly<Record<string, readonly string[]>>
  readonly districts: readonly { readonly code: string }[]
}
interface Organisation {
  readonly units: readonly { readonly code: string }[]
  readonly posts: readonly { readonly unit: string; readonly areaCode: string; readonly roles: readonly string[] }[]
}
const readCity = <T>(city: string, file: string) => JSON.parse(readFileSync(join(REPOSITORY, 'cities', city, file), 'utf8')) as T

/** The posts of a city, each with the path of its area: the division of a county, town or village is the beginning of its code. */
function postsOf(city: string): { posts: ActingPost[]; owners: string[]; districts: string[] } {
  const { division, roles } = readCity<City>(city, 'city.json')
  const { posts } = readCity<Organisation>(city, 'organisation.json')
  const { rules } = readCity<{ rules: { owner: string; coOwners: string[] }[] }>(city, 'dispatch.json')
  const pathOf = (code: string) => (code === division ? division : [division, code.slice(0, 6), ...(code.length > 6 ? [code] : [])].join('.'))
  const districts = [...new Set(posts.map((post) => post.areaCode.slice(0, 6)))].filter((code) => code !== division)
  return {
    posts: posts.map((post) => ({ unitCode: post.unit, areaPath: pathOf(post.areaCode), permissions: post.roles.flatMap((role) => roles[role] ?? []) })),
    owners: [...new Set(rules.flatMap((rule) => [rule.owner, ...rule.coOwners]))],
    districts: districts.map((code) => `${division}.${code}`),
  }
}

/** What the table of legal moves says is waited for: in each open state, and of each strand that is open. */
interface Waits {
  readonly where: string
  /** Each a permission, and whose it must be. */
  readonly any: readonly (readonly [permission: string, party: string])[]
}
/** Kind and states of a strand that a line of the table turns; null where it begins one or turns none. */
const turnOf = (strand: string) => /^(\w+) ([\w|]+)>/.exec(strand)
function waitsOf(): Waits[] {
  const expected = LEGAL.filter((known) => !known.aside && !['note', 'reopen'].includes(known.kind) && known.permission !== '')
  const own = STATES.filter(([state]) => !['closed', 'evaluated', 'voided', 'linked'].includes(state)).map(([state]) => ({
    where: state,
    any: expected
      .filter((known) => known.from === state && known.kind !== 'side' && turnOf(known.strand) === null)
      .map((known) => [known.permission, known.party] as const),
  }))
  const turned = new Map<string, Map<string, readonly [string, string]>>()
  for (const known of expected) {
    const [, kind, from] = turnOf(known.strand) ?? []
    for (const state of from?.split('|') ?? []) {
      const where = `${known.from} with ${kind} ${state}`
      turned.set(where, (turned.get(where) ?? new Map<string, readonly [string, string]>()).set(known.move, [known.permission, known.party]))
    }
  }
  return [...own, ...[...turned].map(([where, moves]) => ({ where, any: [...moves.values()] }))]
}

/** Where nobody in a city could do what a case waits for, whichever unit owns it and in whichever district it lies. */
function lost({ posts, owners, districts }: ReturnType<typeof postsOf>): string[] {
  return waitsOf().flatMap(({ where, any }) =>
    owners.flatMap((owner) =>
      districts.flatMap((path) => {
        const tokens = any.map(([permission, party]) => (['lead', 'called'].includes(party) ? `unit:${owner}/${permission}` : permission))
        return isAnswered(tokens, path, posts) ? [] : [`${where} of ${owner} in ${path}`]
      }),
    ),
  )
}

describe.each(['demo', 'zaozhuang'])('the organisation of %s', (city) => {
  it('has a post for the next action of every state and every strand, of every owner and in every district', () => {
    const there = postsOf(city)
    expect(there.owners.length).toBeGreaterThan(5)
    expect(there.districts.length).toBeGreaterThan(2)
    expect(waitsOf().every(({ any }) => any.length > 0)).toBe(true)
    expect(lost(there)).toEqual([])
  })

  it.each([
    ['cases.arbitrate', /^disputed of/],
    ['cases.check', /^handled of/],
    ['cases.dispatch', /^filed of/],
    ['cases.accept', /^dispatched of/],
    ['cases.close', /^checked of/],
  ])('is found wanting without posts that hold %s', (permission, where) => {
    const there = postsOf(city)
    const without = there.posts.map((post) => ({ ...post, permissions: post.permissions.filter((own) => own !== permission) }))
    expect(lost({ ...there, posts: without }).filter((one) => where.test(one)).length).toBeGreaterThan(0)
  })
})

describe('orphans of a running city', () => {
  let server: TestServer
  let cast: Cast
  const ids = new Map<string, string>()

  beforeAll(async () => {
    server = await startTestServer()
    cast = await standardCast(server)
    for (const [state] of STATES) ids.set(state, (await caseIn(server, cast, state)).id)
    const busy = await caseIn(server, cast, 'handling')
    await sendMove(cast.manager, busy.id, busy.seq, { move: 'whistle', targets: [CALLED], note: '请到场' })
    await sendMove(cast.manager, busy.id, busy.seq + 1, {
      move: 'ask-suspension',
      reasonCode: 'season',
      until: dayAfter(server.runtime.now(), 9),
      note: '冻土',
    })
  }, 60_000)
  afterAll(() => server.stop())

  const posts = async () =>
    (
      await server.running.platform.pool.query<ActingPost>(
        `select unit_code as "unitCode", area_path as "areaPath", array(select unnest(permissions) from identity.role where name = any(post.roles)) as permissions from identity.post where ended_at is null`,
      )
    ).rows
  const orphans = async (known?: readonly ActingPost[], later = 0) => findOrphans(server.running.platform.db, new Date(Date.now() + later), known)
  const numberOf = async (state: string) =>
    (await server.running.platform.pool.query<{ number: string }>('select number from cases."case" where id = $1', [ids.get(state)])).rows[0]?.number ?? ''
  /** Does something to the database, looks, and undoes it by the second statement. */
  const planted = async (plant: string, undo: string, id: string | undefined) => {
    const { pool } = server.running.platform
    await pool.query(plant, [id])
    const found = await orphans()
    await pool.query(undo, [id])
    return found
  }

  it('has none, with a case in every state and strands beside them', async () => {
    expect(await orphans()).toEqual({ count: 0, sample: [] })
    expect(await orphans(await posts())).toEqual({ count: 0, sample: [] })
  })

  it.each([
    [
      'whose clocks are all stopped',
      `update cases.deadline set stopped_at = '2000-01-01' where case_id = $1 and stopped_at is null`,
      `update cases.deadline set stopped_at = null where case_id = $1 and stopped_at = '2000-01-01'`,
    ],
    ['that waits for nobody', `update cases."case" set waiting = '{}' where id = $1`, `update cases."case" set waiting = '{cases.dispatch}' where id = $1`],
  ])('finds an open case %s', async (_what, plant, undo) => {
    expect(await planted(plant, undo, ids.get('filed'))).toEqual({ count: 1, sample: [await numberOf('filed')] })
    expect(await orphans()).toEqual({ count: 0, sample: [] })
  })

  it('finds a case whose only post was taken away', async () => {
    const left = (await posts()).filter((post) => !post.permissions.includes('cases.arbitrate'))
    expect(await orphans(left)).toEqual({ count: 1, sample: [await numberOf('disputed')] })
    const empty = (await posts()).filter((post) => post.unitCode !== cast.manager.unit)
    expect((await orphans(empty)).sample).toEqual(expect.arrayContaining([await numberOf('dispatched'), await numberOf('paused')]))
  })

  it('finds a linked case that its main case has left behind, a minute after', async () => {
    const { pool } = server.running.platform
    const { rows } = await pool.query<{ id: string }>('select linked_to as id from cases."case" where id = $1', [ids.get('linked')])
    await pool.query(`update cases."case" set state = 'closed', state_at = now() where id = $1`, [rows[0]?.id])
    expect((await orphans()).count).toBe(0)
    expect(await orphans(undefined, 120_000)).toEqual({ count: 1, sample: [await numberOf('linked')] })
    await pool.query(`update cases."case" set state = 'reported' where id = $1`, [rows[0]?.id])
  })
})
