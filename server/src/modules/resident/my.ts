import { workflowVersions } from '@linli/contract/workflows/all'
import type { HtmlAnswer } from '../../platform/http/html-routes.ts'
import { heading } from './fields.ts'
import { markup } from './markup.ts'
import { page } from './layout.ts'
import type { Reader } from './reader.ts'

/** What this device remembers (我的上报): the script fills it in from the device's own store, and the server never learns which belong together. */
export function myPage(reader: Reader): HtmlAnswer {
  const { t } = reader
  const body = markup`${heading(reader, t('my.title'), t('my.lead'))}
    <div
      data-my
      data-none="${t('my.none')}"
      data-forget="${t('my.forget')}"
      data-forget-all="${t('my.forgetAll')}"
      data-gone="${t('my.gone')}"
      data-states="${JSON.stringify(statesOf(reader))}"
    >
      <p class="note">${t('my.noScript')}</p>
    </div>
    <p><a class="button" href="/r/track">${t('nav.track')}</a></p>`
  return { html: page(reader, { title: t('my.title'), body, nav: 'nav.my', own: true }) }
}

const statesOf = (reader: Reader) =>
  Object.fromEntries(workflowVersions.flatMap((workflow) => Object.keys(workflow.states)).map((state) => [state, reader.word('now', state)]))
