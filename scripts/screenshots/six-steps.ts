import type { AnswerOf } from '@linli/contract/endpoint'
import type { cases } from '@linli/contract/endpoints/cases'
import type { places } from '@linli/contract/endpoints/places'
import type { Page } from 'playwright-core'
import { report as words } from '../../web/shared/i18n/zh-cn/report.ts'
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

/** Reports as grid workers do: shows the first grid of an area on the map, points into it, and fills in the form that the map's card offers. */
async function reportFrom(page: Page, areaCode: string): Promise<string> {
  let [area] = (await answer<{ rows: Area[] }>(page, `/api/v1/areas?parent=${areaCode}`)).rows
  while (area && area.children > 0 && area.gridKind !== 'basic') [area] = (await answer<{ rows: Area[] }>(page, `/api/v1/areas?parent=${area.code}`)).rows
  if (!area) throw new Error(`CITY_LACKS_GRIDS ${areaCode}`)
  await page.goto(`/#/area/${area.code}`)
  await pointInto(page, area.code)
  await page.getByRole('button', { name: words['report.here'] }).click()
  await page.locator('#report-text').fill(SAID)
  await page.getByRole('button', { name: words['report.send'] }).click()
  await page.locator('.case-panel .reported').waitFor()
  const [, id] = /#\/case\/(.+)$/.exec(page.url()) ?? []
  if (id === undefined) throw new Error(`REPORT_NOT_SHOWN ${page.url()}`)
  return id
}

/** Clicks around the middle of the free part of the map until its card names the area: the map may still be on its way, or a case may lie there. */
async function pointInto(page: Page, areaCode: string): Promise<void> {
  const code = page.locator('.area-card code', { hasText: areaCode })
  for (const [dx, dy] of [
    [0, 0],
    [0, 0],
    [25, 15],
    [-25, 15],
    [25, -30],
    [-25, -30],
  ] as const) {
    await page.waitForTimeout(1_500)
    const free = await page.locator('.map-view').boundingBox()
    if (!free) throw new Error('MAP_MISSING')
    await page.mouse.click(free.x + free.width / 2 + dx, free.y + free.height / 2 - 24 + dy)
    if (
      await code
        .first()
        .waitFor({ timeout: 2_000 })
        .then(
          () => true,
          () => false,
        )
    )
      return
    if (await page.locator('.area-card header button').isVisible()) await page.locator('.area-card header button').click()
    if (page.url().includes('#/case/')) await page.goBack()
  }
  throw new Error(`AREA_NOT_FOUND_ON_MAP ${areaCode}`)
}

async function answer<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(path, { headers: { 'linli-purpose': 'handle-case' } })
  return (await response.json()) as T
}
