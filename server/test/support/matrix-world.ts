import { randomUUID } from 'node:crypto'
import { markDue } from './busy.ts'
import { OWNER, playerAt, sendMove, standardCast, type Cast, type Player } from './cast.ts'
import type { TestServer } from './server.ts'
import type { Person } from './world.ts'

/** A case of the matrix with what its script says of it; nothing here is read back from the program. */
export interface Specimen {
  readonly name: string
  readonly id: string
  readonly number: string
  readonly receipt: string
  readonly photo: string
  /** Path of the street that it lies in; the city's own where nobody could place it. */
  readonly place: string
  /** Units that have or had a part in it. */
  readonly parts: readonly string[]
  readonly ended: boolean
  readonly linked: boolean
  readonly strand: boolean
}
/** A person at a post of one role for one area, in a unit. */
export interface Seat {
  readonly name: string
  readonly role: string
  readonly unit: string
  readonly path: string
  readonly person: Person
}
export interface MatrixWorld {
  readonly specimens: readonly Specimen[]
  readonly city: string
  readonly streets: readonly string[]
  readonly cast: Cast
}

/** What a reporter says and is; all invented, each in a field of its own so that a leak says whence it came. */
export const SAID_PHONE = '13812341234'
export const SAID_PLATE = '鲁D12345'
export const ADDRESS_PHONE = '13700020002'
export const NAME = '欧阳小红'
export const CONTACT = '13900010001'
export const NOTE_PHONE = '13600030003'
export const MASKED_NAME = '欧阳**'
export const MASKED_CONTACT = '139****0001'
/** A word that every specimen has in its title. */
export const WORD = '样本'

const OTHER = 'gardens-990103'
const SUPERIOR = 'district-990101'
type Who = keyof Cast | 'supervisor'
type Step = readonly [who: Who, move: string, input?: Record<string, unknown>]
interface Script {
  readonly name: string
  /** Which of the nine streets; three in each district. */
  readonly street: number
  readonly parts?: readonly string[]
  readonly steps: readonly Step[]
  readonly ended?: true
  readonly linked?: true
  readonly strand?: true
}
const CITE = { matter: 'gbt30428-component-0101', row: 1 }
const ASK: Step = ['acceptor', 'ask-verify']
const FILE: Step = ['acceptor', 'file', { conditionRow: 1 }]
const DISPATCH: Step = ['dispatcher', 'dispatch', { owner: OWNER }]
const TAKEN: readonly Step[] = [FILE, DISPATCH, ['manager', 'accept']]
const HANDLED: readonly Step[] = [...TAKEN, ['handler', 'handle', { note: `已修复，业主电话${NOTE_PHONE}` }]]
const CHECKED: readonly Step[] = [...HANDLED, ['checker', 'check']]
const CLOSED: readonly Step[] = [...CHECKED, ['closer', 'close', { closingConditionMet: true, publicReply: '已办结' }]]
const mine = { parts: [OWNER] }

/** One case in each state of the workflow, and those whose past or company lets further units in; the parts are told by hand from each script. */
export const SCRIPTS: readonly Script[] = [
  { name: 'reported', street: 0, steps: [] },
  { name: 'verifying', street: 3, steps: [ASK] },
  { name: 'verified', street: 6, steps: [ASK, ['checker', 'verify']] },
  { name: 'filed', street: 1, steps: [FILE] },
  { name: 'voided', street: 0, steps: [['acceptor', 'void', { reasonCode: 'duplicate', publicReply: '重复上报' }]], ended: true },
  { name: 'dispatched', street: 4, ...mine, steps: [FILE, DISPATCH] },
  { name: 'disputed', street: 7, ...mine, steps: [FILE, DISPATCH, ['manager', 'refuse', { reasonCode: 'not-our-duty', citation: CITE }]] },
  { name: 'handling', street: 0, ...mine, steps: TAKEN },
  { name: 'linked', street: 0, steps: [FILE, ['acceptor', 'link', {}]], linked: true },
  { name: 'paused', street: 2, ...mine, steps: [...TAKEN, ['dispatcher', 'pause', { reasonCode: 'waiting-weather' }]] },
  { name: 'handled', street: 5, ...mine, steps: HANDLED },
  { name: 'checked', street: 8, ...mine, steps: CHECKED },
  { name: 'closed', street: 3, ...mine, steps: CLOSED, ended: true },
  { name: 'evaluated', street: 1, ...mine, steps: [...CLOSED, ['evaluator', 'evaluate']], ended: true },
  {
    name: 'handed over to another unit',
    street: 4,
    parts: [OWNER, OTHER],
    steps: [...TAKEN, ['dispatcher', 'recall', { reasonCode: 'wrong-owner' }], ['dispatcher', 'dispatch', { owner: OTHER }]],
  },
  { name: 'escalated', street: 6, parts: [OWNER, SUPERIOR], steps: [...TAKEN, ['manager', 'escalate', { reasonCode: 'beyond-power', note: '需要协调' }]] },
  {
    name: 'with a co-handler',
    street: 0,
    parts: [OWNER, OTHER],
    steps: [FILE, DISPATCH, ['dispatcher', 'add-co-handlers', { targets: [OTHER] }]],
    strand: true,
  },
  { name: 'whistled', street: 2, parts: [OWNER, OTHER], steps: [...TAKEN, ['manager', 'whistle', { targets: [OTHER], note: '请到场' }]], strand: true },
  {
    name: 'supervised',
    street: 3,
    ...mine,
    steps: [
      FILE,
      DISPATCH,
      ['supervisor', 'supervise', { targets: [OWNER], limit: { clock: 'workDay', amount: 1 }, reasonCode: 'unsolved', note: '限期办结' }],
    ],
    strand: true,
  },
  {
    name: 'asking for more time',
    street: 8,
    ...mine,
    steps: [...TAKEN, ['manager', 'ask-extension', { reasonCode: 'materials', note: '配件在途', limit: { clock: 'urgentHour', amount: 1 } }]],
    strand: true,
  },
  { name: 'placed by nobody', street: -1, steps: [] },
]

