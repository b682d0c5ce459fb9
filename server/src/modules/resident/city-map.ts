import { STEPS } from '@linli/contract/workflow'
import type { HtmlAnswer } from '../../platform/http/html-routes.ts'
import { heading, stepLine } from './fields.ts'
import { markup, type Html } from './markup.ts'
import { icon } from './icons.ts'
import { page } from './layout.ts'
import type { PublicCase, PublicCasesAnswer } from './public-cases.ts'
import type { Reader } from './reader.ts'
import type { StepFacts } from './report/steps.ts'

export interface MapQuery {
  readonly area: string
  readonly which: 'open' | 'closed' | 'all'
}

/** The public map (公开地图): a list that anybody can read, and the same on a map for those whose browser draws one. */
export function mapPage(reader: Reader, asked: MapQuery, found: PublicCasesAnswer, streets: StepFacts['streets'], bbox: readonly number[]): HtmlAnswer {
  const { t } = reader
  const which = [
    ['open', t('map.whichOpen')],
    ['closed', t('map.whichClosed')],
    ['all', t('map.whichAll')],
  ] as const
  const query = (cursor: string) => `/r/map?area=${asked.area}&which=${asked.which}&cursor=${cursor}`
  const body = markup`${heading(reader, t('map.title'), t('map.lead'))}
    <form class="filter" method="get" action="/r/map">
      <p class="pair"><label for="area">${t('map.area')}</label
      ><select id="area" name="area">
        <option value="">${t('map.areaAll')}</option>
        ${streets.map(
          ({ district, rows }) =>
            markup`<optgroup label="${district}">
              ${rows.map(({ code, name }) => markup`<option value="${code}" ${code === asked.area && markup` selected`}>${name}</option>`)}
            </optgroup>`,
        )}
      </select></p>
      <p class="pair"><label for="which">${t('map.which')}</label
      ><select id="which" name="which">
        ${which.map(([value, text]) => markup`<option value="${value}" ${value === asked.which && markup` selected`}>${text}</option>`)}
      </select></p>
      <button>${t('map.filter')}</button>
    </form>
    <div
      class="public-map"
      data-public-map
      hidden
      data-bbox="${bbox.join(',')}"
      data-area="${asked.area}"
      data-which="${asked.which}"
      data-count="${t('map.onMap')}"
    >
      <button type="button" data-open-map>${icon('map')}<span>${t('map.show')}</span></button>
      <div class="map" data-map hidden></div>
      <p role="status" class="hint" data-map-said></p>
    </div>
    <h2>${t('map.listTitle')}</h2>
    ${
      found.rows.length === 0
        ? markup`<p class="hint">${t('map.none')}</p>`
        : markup`<ul class="rows">
            ${found.rows.map((one) => markup`<li id="${one.number}">${publicRow(reader, one)}</li>`)}
          </ul>`
    }
    ${found.next !== null && markup`<p><a class="button" href="${query(found.next)}">${t('site.more')}</a></p>`}`
  return { html: page(reader, { title: t('map.title'), body, nav: 'nav.map' }) }
}

function publicRow(reader: Reader, one: PublicCase): Html {
  const { t } = reader
  return markup`<a href="/r/cases/${one.number}"><b>${one.matterName}</b></a
    ><span class="tag ${one.closed ? 'done' : 'now'}">${reader.word('step', one.step)}</span>
    <span class="hint">${one.areaNames.join(' ')} · ${t('map.opened', { day: reader.day(one.openedOn) })}</span>`
}

/** One public case: how far it is, and what was done; nothing of who reported it. */
export function publicCasePage(reader: Reader, one: PublicCase): HtmlAnswer {
  const { t } = reader
  const facts = [
    one.areaNames.join(' '),
    t('map.opened', { day: reader.day(one.openedOn) }),
    t('map.changed', { day: reader.day(one.changedOn) }),
    one.unitName === null ? undefined : t('map.by', { unit: one.unitName }),
    one.dueOn === null ? undefined : t('map.due', { day: reader.day(one.dueOn) }),
  ]
  const body = markup`${heading(reader, one.matterName)}
    <p class="hint">${t('track.number', { number: one.number })}</p>
    <section class="now">
      <p class="state">${icon(one.closed ? 'check' : 'clock')}<strong>${reader.word('now', one.state)}</strong></p>
      ${stepLine(reader, STEPS, one.step, one.closed)}
    </section>
    <ul class="plain">
      ${facts.flatMap((fact) => (fact === undefined ? [] : [markup`<li>${fact}</li>`]))}
    </ul>
    ${
      one.publicReply !== null &&
      markup`<section>
        <h2>${t('track.reply')}</h2>
        <blockquote>${one.publicReply}</blockquote>
      </section>`
    }
    <p>${t('case.mine')} <a href="/r/track">${t('nav.track')}</a></p>`
  return { html: page(reader, { title: one.matterName, body, nav: 'nav.map' }) }
}
