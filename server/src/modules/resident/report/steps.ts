import { heading, mistakeAt, mistakeList, textField, type Mistake } from '../fields.ts'
import { markup, type Html } from '../markup.ts'
import { icon } from '../icons.ts'
import type { Reader } from '../reader.ts'
import { MOST, spotText, STEPS, type Draft, type ReportStep, type Spot } from './draft.ts'

/** What the steps show beside what was typed. */
export interface StepFacts {
  readonly mistakes: readonly Mistake[]
  /** Kinds of problem by class, for those who know theirs. */
  readonly matters: readonly { readonly className: string; readonly rows: readonly { readonly key: string; readonly name: string }[] }[]
  readonly streets: readonly { readonly district: string; readonly rows: readonly { readonly code: string; readonly name: string }[] }[]
  /** Where a photo was taken, if it says so and lies in the city. */
  readonly photoSpot: Spot | undefined
  readonly doubt: { readonly sent: Spot; readonly other: Spot } | undefined
  readonly similar: readonly { readonly matterName: string | null; readonly metres: number; readonly openedOn: string; readonly step: string }[]
  placeName(spot: Spot): string
}

/** The form of a report at one of its three steps; what the other steps hold goes along unseen. */
export function reportForm(reader: Reader, step: ReportStep, draft: Draft, facts: StepFacts): Html {
  const { t } = reader
  const number = STEPS.indexOf(step) + 1
  const title = t(step === 'what' ? 'report.stepWhat' : step === 'where' ? 'report.stepWhere' : 'report.stepCheck')
  return markup`<p class="steps-at"><span>${t('report.title')}</span> · <strong>${t('report.steps', { n: number })}</strong></p>
    <div class="progress" aria-hidden="true">${STEPS.map((_one, index) => markup`<i class="${index < number ? 'done' : ''}"></i>`)}</div>
    ${mistakeList(reader, facts.mistakes)}
    <form id="report" method="post" action="/r/report" enctype="multipart/form-data" novalidate data-report="${step}" data-draft-found="${t('report.draftFound')}" data-draft-drop="${t('report.draftDrop')}">
      <input type="hidden" name="at" value="${step}" /><input type="hidden" name="key" value="${draft.key}" />
      ${carried(step, draft)} ${heading(reader, title)}
      ${step === 'what' ? whatStep(reader, draft, facts) : step === 'where' ? whereStep(reader, draft, facts) : checkStep(reader, draft, facts)}
      <div class="buttons">
        <button class="main" name="go" value="next">${t(step === 'check' ? 'report.send' : 'report.next')}</button>
        ${step !== 'what' && markup`<button name="go" value="back" formnovalidate>${t('report.back')}</button>`}
      </div>
    </form>`
}

const hidden = (name: string, value: string): Html => markup`<input type="hidden" name="${name}" value="${value}" />`

/** What the step itself does not show. Line ends stay in a hidden field as they are. */
function carried(step: ReportStep, draft: Draft): Html {
  return markup`${step !== 'what' && [hidden('text', draft.text), hidden('matter', draft.matter)]} ${draft.photos.map((id) => hidden('kept', id))}
  ${step !== 'where' && [hidden('spot', spotText(draft.spot)), hidden('street', draft.street), hidden('address', draft.address), draft.usePhoto !== undefined && hidden('asked', 'yes'), draft.usePhoto === true && hidden('usePhoto', 'yes')]}
  ${step !== 'check' && [hidden('name', draft.name), hidden('contact', draft.contact)]}`
}