/** Reports and walks every specimen; the first of them is left lying until its lateness is told to the level above. */
export async function makeMatrixWorld(server: TestServer): Promise<MatrixWorld> {
  const { pool } = server.running.platform
  const signIn = async () => ({ ...(await standardCast(server)), supervisor: await playerAt(server, 'supervisor-1') })
  let players: Record<Who, Player> = await signIn()
  const { rows: spots } = await pool.query<{ street: string; lon: number; lat: number }>(
    `select distinct on (street) array_to_string((string_to_array(path, '.'))[1:3], '.') as street, lon, lat from places.area where grid_kind = 'single' order by street, code`,
  )
  const city = spots[0]?.street.split('.')[0] ?? ''
  const specimens: Specimen[] = []
  const make = async (script: Script) => {
    const spot = spots[script.street]
    const photo = await server.photo()
    const opened = await server.report({
      // Some say a number where it becomes the title, some in the title itself.
      ...(specimens.length % 2 === 0 ? {} : { title: `${WORD}${String(specimens.length).padStart(2, '0')}请回电${SAID_PHONE}` }),
      text: `${WORD}${String(specimens.length).padStart(2, '0')}井盖缺失，${SAID_PLATE}压坏，电话${SAID_PHONE}`,
      address: `临城街道凤凰社区3号楼，门卫${ADDRESS_PHONE}`,
      reporter: { name: NAME, contact: CONTACT },
      photos: [photo],
      position: spot && { lon: spot.lon, lat: spot.lat, crs: 'wgs84' },
    })
    const main = specimens.find((one) => one.name === 'handling')?.id
    const until = new Date(server.runtime.now() + 5 * 86_400_000).toISOString().slice(0, 10)
    for (const [index, [who, move, input]] of script.steps.entries()) {
      const more = {
        ...(['verify', 'handle', 'check'].includes(move) ? { evidence: [await server.photo(players[who])] } : {}),
        ...(move === 'link' ? { main } : {}),
        ...(move === 'pause' ? { until } : {}),
      }
      const { status, body } = await sendMove(players[who], opened.case.id, index + 1, { move, ...input, ...more })
      if (status !== 200) throw new Error(`${script.name}: ${who} could not ${move}: ${JSON.stringify(body)}`)
    }
    specimens.push({
      ended: false,
      linked: false,
      strand: false,
      parts: [],
      ...script,
      id: opened.case.id,
      number: opened.case.number,
      receipt: opened.receipt,
      photo,
      place: spot?.street ?? city,
    })
    return opened.case.id
  }
  const late = await make({ name: 'raised to the level above', street: 5, parts: [OWNER, SUPERIOR], steps: [FILE, DISPATCH] })
  for (let hours = 0; hours < 120; hours += 6) {
    server.runtime.offsetMs = hours * 3_600_000
    await markDue(server.running)
    if ((await pool.query(`select 1 from cases.entry where case_id = $1 and move = 'raise'`, [late])).rowCount) break
  }
  // Nobody's session lasts as long as the wait for a limit.
  players = await signIn()
  for (const script of SCRIPTS) await make(script)
  return { specimens, city, streets: spots.map((spot) => spot.street), cast: players }
}

/** Puts one invented person on a post of every role at every one of the places given. */
export async function seatsOf(
  server: TestServer,
  roles: readonly string[],
  places: readonly { readonly path: string; readonly unit: string }[],
): Promise<Seat[]> {
  const { pool } = server.running.platform
  const seats: Seat[] = []
  for (const { path, unit } of places) {
    const batch = await Promise.all(
      roles.map(async (role) => {
        const login = `seat-${role}-${unit}`
        await pool.query(
          `with seat as (insert into identity.post (id, code, unit_code, title, area_code, area_name, area_path, roles) values ($1, $2, $3, $2, $4, $4, $5, array[$6]) returning id),
             body as (insert into identity.person (id, login, name, password_hash) select $7, $2, $2, password_hash from identity.person where demo_step is not null limit 1 returning id)
           insert into identity.holding (person_id, post_id, from_at) select body.id, seat.id, '2020-01-01' from body, seat`,
          [randomUUID(), login, unit, path.split('.').at(-1), path, role, randomUUID()],
        )
        return { name: `${role} of ${unit} at ${path}`, role, unit, path, person: await server.signIn(login) }
      }),
    )
    seats.push(...batch)
  }
  return seats
}
