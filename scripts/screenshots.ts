// Makes the pictures of the README from the running program: npm run screenshots. Needs Chromium.
import type { Page } from 'playwright-core'
import { figures, signIn } from './screenshots/people.ts'
import { walkSixSteps } from './screenshots/six-steps.ts'
import { openStage, type Stage } from './screenshots/stage.ts'

/** Tiles, names and the first events need a moment; there is nothing in the page that says "drawn". */
const DRAWN_MS = 6_000

const stage = await openStage()
try {
  const id = await walkSixSteps(stage)
  await keepCase(stage, id)
  await keepMap(stage)
  await keepWall(stage)
  await keepPhone(stage)
  await keepConsole(stage)
  await keepQueue(stage)
  await keepField(stage)
  await keepResident(stage)
} finally {
  await stage.close()
}

function keepCase(stage: Stage, id: string): Promise<void> {
  return withDispatcher(stage, { width: 1440, height: 1700 }, async (page) => {
    await page.goto(`/#/case/${id}`)
    await page.locator('.case-panel .ledger').waitFor()
    await page.waitForTimeout(DRAWN_MS)
    await stage.keep('case', page.locator('.case-panel'))
  })
}

function keepMap(stage: Stage): Promise<void> {
  return withDispatcher(stage, { width: 1920, height: 1080 }, async (page) => {
    await page.waitForTimeout(DRAWN_MS)
    await stage.keep('map', page)
  })
}

function keepWall(stage: Stage): Promise<void> {
  return withDispatcher(stage, { width: 1920, height: 1080 }, async (page) => {
    await page.goto('/?wall')
    await page.getByRole('button', { name: 'EN', exact: true }).click()
    await page.waitForTimeout(DRAWN_MS)
    await stage.keep('wall-en', page)
  })
}

function keepPhone(stage: Stage): Promise<void> {
  return withDispatcher(stage, { width: 390, height: 844 }, async (page) => {
    await page.waitForTimeout(DRAWN_MS)
    await stage.keep('phone', page)
  })
}

async function keepConsole(stage: Stage): Promise<void> {
  const [administrator] = figures(stage.running, 'administrator')
  if (!administrator) throw new Error('CITY_LACKS_PEOPLE')
  const page = await stage.open({ viewport: { width: 1440, height: 900 } })
  await page.goto('/console/')
  await page.locator('.demo').getByRole('button', { name: administrator.name }).first().click()
  await page.locator('.figures').first().waitFor()
  await stage.keep('console', page)
  await page.context().close()
}

async function keepQueue(stage: Stage): Promise<void> {
  const [acceptor] = figures(stage.running, 'acceptor')
  if (!acceptor) throw new Error('CITY_LACKS_PEOPLE')
  const page = await stage.open({ viewport: { width: 1440, height: 900 } })
  await page.goto('/console/')
  await page.locator('.demo').getByRole('button', { name: acceptor.name }).first().click()
  await page.locator('.queue-count').first().waitFor()
  await page.waitForTimeout(DRAWN_MS)
  await stage.keep('queue', page)
  await page.context().close()
}

async function keepField(stage: Stage): Promise<void> {
  const page = await stage.open({ viewport: { width: 390, height: 844 } })
  await page.goto('/field/')
  await page
    .getByRole('button', { name: /网格员/ })
    .first()
    .click()
  await page.waitForTimeout(DRAWN_MS)
  await stage.keep('field', page)
  await page.context().close()
}

async function keepResident(stage: Stage): Promise<void> {
  const page = await stage.open({ viewport: { width: 390, height: 844 } })
  await page.goto('/r/')
  await stage.keep('resident', page)
  await page.context().close()
}

/** Shows the page to a dispatcher, who sees the whole city, and closes it afterwards. */
async function withDispatcher(stage: Stage, viewport: { width: number; height: number }, work: (page: Page) => Promise<void>): Promise<void> {
  const [dispatcher] = figures(stage.running, 'dispatcher')
  if (!dispatcher) throw new Error('CITY_LACKS_PEOPLE')
  const page = await stage.open({ viewport })
  await signIn(page, dispatcher)
  await work(page).finally(() => page.context().close())
}