function whatStep(reader: Reader, draft: Draft, { mistakes, matters }: StepFacts): Html {
  const { t } = reader
  return markup`<p class="urgent">${icon('alert')}<span>${t('home.urgent')}</span></p>
    ${textField(reader, mistakes, { name: 'text', label: t('report.what'), hint: t('report.whatHint'), value: draft.text, rows: 5 })}
    <div class="field">
      <label for="photo">${t('report.photos')} <small>${t('site.optional')}</small></label>
      <p class="hint" id="photo-hint">${t('report.photosHint', { n: MOST.photos })}</p>
      ${mistakeAt(mistakes, 'photo')}
      <label class="file"
        >${icon('camera')}<span>${t('report.photosTake')}</span
        ><input id="photo" type="file" name="photo" accept="image/jpeg,image/png,image/webp" multiple aria-describedby="photo-hint"
      /></label>
      <div class="previews" data-previews></div>
      ${
        draft.photos.length > 0 &&
        markup`<p class="ok">${icon('check')}${t('report.photosKept', { n: draft.photos.length })}</p>
          <div class="choices">
            ${draft.photos.map((id, index) => markup`<label class="choice"><input type="checkbox" name="drop" value="${id}" /><span>${t('report.photoNo', { n: index + 1 })}</span></label>`)}
          </div>
          <p class="hint">${t('report.photosStay')}</p>`
      }
    </div>
    ${
      !reader.elder &&
      markup`<details class="field" ${(draft.matter !== '' || mistakes.some(({ field }) => field === 'matter')) && markup` open`}>
        <summary>${t('report.matter')}</summary>
        <p class="hint" id="matter-hint">${t('report.matterHint')}</p>
        ${mistakeAt(mistakes, 'matter')}
        <select id="matter" name="matter" aria-label="${t('report.matter')}" aria-describedby="matter-hint">
          <option value="">${t('report.matterNone')}</option>
          ${matters.map(
            ({ className, rows }) =>
              markup`<optgroup label="${className}">
                ${rows.map(({ key, name }) => markup`<option value="${key}" ${key === draft.matter && markup` selected`}>${name}</option>`)}
              </optgroup>`,
          )}
        </select>
      </details>`
    }
    ${reader.elder && hidden('matter', draft.matter)}`
}

function whereStep(reader: Reader, draft: Draft, facts: StepFacts): Html {
  const { t } = reader
  const { mistakes, photoSpot, doubt } = facts
  return markup`${doubt && doubtQuestion(reader, facts, doubt)}
    ${
      draft.spot
        ? markup`<div class="field spot">
            <p class="ok">
              ${icon('pin')}<span
                >${t('report.spotIs', { place: facts.placeName(draft.spot) })}${draft.spot.accuracyM !== undefined && markup` <small>${t('report.spotAccuracy', { n: Math.round(draft.spot.accuracyM) })}</small>`}</span
              >
            </p>
            <label class="choice"><input type="checkbox" name="spotForget" value="yes" /><span>${t('report.spotForget')}</span></label>
          </div>`
        : photoSpot &&
          markup`<label class="choice field"
            ><input type="checkbox" name="usePhoto" value="yes" ${draft.usePhoto !== false && markup` checked`} /><span
              >${t('report.fromPhoto')}<small>${t('report.fromPhotoAt', { place: facts.placeName(photoSpot) })}</small></span
            ></label
          >`
    }
    <input type="hidden" name="spot" value="${spotText(draft.spot)}" data-spot />
    <div
      id="spot"
      class="field places"
      data-places
      hidden
      data-wait="${t('report.positionWait')}"
      data-denied="${t('report.positionDenied')}"
      data-chosen="${t('report.spotIs')}"
      data-outside="${t('wrong.outside')}"
    >
      <button type="button" data-here>${icon('here')}<span>${t('report.here')}</span></button>
      <button type="button" data-open-map>${icon('map')}<span>${t('report.onMap')}</span></button>
      <p role="status" data-place-said></p>
      <div class="map-pick" data-map-pick hidden>
        <div class="map" data-map></div>
        <span class="cross" aria-hidden="true"></span>
        <p class="hint">${t('report.mapHint')}</p>
        <button type="button" class="main" data-map-this>${t('report.mapThis')}</button>
      </div>
    </div>
    ${mistakeAt(mistakes, 'spot')}
    ${textField(reader, mistakes, { name: 'address', label: t('report.address'), hint: t('report.addressHint'), value: draft.address, autocomplete: 'street-address' })}
    <div class="field">
      <label for="street">${t('report.street')} <small>${t('site.optional')}</small></label
      >${mistakeAt(mistakes, 'street')}
      <select id="street" name="street">
        <option value="">${t('report.streetNone')}</option>
        ${facts.streets.map(
          ({ district, rows }) =>
            markup`<optgroup label="${district}">
              ${rows.map(({ code, name }) => markup`<option value="${code}" ${code === draft.street && markup` selected`}>${name}</option>`)}
            </optgroup>`,
        )}
      </select>
    </div>`
}

