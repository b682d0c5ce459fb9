import { errors, Refusal } from '@linli/contract/errors'
import { intake as contract } from '@linli/contract/endpoints/intake'
import { writeAudit } from '../../../platform/audit/audit.ts'
import { photoPositions } from '../../../platform/blobs/blobs.ts'
import type { FormFile, HtmlAnswer, HtmlCall } from '../../../platform/http/html-routes.ts'
import type { Platform } from '../../../platform/platform.ts'
import { mistakesIn, type Mistake } from '../fields.ts'
import { page } from '../layout.ts'
import type { ResidentParts } from '../parts.ts'
import type { Reader } from '../reader.ts'
import { chosenSettings } from '../settings.ts'
import { bodyOf, emptyDraft, MOST, parseSpot, readDraft, STEPS, wrongIn, type Draft, type ReportStep, type Spot, type Wrong } from './draft.ts'
import { createGround } from './ground.ts'
import { reportForm } from './steps.ts'

/** Under this name anybody without an account sends: the same as over the API, so that a photo sent by the script can be used. */
const CLIENT = 'public'

export interface ReportFlow {
  begin(reader: Reader): Promise<HtmlAnswer>
  /** Takes the form at any of its steps and shows the next, or sends it. */
  go(reader: Reader, call: HtmlCall): Promise<HtmlAnswer>
}

/** The three steps of a report (三步上报) as pages. Between them nothing is kept here but photos, which go by themselves after 48 hours. */
export function createReportFlow(platform: Platform, parts: ResidentParts): ReportFlow {
  const { runtime, db, blobs } = platform
  const ground = createGround(parts)
  const newKey = () => `r-${Buffer.from(runtime.random(18)).toString('base64url')}`

  const photoSpot = async (draft: Draft): Promise<Spot | undefined> => {
    const found = await photoPositions(db, draft.photos, CLIENT)
    const [first] = found.filter(({ lon, lat }) => parts.places.locate(lon, lat) !== undefined)
    return first && { ...first, accuracyM: undefined, confirmed: false }
  }
  const spotOf = async (draft: Draft) => draft.spot ?? (draft.usePhoto === true ? await photoSpot(draft) : undefined)

  const show = async (
    reader: Reader,
    step: ReportStep,
    draft: Draft,
    more: { readonly mistakes?: readonly Mistake[]; readonly doubt?: { readonly sent: Spot; readonly other: Spot }; readonly status?: number } = {},
  ): Promise<HtmlAnswer> => {
    const { mistakes = [], doubt } = more
    const spot = step === 'check' ? await spotOf(draft) : undefined
    const body = reportForm(reader, step, draft, {
      mistakes,
      doubt,
      photoSpot: step === 'what' ? undefined : await photoSpot(draft),
      matters: step === 'what' && !reader.elder ? ground.matters(platform.city.city) : [],
      streets: step === 'what' ? [] : ground.streets(),
      similar:
        spot && parts.places.locate(spot.lon, spot.lat)
          ? (await parts.intake.reporters.similar({ ...spot, text: draft.text, matterKey: draft.matter || null })).slice(0, 3)
          : [],
      placeName: ground.placeName,
    })
    const title = `${mistakes.length > 0 ? `${reader.t('site.wrongTitle')} – ` : ''}${reader.t('report.title')}`
    return { status: more.status ?? (mistakes.length > 0 ? 422 : 200), html: page(reader, { title, body, nav: 'nav.report', carries: 'report', own: true }) }
  }

  const send = async (reader: Reader, call: HtmlCall, draft: Draft): Promise<HtmlAnswer> => {
    const actor = { kind: 'public', client: call.ip } as const
    const street = parts.places.findArea(draft.street)
    const body = bodyOf(draft, await spotOf(draft), street && parts.places.namesOf(street.path).join(' '))
    try {
      const { receipt } = await parts.intake.receive({ body, actor, client: CLIENT, key: draft.key, requestId: call.requestId })
      return { to: `/r/track/${receipt}?new=yes` }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await writeAudit(db, runtime, { districtId: 0, requestId: call.requestId, actor, action: contract.report.id, outcome: 'refused', errorCode: error.code })
      return refused(reader, draft, error)
    }
  }

  /** Shows the step where a refusal can be put right, with everything that was typed. */
  const refused = async (reader: Reader, draft: Draft, refusal: Refusal): Promise<HtmlAnswer> => {
    const again = (step: ReportStep, wrong: Wrong, changed: Draft = draft) => show(reader, step, changed, { mistakes: mistakesIn(reader, [wrong]) })
    switch (refusal.code) {
      case 'POSITION_OUTSIDE_CITY':
      case 'POSITION_SWAPPED':
        return again('where', { field: 'spot', key: 'wrong.outside' }, { ...draft, spot: undefined })
      case 'POSITION_SYSTEM_DOUBTFUL': {
        const sent = await spotOf(draft)
        const other = parseSpot(`${String(refusal.extra['asGcj02Lon'])},${String(refusal.extra['asGcj02Lat'])},,0`)
        if (!sent || !other) break
        return show(
          reader,
          'where',
          { ...draft, spot: sent },
          { mistakes: mistakesIn(reader, [{ field: 'doubt', key: 'wrong.doubt' }]), doubt: { sent, other } },
        )
      }
      case 'MASK_NOT_ALLOWED':
        return again('check', { field: refusal.fields[0]?.pointer.endsWith('name') === true ? 'name' : 'contact', key: 'wrong.contactMask' })
      case 'MATTER_UNKNOWN':
      case 'FORM_INVALID':
      case 'CONDITION_UNKNOWN':
        return again('what', { field: 'matter', key: 'wrong.matter' }, { ...draft, matter: '' })
      case 'BLOB_UNKNOWN':
        return again('what', { field: 'photo', key: 'wrong.photoGone' }, { ...draft, photos: [] })
      case 'TEXT_NOT_ALLOWED':
        return again('what', { field: 'text', key: 'wrong.textBroken' })
      case 'KEY_REUSED':
        return again('check', { field: 'send', key: 'wrong.sentBefore' }, { ...draft, key: newKey() })
      default:
        break
    }
    const words = errors[refusal.code]
    const fill = { title: reader.pick({ zh: words.zh, en: words.en }), do: reader.pick({ zh: words.doZh, en: words.doEn }) }
    return show(reader, 'check', draft, { status: words.status, mistakes: mistakesIn(reader, [{ field: 'send', key: 'wrong.other', fill }]) })
  }

  return {
    begin: (reader) => show(reader, 'what', emptyDraft(newKey())),
    go: async (reader, call) => {
      const taken = createIntakeOfPhotos(blobs)
      const values = await call.form(taken.take)
      const typed = readDraft(values, newKey())
      const photos = [...typed.photos, ...taken.ids]
      const draft = { ...typed, photos: photos.slice(0, MOST.photos) }
      const at = STEPS.find((step) => step === values.get('at')?.[0]) ?? 'what'
      const settings = chosenSettings(reader, values)
      if (settings) return { ...(await show(settings.reader, at, draft)), cookies: settings.cookies }
      const wrongPhotos = [
        ...taken.wrong(),
        ...(photos.length > MOST.photos ? [{ field: 'photo', key: 'wrong.photoMany', fill: { n: MOST.photos } } as const] : []),
      ]
      const go = values.get('go')?.[0]
      const back = STEPS.find((step) => step === go) ?? (go === 'back' ? STEPS[STEPS.indexOf(at) - 1] : undefined)
      if (back) return show(reader, back, draft)
      const known = { hasMatter: ground.hasMatter(draft.matter), hasStreet: ground.hasStreet(draft.street), hasSpot: (await spotOf(draft)) !== undefined }
      // Each step is looked at again before sending: a form can be sent by hand with any of them missing.
      for (const step of STEPS.slice(0, STEPS.indexOf(at) + 1)) {
        const wrong = [...(step === 'what' ? wrongPhotos : []), ...wrongIn(step, draft, known), ...(step === 'where' ? outside(draft) : [])]
        if (wrong.length > 0) return show(reader, step, draft, { mistakes: mistakesIn(reader, wrong) })
      }
      const next = STEPS[STEPS.indexOf(at) + 1]
      return next ? show(reader, next, draft) : send(reader, call, draft)
    },
  }

  /** A spot outside of the city is told at once. Whether it was read in the wrong system is asked when it is sent, with both readings. */
  function outside({ spot }: Draft): Wrong[] {
    if (!spot || parts.places.locate(spot.lon, spot.lat) || ground.isElsewhere(spot)) return []
    return [{ field: 'spot', key: 'wrong.outside' }]
  }
}

