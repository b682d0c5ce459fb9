import type { HtmlAnswer } from '../../platform/http/html-routes.ts'
import { link } from './fields.ts'
import { markup } from './markup.ts'
import { icon } from './icons.ts'
import { page } from './layout.ts'
import type { PublicCase } from './public-cases.ts'
import type { Reader } from './reader.ts'

/** The front page (首页): what one can do here, largest first; in large print only what most come for. */
export function homePage(reader: Reader, recent: readonly PublicCase[]): HtmlAnswer {
  const { t, pick, city } = reader
  const body = markup`<div class="hero">
      <p class="slogan">${pick({ zh: city.brand.sloganZh, en: city.brand.sloganEn })}</p>
      <div class="heading">
        <h1>${t('home.title')}</h1>
        <button type="button" class="read" data-read hidden>${icon('sound')}<span>${t('site.readAloud')}</span></button>
      </div>
      <a class="start" href="/r/report"
        >${icon('pen')}<span><b>${t('home.report')}</b><span>${t('home.reportHint')}</span></span></a
      >
    </div>
    <nav class="cards" aria-label="${t('nav.label')}">
      ${link('/r/track', 'search', t('home.track'), t('home.trackHint'))} ${link('/r/my', 'list', t('home.my'), t('home.myHint'))}
      ${!reader.elder && [link('/r/map', 'map', t('home.map'), t('home.mapHint')), link('/r/consents', 'shield', t('home.rights'), t('home.rightsHint'))]}
    </nav>
    <p class="urgent">${icon('alert')}<span>${t('home.urgent')}</span></p>
    ${
      !reader.elder &&
      markup`<section>
        <h2>${t('home.recent')}</h2>
        ${
          recent.length === 0
            ? markup`<p class="hint">${t('home.recentNone')}</p>`
            : markup`<ul class="rows">
                ${recent.map(
                  (one) =>
                    markup`<li>
                      <a href="/r/cases/${one.number}"><b>${one.matterName}</b></a
                      ><span class="hint">${one.areaNames.join(' ')} · ${reader.day(one.changedOn)}</span
                      >${one.publicReply !== null && markup`<q>${one.publicReply}</q>`}
                    </li>`,
                )}
              </ul>`
        }
      </section>`
    }`
  return { html: page(reader, { title: t('nav.home'), body, nav: 'nav.home' }) }
}