/** Two readings of one position: the program asks and moves nothing by itself. */
function doubtQuestion({ t }: Reader, { placeName, mistakes }: StepFacts, { sent, other }: { sent: Spot; other: Spot }): Html {
  const option = (value: string, words: string, first: boolean) =>
    markup`<label class="choice"><input type="radio" ${first && markup` id="doubt"`} name="doubt" value="${value}" /><span>${words}</span></label>`
  return markup`<fieldset class="field">
    <legend>${t('report.doubt')}</legend>
    ${mistakeAt(mistakes, 'doubt')}
    <div class="choices">
      ${option('sent', t('report.doubtSent', { place: placeName(sent) }), true)}${option('other', t('report.doubtOther', { place: placeName(other) }), false)}
    </div>
    <input type="hidden" name="doubtSpot" value="${spotText(other)}" />
  </fieldset>`
}

function checkStep(reader: Reader, draft: Draft, { mistakes, similar, ...facts }: StepFacts): Html {
  const { t } = reader
  const spot = draft.spot ?? (draft.usePhoto === true ? facts.photoSpot : undefined)
  const street = facts.streets.flatMap(({ district, rows }) => rows.map((row) => ({ ...row, district }))).find(({ code }) => code === draft.street)
  const where = [spot ? facts.placeName(spot) : street && `${street.district} ${street.name}`, draft.address].filter(
    (part) => part !== undefined && part !== '',
  )
  const row = (title: string, said: Html | string, go: string, change: string) =>
    markup`<div>
      <dt>${title}</dt>
      <dd>${said}</dd>
      <dd class="act"><button class="text" name="go" value="${go}" formnovalidate aria-label="${change}">${t('report.change')}</button></dd>
    </div>`
  return markup`<dl class="summary">
      ${row(t('report.checkWhat'), markup`<span class="said">${draft.text}</span>`, 'what', t('report.changeWhat'))}
      ${row(t('report.checkPhotos'), draft.photos.length === 0 ? t('report.checkNone') : t('report.photosKept', { n: draft.photos.length }), 'what', t('report.changeWhat'))}
      ${row(t('report.checkWhere'), where.join(' · '), 'where', t('report.changeWhere'))}
    </dl>
    ${
      similar.length > 0 &&
      markup`<section class="note">
        <h2>${t('report.similar')}</h2>
        <ul>
          ${similar.map(
            ({ matterName, metres, openedOn, step }) =>
              markup`<li>
                ${t('report.similarRow', { matter: matterName ?? t('track.noMatter'), metres, day: reader.day(openedOn), step: reader.word('step', step) })}
              </li>`,
          )}
        </ul>
        <p class="hint">${t('report.similarHint')}</p>
      </section>`
    }
    <fieldset class="field group">
      <legend>${t('report.contact')} <small>${t('site.optional')}</small></legend>
      <p class="hint">${t('report.contactHint')}</p>
      ${textField(reader, mistakes, { name: 'name', label: t('report.name'), value: draft.name, autocomplete: 'name' })}
      ${textField(reader, mistakes, { name: 'contact', label: t('report.phone'), value: draft.contact, autocomplete: 'tel' })}
    </fieldset>
    <span id="send"></span>${mistakeAt(mistakes, 'send')}
    <p class="hint">${t('report.use')} <a href="/r/consents">${t('report.useLink')}</a></p>`
}