/** Puts photos of a form aside as they arrive; what is no photo or too large is named and stops nothing. */
function createIntakeOfPhotos(blobs: Platform['blobs']) {
  const ids: string[] = []
  const refused = { kind: 0, large: 0, many: 0, store: 0 }
  return {
    ids,
    take: async ({ field, bytes, truncated }: FormFile): Promise<void> => {
      if (field !== 'photo') return
      if (truncated) refused.large += 1
      else if (ids.length >= MOST.photos) refused.many += 1
      else
        try {
          ids.push((await blobs.put(bytes, CLIENT)).id)
        } catch (error) {
          if (error instanceof Refusal && error.code === 'TYPE_NOT_ALLOWED') refused.kind += 1
          else if (isFull(error)) refused.store += 1
          else throw error
        }
    },
    wrong: (): Wrong[] => [
      ...(refused.kind > 0 ? [{ field: 'photo', key: 'wrong.photoKind', fill: { n: refused.kind } } as const] : []),
      ...(refused.large > 0 ? [{ field: 'photo', key: 'wrong.photoLarge', fill: { n: refused.large } } as const] : []),
      ...(refused.many > 0 ? [{ field: 'photo', key: 'wrong.photoMany', fill: { n: MOST.photos } } as const] : []),
      ...(refused.store > 0 ? [{ field: 'photo', key: 'wrong.photoStore' } as const] : []),
    ],
  }
}

const isFull = (error: unknown) => error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
