import type { Page } from 'playwright-core'
import { command } from '../../web/shared/i18n/zh-cn/command.ts'
import { loop } from '../../web/shared/i18n/zh-cn/loop.ts'
import type { Running } from '../../server/src/start.ts'

/** Somebody of the demo city, by what is written on the sign-in card. */
export interface Figure {
  readonly name: string
  readonly areaCode: string
}

/** The people at posts with a role, in the city's order; those of one unit where it is named. */
export function figures(running: Running, role: string, unit?: string): Figure[] {
  const { organisation } = running.platform.city
  return organisation.people.flatMap((person) => {
    const post = organisation.posts.find(({ code }) => code === person.posts[0])
    return post?.roles.includes(role) && (unit === undefined || post.unit === unit) ? [{ name: person.name, areaCode: post.areaCode }] : []
  })
}

/** Signs somebody in as a visitor does: finds the name among the demo people and clicks on it. */
export async function signIn(page: Page, { name }: Figure): Promise<void> {
  await page.getByRole('searchbox', { name: command['command.findPerson'] }).fill(name)
  await page.locator('.demo-people').getByRole('button', { name }).first().click()
  await page.locator('#cases, .indicators, .account').first().waitFor()
}

/** What is filled into a move's form before it is sent; what the form has chosen beforehand stays. */
export interface Filling {
  readonly matter?: string
  readonly note?: string
  readonly publicReply?: string
  readonly photo?: Buffer
  readonly closingMet?: boolean
}

/** Opens a move's form in the case's panel and fills it in. */
export async function fillMove(page: Page, move: keyof typeof loop & `move.${string}`, filling: Filling): Promise<void> {
  await page.locator('.move-buttons').getByRole('button', { name: loop[move], exact: true }).click()
  const form = page.getByRole('form', { name: loop[move], exact: true })
  await form.waitFor()
  if (filling.matter !== undefined) {
    const field = form.locator('#move-matter')
    await field.fill(filling.matter)
    await page.locator(`.ant-select-item-option[title^="${filling.matter}"]`).waitFor()
    await field.press('Enter')
    await form.getByRole('radio').first().check()
  }
  if (filling.closingMet === true) await form.getByRole('checkbox').check()
  if (filling.photo) {
    await form.locator('#move-evidence').setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: filling.photo })
    await form.locator('.files .icon-button').waitFor()
  }
  if (filling.note !== undefined) await form.locator('#move-note').fill(filling.note)
  if (filling.publicReply !== undefined) await form.locator('#move-reply').fill(filling.publicReply)
}

/** Sends the open form and waits until the ledger has the line. */
export async function sendMove(page: Page): Promise<void> {
  await page.locator('.move-form button[type=submit]').click()
  await page.locator('.moves-said').waitFor()
}
