import { readableOn } from '@linli/lib/color'
import { markup, type Html } from './markup.ts'
import { icon, type IconName } from './icons.ts'
import type { Reader } from './reader.ts'
import type { WordKey } from './words/zh-cn.ts'

export interface PageParts {
  readonly title: string
  readonly body: Html
  /** Which entry of the navigation it belongs to. */
  readonly nav?: WordKey
  /** The id of a form that carries what was typed: the switches send it along, so that nothing is lost. */
  readonly carries?: string
  /** A page of one case or one device: not for search engines. */
  readonly own?: boolean
}

const NAV: readonly (readonly [href: string, key: WordKey, icon: IconName, always: boolean])[] = [
  ['/r/report', 'nav.report', 'pen', true],
  ['/r/track', 'nav.track', 'search', true],
  ['/r/map', 'nav.map', 'map', false],
  ['/r/my', 'nav.my', 'list', true],
  ['/r/consents', 'nav.rights', 'shield', false],
  ['/r/settings', 'nav.settings', 'sliders', false],
]
/** Surfaces of the style sheet on which the brand's colour is read as text, light and dark. */
const LIGHT = '#ffffff'
const DARK = '#1a2328'

/** A whole page: the city's name and colour, the two switches, the content, the way to everything else, and the way without a screen. */
export function page(reader: Reader, parts: PageParts): string {
  const { t, city } = reader
  const { color } = city.brand
  const brand = `--brand:${readableOn(color, LIGHT, 5.2)};--brand-ink:${readableOn(color, LIGHT, 5.2)};--brand-ink-dark:${readableOn(color, DARK, 6)}`
  return `<!doctype html>${String(
    markup` <html lang="${reader.language}" class="${reader.elder ? 'elder' : 'plain'}" style="${brand}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="${readableOn(color, LIGHT, 5.2)}" />
        <meta name="format-detection" content="telephone=no" />
        ${parts.own === true && markup`<meta name="robots" content="noindex" />`}
        <title>${parts.title} – ${reader.cityName}</title>
        <link rel="stylesheet" href="/r/assets/resident.css" />
        <link rel="icon" href="/r/assets/icon.svg" type="image/svg+xml" />
        <script type="module" src="/r/assets/resident.js"></script>
      </head>
      <body data-reading="${t('site.readAloud')}" data-stop="${t('site.stopReading')}">
        <a class="skip" href="#main">${t('site.skip')}</a>
        ${parts.carries !== undefined && markup`<button class="hidden" form="${parts.carries}" name="go" value="next" tabindex="-1" aria-hidden="true"></button>`}
        <header class="top">
          <div class="top-row">
            <a class="brand" href="/r/"><b>${reader.cityName}</b><span>${t('site.tagline')}</span></a>
            ${switches(reader, parts.carries)}
          </div>
        </header>
        <main id="main" tabindex="-1">${parts.body}</main>
        <footer>
          <nav aria-label="${t('nav.label')}">
            <ul>
              ${NAV.filter(([, , , always]) => always || !reader.elder).map(
                ([href, key, name]) =>
                  markup`<li>
                    <a href="${href}" ${parts.nav === key && markup` aria-current="page"`}>${icon(name)}<span>${t(key)}</span></a>
                  </li>`,
              )}
            </ul>
          </nav>
          <p>${t('site.phone')}</p>
          <p>${t('site.noTracking')}</p>
        </footer>
      </body>
    </html>`,
  )}`
}

/** The way to large print and to the other language stands on every page (工信部 2021: a visible entry). */
function switches({ t, elder, language, here }: Reader, carries: string | undefined): Html {
  const buttons = (form: Html | null) =>
    markup` <button class="switch" name="elder" value="${elder ? 'off' : 'on'}" ${form} formnovalidate>
        ${icon('type')}<span>${t(elder ? 'site.elderOff' : 'site.elderOn')}</span>
      </button>
      <button class="switch" name="language" value="${language === 'en' ? 'zh-CN' : 'en'}" ${form} formnovalidate lang="${language === 'en' ? 'zh-CN' : 'en'}">
        <span>${t('site.otherLanguage')}</span>
      </button>`
  return carries === undefined
    ? markup`<form class="switches" method="post" action="/r/settings"><input type="hidden" name="back" value="${here}" />${buttons(null)}</form>`
    : markup`<div class="switches">${buttons(markup` form="${carries}"`)}</div>`
}
