import { markup, type Html } from './markup.ts'
import { icon } from './icons.ts'
import type { Reader } from './reader.ts'
import type { WordKey } from './words/zh-cn.ts'

/** Something to correct: which field, and what to do in words. */
export interface Mistake {
  readonly field: string
  readonly text: string
}

/** What has to be corrected, above the form and first to be read; each line leads to its field. */
export function mistakeList({ t }: Reader, mistakes: readonly Mistake[]): Html {
  if (mistakes.length === 0) return markup``
  return markup`<section class="wrong-list" role="alert" aria-labelledby="wrong-title" tabindex="-1" data-focus>
    <h2 id="wrong-title">${icon('alert')}${t('site.wrongTitle')}</h2>
    <p>${t('site.wrongLead')}</p>
    <ul>
      ${mistakes.map(({ field, text }) => markup`<li><a href="#${field}">${text}</a></li>`)}
    </ul>
  </section>`
}

/** The mistake of one field, beside it. */
export const mistakeAt = (mistakes: readonly Mistake[], field: string): Html => {
  const found = mistakes.filter((mistake) => mistake.field === field)
  return found.length === 0
    ? markup``
    : markup`<p class="wrong" id="${field}-wrong">${icon('alert')}<span>${found.map(({ text }) => text).join(' ')}</span></p>`
}

/** The attributes that tie a field to its hint and its mistake. */
export function tied(mistakes: readonly Mistake[], field: string, hint: boolean): Html {
  const wrong = mistakes.some((mistake) => mistake.field === field)
  const ids = [...(hint ? [`${field}-hint`] : []), ...(wrong ? [`${field}-wrong`] : [])].join(' ')
  return markup`${ids !== '' && markup` aria-describedby="${ids}"`}${wrong && markup` aria-invalid="true"`}`
}

export interface TextField {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly rows?: number
  readonly optional?: boolean
  readonly autocomplete?: string
}

/** A field for words: label, hint, mistake, then the field, in the order in which they are read. */
export function textField(reader: Reader, mistakes: readonly Mistake[], { name, label, hint, value, rows, optional, autocomplete = 'off' }: TextField): Html {
  const attributes = markup` id="${name}" name="${name}" autocomplete="${autocomplete}"${tied(mistakes, name, hint !== undefined)}`
  return markup`<div class="field">
    <label for="${name}">${label}${optional === true && markup` <small>${reader.t('site.optional')}</small>`}</label>
    ${hint !== undefined && markup`<p class="hint" id="${name}-hint">${hint}</p>`}${mistakeAt(mistakes, name)}
    ${
      rows === undefined
        ? markup`<input type="text" ${attributes} value="${value}" />`
        : // A browser drops the first line end of a text area.
          markup`<textarea rows="${rows}" ${attributes}>${`\n${value}`}</textarea>`
    }
  </div>`
}

/** A group of choices of which one is taken. */
export function choices(
  mistakes: readonly Mistake[],
  {
    name,
    legend,
    hint,
    options,
    chosen,
  }: { name: string; legend: string; hint?: string; options: readonly (readonly [value: string, text: string])[]; chosen: string },
): Html {
  return markup`<fieldset class="field" ${tied(mistakes, name, hint !== undefined)}>
    <legend>${legend}</legend>
    ${hint !== undefined && markup`<p class="hint" id="${name}-hint">${hint}</p>`}${mistakeAt(mistakes, name)}
    <div class="choices">
      ${options.map(
        // The first carries the group's name, so that the list of mistakes leads to where one can choose.
        ([value, text], index) =>
          markup`<label class="choice"
            ><input type="radio" ${index === 0 && markup` id="${name}"`} name="${name}" value="${value}" ${chosen === value && markup` checked`} /><span
              >${text}</span
            ></label
          >`,
      )}
    </div>
  </fieldset>`
}

/** A heading of a page with the way to have it read aloud, which only the script can offer. */
export const heading = ({ t }: Reader, title: string, lead?: string): Html =>
  markup`<div class="heading">
      <h1>${title}</h1>
      <button type="button" class="read" data-read hidden>${icon('sound')}<span>${t('site.readAloud')}</span></button>
    </div>
    ${lead !== undefined && markup`<p class="lead">${lead}</p>`}`

/** The steps of a case in one line, by number and word, not by colour alone. */
export function stepLine(reader: Reader, steps: readonly string[], present: string, ended: boolean): Html {
  const at = steps.indexOf(present)
  return markup`<ol class="step-line">
    ${steps.map(
      (step, index) =>
        markup`<li class="${index < at || ended ? 'done' : index === at ? 'now' : 'later'}" ${index === at && !ended && markup` aria-current="step"`}>
          <span class="dot">${index < at || ended ? icon('check') : index + 1}</span><span>${reader.word('step', step)}</span>
        </li>`,
    )}
  </ol>`
}

export const link = (href: string, name: Parameters<typeof icon>[0], title: string, hint: string): Html =>
  markup`<a class="card" href="${href}"
    >${icon(name)}<span class="card-words"><b>${title}</b><span>${hint}</span></span
    >${icon('next')}</a
  >`

export const mistakesIn = (
  reader: Reader,
  wrong: readonly { readonly field: string; readonly key: WordKey; readonly fill?: Readonly<Record<string, string | number>> }[],
): Mistake[] => wrong.map(({ field, key, fill }) => ({ field, text: reader.t(key, fill) }))
