import { InvalidArgumentError, type Command } from 'commander'
import { connect, withConnection, type Api, type ConnectOptions } from './connect.ts'
import { addMakeCityOptions, makeCity, type MakeCityOptions } from './make-city.ts'
import { CommandError, result } from './output.ts'
import { MAP_HELP, readMap } from './replay/mapping.ts'
import { rehearse, replay, type ReplayPlan } from './replay/run.ts'
import { inspect } from './replay/source.ts'
import { summaryLines, Tally } from './replay/tally.ts'

interface ReplayOptions extends ConnectOptions, MakeCityOptions {
  readonly map?: string
  readonly name?: string
  readonly concurrency: number
  readonly limit?: number
  readonly retryFor: number
  readonly dryRun?: boolean
  readonly strict?: boolean
  readonly acknowledged?: string
}

/** `linli replay FILE`: real rows through the front door, or with --make-city a city that fits them. */
export function addReplay(program: Command): void {
  const command = program
    .command('replay')
    .description('Report every row of a CSV or JSONL file (回放); a second replay adds nothing')
    .argument('<file>', 'CSV with a header line, or one JSON object a line; UTF-8')
    .option('--map <file>', 'which column holds what, see below')
    .option('--name <name>', 'stands in the key of every row instead of the file’s digest, so that a longer edition of a file adds only its new rows', named)
    .option('--concurrency <n>', 'rows on their way at once', whole(1, 256), 16)
    .option('--limit <n>', 'read only so many rows', whole(1, Number.MAX_SAFE_INTEGER))
    .option('--retry-for <seconds>', 'how long a row is tried again while the server does not answer', whole(0, 86_400), 120)
    .option('--dry-run', 'read and map every row, send none')
    .option('--strict', 'fail when a row is broken or refused')
    .option('--acknowledged <file>', 'append the key of each row that the server acknowledged, one a line')
  addMakeCityOptions(withConnection(command)).addHelpText('after', MAP_HELP).action(run)
}

async function run(file: string, options: ReplayOptions): Promise<void> {
  if (options.makeCity !== undefined) return makeCity(file, options.makeCity, options)
  if (options.map === undefined)
    throw new CommandError('MAP_MISSING', 'Say with --map which column holds what; linli replay --help explains it, and --make-city writes one')
  const source = await inspect(file)
  const map = readMap(options.map, source.columns)
  const tally = new Tally()
  const planFor = (timeZone: string): ReplayPlan => ({
    source,
    map,
    timeZone,
    name: options.name ?? source.digest,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    concurrency: options.concurrency,
    patienceMs: options.retryFor * 1000,
    acknowledged: options.acknowledged,
  })
  const seconds = options.dryRun
    ? await rehearse(planFor('UTC'), tally)
    : await withApi(options, async (api) => replay(planFor(await cityZone(api)), api, tally)).catch((error: unknown) => stopped(error, tally))
  const summary = tally.summary()
  const perSecond = Math.round(summary.acknowledged.count / seconds)
  result(
    options.json,
    {
      file,
      format: source.format,
      name: options.name ?? source.digest,
      dryRun: options.dryRun === true,
      ...summary,
      seconds: Math.round(seconds * 10) / 10,
      perSecond,
    },
    [...summaryLines(summary), options.dryRun ? 'Nothing was sent (--dry-run)' : `${seconds.toFixed(1)} s, ${perSecond} rows a second`],
  )
  const { broken, refused, acknowledged } = summary
  if (broken.count === summary.rows) throw new CommandError('NOTHING_READABLE', 'No row of the file fits the map')
  if (refused.count > 0 && acknowledged.count === 0)
    throw new CommandError('REPLAY_REFUSED', `The server refused every row, the first with ${refused.rows[0]?.code}`)
  if (options.strict && broken.count + refused.count > 0)
    throw new CommandError('REPLAY_NOT_WHOLE', `${broken.count} rows are broken and ${refused.count} were refused`)
}

async function withApi<T>(options: ConnectOptions, work: (api: Api) => Promise<T>): Promise<T> {
  const api = await connect(options)
  return work(api).finally(() => api.close())
}

const cityZone = async (api: Api) => (await api.call<{ timeZone: string }>('GET', '/api/v1/city')).timeZone

/** A run that was cut short says how far it came. */
function stopped(error: unknown, tally: Tally): never {
  if (!(error instanceof CommandError)) throw error
  const summary = tally.summary()
  throw new CommandError(error.code, `${error.message}. Before that, ${summary.acknowledged.count} rows were acknowledged`, summary)
}

function whole(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least || value > most) throw new InvalidArgumentError(`A whole number of ${least} or more is needed.`)
    return value
  }
}

function named(text: string): string {
  if (!/^[\w.-]{1,60}$/.test(text)) throw new InvalidArgumentError('At most 60 letters, digits or _ . -')
  return text
}
