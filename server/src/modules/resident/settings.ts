import type { FormValues, HtmlAnswer } from '../../platform/http/html-routes.ts'
import { choices, heading } from './fields.ts'
import { markup } from './markup.ts'
import { icon } from './icons.ts'
import { page } from './layout.ts'
import { createReader, ELDER_COOKIE, LANGUAGE_COOKIE, type Reader } from './reader.ts'

/** What a form says of print and language; undefined where it says neither. */
export function chosenSettings(
  reader: Reader,
  values: FormValues,
): { readonly reader: Reader; readonly cookies: NonNullable<HtmlAnswer['cookies']> } | undefined {
  const elder = values.get('elder')?.[0]
  const language = values.get('language')?.[0]
  if (elder !== 'on' && elder !== 'off' && language !== 'en' && language !== 'zh-CN') return undefined
  const choice = {
    here: reader.here,
    elder: elder === undefined ? reader.elder : elder === 'on',
    language: language === 'en' || language === 'zh-CN' ? language : reader.language,
  }
  return {
    reader: createReader(reader.city, reader.now, choice),
    cookies: [
      { name: ELDER_COOKIE, value: choice.elder ? 'on' : 'off' },
      { name: LANGUAGE_COOKIE, value: choice.language },
    ],
  }
}

/** Where to go back to: a page of ours, never another site. */
export const pathBack = (said: string | undefined): string => (said !== undefined && /^\/r\/[\w/?=&%.-]*$/.test(said) ? said : '/r/')

/** Print and language, kept on the device alone. */
export function settingsPage(reader: Reader, saved: boolean): HtmlAnswer {
  const { t } = reader
  const body = markup`${heading(reader, t('settings.title'), t('settings.where'))}
    ${saved && markup`<p class="ok" role="status">${icon('check')}${t('settings.saved')}</p>`}
    <form method="post" action="/r/settings">
      <input type="hidden" name="back" value="/r/settings?saved=yes" />
      ${choices([], {
        name: 'elder',
        legend: t('settings.elder'),
        options: [
          ['off', t('settings.elderOff')],
          ['on', t('settings.elderOn')],
        ],
        chosen: reader.elder ? 'on' : 'off',
      })}
      ${choices([], {
        name: 'language',
        legend: t('settings.language'),
        options: [
          ['zh-CN', '中文'],
          ['en', 'English'],
        ],
        chosen: reader.language,
      })}
      <div class="buttons"><button class="main">${t('settings.save')}</button></div>
    </form>`
  return { html: page(reader, { title: t('settings.title'), body, nav: 'nav.settings' }) }
}
