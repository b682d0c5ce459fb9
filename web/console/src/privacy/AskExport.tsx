import { privacy } from '@linli/contract/endpoints/privacy'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ChoiceField, LineField, ReasonField } from '../parts/fields.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { go, linkTo } from '../place.ts'
import { nameOf } from '../screens.ts'
import { instantOf } from '../when.ts'
import { FieldTable } from './FieldTable.tsx'
import type { Datasets } from './types.ts'

/** Asks for an export: which rows, which fields, for which purpose and why; it says what another person will see before approving. */
export function AskExport() {
  const { t } = useI18n()
  const asked = useAnswer(privacy.listDatasets)
  return (
    <Page title={t('privacy.ask')} back={{ href: linkTo('exports'), text: t(nameOf('exports')) }} lead={t('privacy.askLead')}>
      <Loaded asked={asked}>
        {(datasets) => (datasets.rows.length === 0 ? <p className="faint">{t('privacy.noDatasets')}</p> : <AskForm datasets={datasets} />)}
      </Loaded>
    </Page>
  )
}

function AskForm({ datasets }: { datasets: Datasets }) {
  const { t, pick, timeZone } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const doing = useAct()
  const [name, setName] = useState(datasets.rows[0]?.dataset ?? '')
  const [purpose, setPurpose] = useState(datasets.purposes[0]?.purpose)
  const [fields, setFields] = useState<readonly string[]>([])
  const [unmasked, setUnmasked] = useState<readonly string[]>([])
  const dataset = datasets.rows.find((row) => row.dataset === name)
  if (!dataset || purpose === undefined) return <p className="faint">{t('privacy.noDatasets')}</p>
  const offered = dataset.fields.filter((field) => field.kind === null || field.purposes.includes(purpose))
  const chosen = fields.filter((field) => offered.some((one) => one.field === field))
  const send = (data: FormData) => {
    const text = (key: string) => String(data.get(key) ?? '').trim()
    const filter = Object.fromEntries(
      dataset.filters.flatMap((key) => {
        const value = key === 'from' || key === 'to' ? instantOf(text(key), timeZone) : text(key)
        return value === undefined || value === '' ? [] : [[key, value]]
      }),
    )
    const shown = unmasked.filter((field) => chosen.includes(field))
    const body = { dataset: name, filter, fields: [...chosen], ...(shown.length === 0 ? {} : { unmasked: shown }), purpose, reason: text('reason') }
    return doing.run(async () => {
      const made = await client.call(privacy.askExport, { key: doing.keyOf(body), body })
      cache.renew(privacy.listOwnExports)
      say(t('privacy.asked', { number: made.number, n: made.countAsked }))
      go(linkTo('exports'))
    })
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(new FormData(event.currentTarget))
      }}
    >
      <div className="pair">
        <ChoiceField
          label={t('privacy.dataset')}
          required
          value={name}
          options={datasets.rows.map((row) => ({ value: row.dataset, text: pick(row) }))}
          onChange={(event) => {
            setName(event.target.value)
            setFields([])
            setUnmasked([])
          }}
        />
        <ChoiceField
          label={t('privacy.purpose')}
          required
          value={purpose}
          hint={datasets.purposes.find((row) => row.purpose === purpose)?.basis}
          options={datasets.purposes.map((row) => ({ value: row.purpose, text: pick(row) }))}
          onChange={(event) => setPurpose(datasets.purposes.find((row) => row.purpose === event.target.value)?.purpose)}
        />
      </div>
      <Section title={t('privacy.filter')} note={t('privacy.filterNote')}>
        <div className="pair">
          {dataset.filters.map((key) =>
            key === 'overdue' ? (
              <ChoiceField
                key={key}
                name={key}
                label={filterName(key)}
                options={[
                  { value: '', text: t('privacy.any') },
                  { value: 'true', text: t('privacy.onlyOverdue') },
                ]}
              />
            ) : (
              <LineField key={key} name={key} label={filterName(key)} type={key === 'from' || key === 'to' ? 'datetime-local' : 'text'} maxLength={200} />
            ),
          )}
        </div>
      </Section>
      <Section title={t('privacy.fields')} note={t('privacy.fieldsNote', { n: chosen.length })}>
        <FieldTable fields={offered} chosen={chosen} unmasked={unmasked} onChosen={setFields} onUnmasked={setUnmasked} />
      </Section>
      <ReasonField minLength={4} maxLength={1_000} />
      <p className="note">{t('privacy.askNote', { hours: datasets.expiryHours, n: datasets.alertThreshold })}</p>
      {doing.problem && <Problem problem={doing.problem} />}
      <div className="row-acts">
        <Button tone="main" type="submit" disabled={doing.busy || chosen.length === 0}>
          {doing.busy ? t('common.sending') : t('privacy.send')}
        </Button>
        {chosen.length === 0 && <span className="faint">{t('privacy.chooseFields')}</span>}
      </div>
    </form>
  )

  function filterName(key: string): string {
    return key === 'from' ||
      key === 'to' ||
      key === 'area' ||
      key === 'owner' ||
      key === 'matter' ||
      key === 'state' ||
      key === 'overdue' ||
      key === 'outcome' ||
      key === 'objectId'
      ? t(`privacy.filter.${key}`)
      : key
  }
}
