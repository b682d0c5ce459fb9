import type { Command } from 'commander'
import { connect, withConnection, type ConnectOptions } from './connect.ts'
import { result } from './output.ts'

interface GridOptions extends ConnectOptions {
  readonly streets: string
  readonly communities: string
  readonly basic: string
  readonly single: string
  readonly dedicated: string
  readonly seed?: string
}
interface Answer {
  counts: Record<string, number>
  gaps: number
  overlaps: number
  multiPart: number
}

/** `linli grid`: divides the districts into streets, communities and three kinds of grid. */
export function addGrid(program: Command): void {
  withConnection(
    program
      .command('grid')
      .description(
        'Divide the city’s districts into streets, communities, basic grids (基础网格), single-person grids (单人网格) and dedicated grids (专属网格): seamless, coded by rule',
      ),
  )
    .option('--streets <n>', 'how many streets', '65')
    .option('--communities <n>', 'how many communities', '2500')
    .option('--basic <n>', 'how many basic grids', '4953')
    .option('--single <n>', 'how many single-person grids', '15864')
    .option('--dedicated <n>', 'how many dedicated grids', '1154')
    .option('--seed <n>', 'seed of the dedicated grids')
    .action(async (options: GridOptions) => {
      const counts = {
        streets: Number(options.streets),
        communities: Number(options.communities),
        basic: Number(options.basic),
        single: Number(options.single),
        dedicated: Number(options.dedicated),
      }
      const api = await connect(options)
      try {
        const answer = await api.call<Answer>('POST', '/api/v1/areas/divide', { counts, ...(options.seed === undefined ? {} : { seed: Number(options.seed) }) })
        const made = Object.entries(answer.counts)
          .map(([kind, count]) => `${count} ${kind}`)
          .join(', ')
        result(options.json, { ...answer }, [`${made}; ${answer.gaps} gaps, ${answer.overlaps} overlaps, ${answer.multiPart} grids in several parts`])
      } finally {
        await api.close()
      }
    })
}
