import { errors, type Refusal } from '@linli/contract/errors'
import type { HtmlAnswer, HtmlCall, HtmlPages, HtmlRoute } from '../../platform/http/html-routes.ts'
import type { Platform } from '../../platform/platform.ts'
import { mapPage, publicCasePage } from './city-map.ts'
import { heading } from './fields.ts'
import { homePage } from './home.ts'
import { markup } from './markup.ts'
import { page } from './layout.ts'
import { myPage } from './my.ts'
import type { ResidentParts } from './parts.ts'
import { publicCasesOf } from './public-cases.ts'
import { readerOf, type Reader } from './reader.ts'
import { createGround } from './report/ground.ts'
import { createReportFlow } from './report/flow.ts'
import { rightsPage } from './rights.ts'
import { chosenSettings, pathBack, settingsPage } from './settings.ts'
import { askPage } from './track/ask.ts'
import { createTrackFlow } from './track/flow.ts'

type Page = (reader: Reader, call: HtmlCall) => Promise<HtmlAnswer> | HtmlAnswer
const RECENT = 3
const MAP_ROWS = 20

/** Every page under /r/, by path. */
export function residentPages(platform: Platform, parts: ResidentParts): HtmlPages {
  const report = createReportFlow(platform, parts)
  const track = createTrackFlow(platform, parts)
  const ground = createGround(parts)
  const reader = (call: HtmlCall) => readerOf(platform.city.city, platform.runtime.now(), call)
  const on = (method: HtmlRoute['method'], id: string, path: string, answer: Page): HtmlRoute => ({
    id: `resident.${id}`,
    method,
    path,
    handler: async (call) => answer(reader(call), call),
  })
  return {
    prefix: '/r/',
    routes: [
      on('GET', 'home', '/r/', async (who) => homePage(who, (await publicCasesOf(platform, parts, { closed: 'true', limit: RECENT })).rows)),
      on('GET', 'reportPage', '/r/report', (who) => report.begin(who)),
      on('POST', 'reportForm', '/r/report', (who, call) => report.go(who, call)),
      on('GET', 'trackPage', '/r/track', (who) => track.ask(who)),
      on('POST', 'trackForm', '/r/track', (who, call) => track.seek(who, call)),
      on('GET', 'story', '/r/track/:receipt', (who, call) => track.show(who, call)),
      on('POST', 'answerForm', '/r/track/:receipt/answer', (who, call) => track.answer(who, call)),
      on('POST', 'reviewForm', '/r/track/:receipt/review', (who, call) => track.review(who, call)),
      on('GET', 'whyPage', '/r/track/:receipt/why', (who, call) => track.why(who, call)),
      on('GET', 'readsPage', '/r/track/:receipt/reads', (who, call) => track.reads(who, call)),
      on('GET', 'map', '/r/map', async (who, call) => {
        const area = call.query.get('area') ?? ''
        const which = (['open', 'closed', 'all'] as const).find((value) => value === call.query.get('which')) ?? 'open'
        const cursor = call.query.get('cursor')
        const found = await publicCasesOf(platform, parts, {
          limit: MAP_ROWS,
          ...(area === '' ? {} : { area }),
          ...(which === 'all' ? {} : { closed: which === 'closed' ? 'true' : 'false' }),
          ...(cursor === null ? {} : { cursor }),
        })
        return mapPage(who, { area, which }, found, ground.streets(), parts.places.bbox())
      }),
      on('GET', 'publicCase', '/r/cases/:number', async (who, call) => {
        const [row] = (await publicCasesOf(platform, parts, { number: call.params['number'] ?? '', limit: 1 })).rows
        return row ? publicCasePage(who, row) : askPage(who, call.params['number'] ?? '', 'track.unknownNumber')
      }),
      on('GET', 'my', '/r/my', (who) => myPage(who)),
      on('GET', 'consents', '/r/consents', (who) => rightsPage(who)),
      on('GET', 'settings', '/r/settings', (who, call) => settingsPage(who, call.query.get('saved') === 'yes')),
      on('POST', 'settingsForm', '/r/settings', async (who, call) => {
        const values = await call.form()
        const chosen = chosenSettings(who, values)
        return { to: pathBack(values.get('back')?.[0]), ...(chosen ? { cookies: chosen.cookies } : {}) }
      }),
    ],
    failure: (call, refusal) => failurePage(reader(call), refusal),
  }
}

/** What went wrong and what to do, in the words of its error. */
function failurePage(reader: Reader, refusal: Refusal): HtmlAnswer {
  const { t } = reader
  const words = errors[refusal.code]
  const absent = refusal.code === 'NOT_FOUND'
  const title = absent ? t('fault.notFound') : t('fault.title')
  const said = absent
    ? t('fault.notFoundDo')
    : refusal.code === 'RATE_LIMITED'
      ? t('fault.rate')
      : t('wrong.other', { title: reader.pick({ zh: words.zh, en: words.en }), do: reader.pick({ zh: words.doZh, en: words.doEn }) })
  const body = markup`${heading(reader, title)}
    <p class="lead">${said}</p>
    <p><a class="button" href="/r/">${t('site.homeLink')}</a></p>`
  return { status: words.status, html: page(reader, { title, body, own: true }) }
}
