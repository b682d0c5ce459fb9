import { intake as contract, RATINGS } from '@linli/contract/endpoints/intake'
import { errors, Refusal } from '@linli/contract/errors'
import { writeAudit } from '../../../platform/audit/audit.ts'
import type { HtmlAnswer, HtmlCall } from '../../../platform/http/html-routes.ts'
import type { Platform } from '../../../platform/platform.ts'
import type { ReportRow } from '../../intake/index.ts'
import { markup } from '../markup.ts'
import { page } from '../layout.ts'
import type { ResidentParts } from '../parts.ts'
import { publicCasesOf } from '../public-cases.ts'
import { readsOf } from '../reads.ts'
import type { Reader } from '../reader.ts'
import { askPage, soughtIn } from './ask.ts'
import { readsBody } from './reads-page.ts'
import { storyBody, type StoryParts } from './story.ts'
import { whyBody } from './why.ts'

const MOST_WORDS = 2_000
const READS = 50
type Shown = Partial<Pick<StoryParts, 'mistakes' | 'typed' | 'isNew' | 'done' | 'again' | 'key'>> & { readonly status?: number }

/** What a reporter does with a receipt: read, answer, ask a person, see who looked and why it was decided so. */
export function createTrackFlow(platform: Platform, parts: ResidentParts) {
  const { runtime } = platform
  const { reporters } = parts.intake
  const newKey = () => `a-${Buffer.from(runtime.random(18)).toString('base64url')}`

  /** Runs with the report of the receipt in the address; one that opens nothing leads back to the question. */
  const withReport = async (reader: Reader, call: HtmlCall, work: (report: ReportRow, receipt: string) => Promise<HtmlAnswer>): Promise<HtmlAnswer> => {
    const receipt = call.params['receipt'] ?? ''
    const report = await reporters.find(receipt).catch((error: unknown) => {
      if (error instanceof Refusal && error.code === 'NOT_FOUND') return undefined
      throw error
    })
    return report ? work(report, receipt) : askPage(reader, receipt, 'track.unknown')
  }

  const story = async (reader: Reader, report: ReportRow, receipt: string, shown: Shown = {}): Promise<HtmlAnswer> => {
    const [tracked, account] = await Promise.all([reporters.track(report), parts.cases.explainToReporter(report.caseId)])
    const { mistakes = [] } = shown
    const body = storyBody(reader, {
      receipt,
      tracked,
      account,
      mistakes,
      typed: shown.typed ?? {},
      key: shown.key ?? newKey(),
      isNew: shown.isNew === true,
      done: shown.done,
      again: shown.again === true,
    })
    const title = `${mistakes.length > 0 ? `${reader.t('site.wrongTitle')} – ` : ''}${tracked.matterName ?? reader.t('track.title')}`
    return { status: shown.status ?? (mistakes.length > 0 ? 422 : 200), html: page(reader, { title, body, nav: 'nav.track', own: true }) }
  }

  const refused = async (call: HtmlCall, report: ReportRow, action: string, refusal: Refusal): Promise<void> =>
    writeAudit(platform.db, runtime, {
      districtId: report.districtId,
      requestId: call.requestId,
      actor: { kind: 'public', client: call.ip },
      action,
      objectKind: 'case',
      objectId: report.caseId,
      outcome: 'refused',
      errorCode: refusal.code,
    })

  /** Says what stands against an answer: a time that is over in words of its own, anything else as its error says. */
  const objection = (reader: Reader, refusal: Refusal): string => {
    if (refusal.code === 'CASES_MOVE_NOT_ALLOWED' || refusal.code === 'CASES_WINDOW_OVER' || refusal.code === 'KEY_REUSED') return reader.t('track.wrongOver')
    const words = errors[refusal.code]
    return reader.t('wrong.other', { title: reader.pick({ zh: words.zh, en: words.en }), do: reader.pick({ zh: words.doZh, en: words.doEn }) })
  }

  return {
    ask: (reader: Reader): HtmlAnswer => askPage(reader, ''),
    seek: async (reader: Reader, call: HtmlCall): Promise<HtmlAnswer> => {
      const typed = (await call.form()).get('sought')?.[0] ?? ''
      const sought = soughtIn(typed)
      if (!sought) return askPage(reader, typed, 'track.malformed')
      if ('receipt' in sought) return { to: `/r/track/${sought.receipt}` }
      const { rows } = await publicCasesOf(platform, parts, { number: sought.number, limit: 1 })
      return rows.length === 0 ? askPage(reader, typed, 'track.unknownNumber') : { to: `/r/cases/${sought.number}` }
    },
    show: (reader: Reader, call: HtmlCall) =>
      withReport(reader, call, (report, receipt) => {
        const done = (['thanks', 'reopened', 'reviewed'] as const).find((value) => value === call.query.get('done'))
        return story(reader, report, receipt, { isNew: call.query.get('new') === 'yes', again: call.query.get('again') === 'yes', ...(done ? { done } : {}) })
      }),
    answer: (reader: Reader, call: HtmlCall) =>
      withReport(reader, call, async (report, receipt) => {
        const values = await call.form()
        const first = (name: string) => values.get(name)?.[0] ?? ''
        const typed = { fixed: first('fixed'), rating: first('rating'), text: first('text') }
        const rating = RATINGS.find((value) => value === typed.rating)
        const mistakes = [
          ...(typed.fixed === 'yes' || typed.fixed === 'no' ? [] : [{ field: 'fixed', text: reader.t('track.wrongFixed') }]),
          ...(rating ? [] : [{ field: 'rating', text: reader.t('track.wrongRating') }]),
          ...tooLong(reader, 'text', typed.text),
        ]
        const key = keyOf(first('key')) ?? newKey()
        if (mistakes.length > 0 || !rating) return story(reader, report, receipt, { mistakes, typed, key })
        try {
          const body = { fixed: typed.fixed === 'yes', rating, ...(typed.text.trim() === '' ? {} : { text: typed.text }) }
          const { reopened } = await reporters.answer(report, { body, key, requestId: call.requestId })
          return { to: `/r/track/${receipt}?done=${reopened ? 'reopened' : 'thanks'}` }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          await refused(call, report, contract.answer.id, error)
          return story(reader, report, receipt, { typed, mistakes: [{ field: 'main', text: objection(reader, error) }], status: errors[error.code].status })
        }
      }),
    review: (reader: Reader, call: HtmlCall) =>
      withReport(reader, call, async (report, receipt) => {
        const values = await call.form()
        const why = values.get('why')?.[0] ?? ''
        const mistakes = why.trim() === '' ? [{ field: 'why', text: reader.t('track.wrongWhy') }] : tooLong(reader, 'why', why)
        const key = keyOf(values.get('key')?.[0] ?? '') ?? newKey()
        if (mistakes.length > 0) return story(reader, report, receipt, { mistakes, typed: { why }, key })
        try {
          await reporters.askReview(report, { body: { text: why }, actor: { kind: 'public', client: call.ip }, key, requestId: call.requestId })
          return { to: `/r/track/${receipt}?done=reviewed` }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          await refused(call, report, contract.askReview.id, error)
          return story(reader, report, receipt, {
            typed: { why },
            mistakes: [{ field: 'main', text: objection(reader, error) }],
            status: errors[error.code].status,
          })
        }
      }),
    why: (reader: Reader, call: HtmlCall) =>
      withReport(reader, call, async (report, receipt) => {
        const [tracked, account] = await Promise.all([reporters.track(report), parts.cases.explainToReporter(report.caseId)])
        return beside(reader, receipt, reader.t('explain.title'), whyBody(reader, tracked, account))
      }),
    reads: (reader: Reader, call: HtmlCall) =>
      withReport(reader, call, async (report, receipt) => {
        const found = await readsOf(platform, report.caseId, { limit: READS, cursor: call.query.get('cursor') ?? undefined })
        return beside(reader, receipt, reader.t('reads.title'), readsBody(reader, receipt, found))
      }),
  }
}

/** A page beside the story, with the way back to it. */
function beside(reader: Reader, receipt: string, title: string, inner: ReturnType<typeof markup>): HtmlAnswer {
  const body = markup`<p><a class="back" href="/r/track/${receipt}">${reader.t('site.back')}</a></p>
    ${inner}`
  return { html: page(reader, { title, body, nav: 'nav.track', own: true }) }
}

const keyOf = (said: string) => (/^a-[\w-]{20,60}$/.test(said) ? said : undefined)
const tooLong = (reader: Reader, field: string, said: string) =>
  [...said].length > MOST_WORDS ? [{ field, text: reader.t('wrong.textLong', { n: MOST_WORDS, now: [...said].length }) }] : []
