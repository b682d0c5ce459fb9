import { EXCUSES } from '@linli/contract/endpoints/patrol'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { addEntries, type NewEntry } from '../outbox/add.ts'
import { Choices } from '../parts/Choices.tsx'
import { Glyph } from '../parts/Glyph.tsx'
import { PhotoField, usePhotos } from '../parts/PhotoField.tsx'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../parts/toast.tsx'
import { useTrouble } from '../parts/use-trouble.ts'
import { go } from '../place.ts'
import type { Spot } from '../report/draft.ts'
import { SpotField } from '../report/SpotField.tsx'
import { getState, reread, useField } from '../store/state.ts'
import { syncNow } from '../store/sync.ts'
import { cardsOf, dutiesOf, isTodo, type Card } from '../view.ts'
import { answerKey, askedOf, askersOf } from './asked.ts'
import { AskedField } from './AskedField.tsx'
import { FindingField, NO_FINDING, type Finding } from './FindingField.tsx'
import { entriesOf } from './entries-of.ts'

/** One thing on the round: how it is done, what is asked, and done, found or excused. */
export function DutyScreen({ cardKey }: { cardKey: string }) {
  const { t } = useI18n()
  const state = useField()
  const duties = dutiesOf(state)
  const card = cardsOf(
    duties.filter((duty) => isTodo(duty.standing)),
    state.items,
  ).find((each) => each.key === cardKey)
  if (!card)
    return (
      <Screen title={t('field.tab.patrol')} inner>
        <p className="empty">
          <Glyph name="done" size={32} />
          {t('field.duty.gone')}
        </p>
      </Screen>
    )
  return <DutyForm card={card} />
}

function DutyForm({ card }: { card: Card }) {
  const { t, pick, language } = useI18n()
  const guard = useTrouble()
  const { items, bundle } = useField()
  const photos = usePhotos()
  const asked = askedOf(card, items, language)
  const [answers, setAnswers] = useState<ReadonlyMap<string, string | number | boolean>>(new Map())
  const [spot, setSpot] = useState<Spot | null>(null)
  const [note, setNote] = useState('')
  const [finding, setFinding] = useState<Finding>(NO_FINDING)
  const [excusing, setExcusing] = useState(false)
  const [excuse, setExcuse] = useState<string>()
  const [tried, setTried] = useState(false)
  const evidence = card.duties.map((duty) => duty.item.evidence)
  const photoNeeded = evidence.some((rule) => rule === 'photo' || rule === 'photoAndPosition')
  const spotNeeded = evidence.some((rule) => rule === 'position' || rule === 'photoAndPosition')
  // A case that is opened must be found again.
  const whereNeeded = spotNeeded || finding.found
  const grid = bundle?.grids.find((each) => each.code === card.gridCode)
  const askers = askersOf(card, items).map(pick)
  const lacks = excusing
    ? excuse === undefined
      ? [t('need.reason')]
      : []
    : [
        ...asked.filter((one) => one.field.required && one.field.kind !== 'tick' && (answers.get(answerKey(one)) ?? '') === '').map((one) => one.field.label),
        ...(photoNeeded && photos.ids.length === 0 ? [t('field.photo')] : []),
        ...(whereNeeded && spot === null ? [t('case.place')] : []),
        ...(finding.found && finding.text.trim() === '' ? [t('duties.finding')] : []),
      ]
  const put = async (entries: readonly NewEntry[]) => {
    const done = await guard(async () => {
      await addEntries(entries)
      // What is drawn next no longer has this form.
      photos.given()
      await reread()
    })
    if (!done) return
    say(card.duties.length > 1 ? t('field.duty.savedBoth', { who: askers.join(t('field.comma')) }) : t('field.saved'))
    go('patrol', card.gridCode)
    void syncNow(false)
  }
  const send = () => {
    setTried(true)
    if (lacks.length > 0) return
    const personId = getState().worker?.personId ?? ''
    const words = note.trim()
    const reasonCode = EXCUSES.find((code) => code === excuse)
    void put(
      excusing && reasonCode !== undefined
        ? card.duties.map((duty) => ({
            personId,
            lane: `duty ${duty.gridCode} ${duty.item.key} ${duty.period}`,
            title: `${t('duties.excuse')} ${pick(duty.item)}`,
            act: {
              kind: 'excuse' as const,
              body: { gridCode: duty.gridCode, itemKey: duty.item.key, period: duty.period, reasonCode, ...(words === '' ? {} : { note: words }) },
            },
          }))
        : entriesOf(card, { personId, asked, answers, spot, note: words, finding, photos: photos.ids, titleOf: (duty) => pick(duty.item) }),
    )
  }
  return (
    <Screen
      title={card.duties.map((duty) => pick(duty.item)).join(t('field.and'))}
      sub={grid?.name}
      inner
      foot={
        <>
          {tried && lacks.length > 0 && (
            <p className="late" role="alert">
              {t('field.lacks', { what: lacks.join(t('field.comma')) })}
            </p>
          )}
          <button type="button" className="big main" disabled={photos.busy} onClick={send}>
            {t(excusing ? 'field.duty.excuse' : finding.found ? 'field.duty.doneFound' : 'field.duty.done')}
          </button>
        </>
      }
    >
      <section className="how">
        {card.duties.map((duty) => (
          <p key={duty.item.key}>{pick(duty.item.how)}</p>
        ))}
        {card.duties.length > 1 && (
          <p className="both">
            <Glyph name="both" size={18} /> {t('field.patrol.askedBy', { who: askers.join(t('field.comma')) })}
          </p>
        )}
      </section>
      {excusing ? (
        <Choices
          legend={t('duties.excuseLead')}
          value={excuse}
          options={EXCUSES.map((code) => ({ value: code, text: t(`duties.excuse.${code}`) }))}
          onChange={setExcuse}
        />
      ) : (
        <>
          {asked.map((one) => (
            <AskedField
              key={`${one.goesTo[0]?.itemKey} ${one.field.name}`}
              asked={one}
              value={answers.get(answerKey(one))}
              onChange={(value) => setAnswers((now) => new Map(now).set(answerKey(one), value))}
            />
          ))}
          <PhotoField photos={photos} needed={photoNeeded} />
          {whereNeeded && <SpotField spot={spot} onChange={setSpot} />}
          <FindingField card={card} finding={finding} onChange={setFinding} />
        </>
      )}
      <label className="field">
        <span>
          {t('field.note')} <small className="soft">{t('common.optional')}</small>
        </span>
        <textarea rows={2} maxLength={1_000} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <button type="button" className="text" onClick={() => setExcusing(!excusing)}>
        {t(excusing ? 'field.duty.notExcuse' : 'duties.excuse')}
      </button>
    </Screen>
  )
}
