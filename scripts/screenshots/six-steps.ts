import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { intake } from '@linli/contract/endpoints/intake'
import type { places } from '@linli/contract/endpoints/places'
import type { Page } from 'playwright-core'
import { paintTile } from '../../server/src/cli/demo-driver/photo.ts'
import { figures, fillMove, sendMove, signIn, type Figure, type Filling } from './people.ts'
import type { Stage } from './stage.ts'

const SAID = '小学对面的上水井盖移位了，露出半个口子，孩子上学要绕着走。'
const SIZE = { viewport: { width: 1440, height: 900 } }
type Area = AnswerOf<typeof places.listAreas>['rows'][number]

/** Walks one case through all six steps (六步闭环), each person in a browser of their own; keeps six pictures and returns the case's id. */
export async function walkSixSteps(stage: Stage): Promise<string> {
  const { running } = stage
  const [acceptor, closer] = figures(running, 'acceptor')
  const [dispatcher] = figures(running, 'dispatcher')
  const [evaluator] = figures(running, 'evaluator')
  const workers = figures(running, 'grid-worker').filter(({ areaCode }) => areaCode.length > 6)
  const reporter = workers[0]
  const checker = workers.find((worker) => worker !== reporter && worker.areaCode === reporter?.areaCode)
  if (!acceptor || !closer || !dispatcher || !evaluator || !reporter || !checker) throw new Error('CITY_LACKS_PEOPLE')

  const id = await as(stage, reporter, async (page) => {
    const opened = await reportFrom(page, reporter.areaCode)
    await look(page, opened)
    await stage.keep('six-1', page)
    return opened
  })
  const act = (who: Figure, move: Parameters<typeof fillMove>[1], filling: Filling, picture?: string) =>
    as(stage, who, async (page) => {
      await look(page, id)
      await fillMove(page, move, filling)
      await page.locator('.case-scroll').evaluate((panel) => panel.scrollTo(0, 0))
      if (picture !== undefined) await stage.keep(picture, page)
      await sendMove(page)
    })

  await act(acceptor, 'move.file', { matter: '上水井盖', note: '电话核实，属实' }, 'six-2')
  await act(dispatcher, 'move.dispatch', { note: '学校周边，请优先处置' }, 'six-3')
  const unit = await as(stage, dispatcher, async (page) => (await answer<AnswerOf<typeof cases.get>>(page, `/api/v1/cases/${id}`)).case.owner ?? '')
  const [manager] = figures(running, 'manager', unit)
  const [handler] = figures(running, 'handler', unit)
  if (!manager || !handler) throw new Error(`CITY_LACKS_PEOPLE ${unit}`)
  await act(manager, 'move.accept', {})
  await act(handler, 'move.handle', { note: '已先围挡，后更换井盖，踩踏无晃动', photo: Buffer.from(paintTile(0.3)) }, 'six-4')
  await act(checker, 'move.check', { note: '现场查看，井盖完好，围挡已撤', photo: Buffer.from(paintTile(0.6)) }, 'six-5')
  await act(closer, 'move.close', { closingMet: true, publicReply: '井盖已更换完好，感谢您的提醒。' })
  await act(evaluator, 'move.evaluate', { note: '按期办结，答复清楚' }, 'six-6')
  return id
}

/** Lets somebody act in a browser of their own that is closed afterwards. */
async function as<T>(stage: Stage, who: Figure, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await stage.open(SIZE)
  await signIn(page, who)
  return work(page).finally(() => page.context().close())
}

/** Opens the case by its address and waits until the panel is filled and the map has drawn. */
async function look(page: Page, id: string): Promise<void> {
  await page.goto(`/#/case/${id}`)
  await page.locator('.case-panel .ledger').waitFor()
  await page.waitForTimeout(2_500)
}

/** Reports as whoever is signed in: the command map has no form for it, so the page's session is used through the API. */
async function reportFrom(page: Page, areaCode: string): Promise<string> {
  let [area] = (await answer<{ rows: Area[] }>(page, `/api/v1/areas?parent=${areaCode}`)).rows
  while (area && area.children > 0 && area.gridKind !== 'basic') [area] = (await answer<{ rows: Area[] }>(page, `/api/v1/areas?parent=${area.code}`)).rows
  const body = { channel: 'field', text: SAID, position: { ...area?.center, crs: 'wgs84' } }
  const reported = await page.request.post('/api/v1/reports', { data: body, headers: { 'idempotency-key': `pictures:${crypto.randomUUID()}` } })
  if (reported.status() !== 201) throw new Error(`REPORT_REFUSED ${await reported.text()}`)
  const { case: opened } = (await reported.json()) as AnswerOf<typeof intake.report>
  return opened.id
}

async function answer<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(path, { headers: { 'linli-purpose': 'handle-case' } })
  return (await response.json()) as T
}
