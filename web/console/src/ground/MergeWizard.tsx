import { places } from '@linli/contract/endpoints/places'
import { useCache, useClient } from '@linli/web-shared/api'
import { areaText, useI18n } from '@linli/web-shared/i18n'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField, ReasonField } from '../parts/fields.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Section } from '../parts/Page.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { go, linkTo } from '../place.ts'
import { AreaMap } from './AreaMap.tsx'
import { ReportView } from './ReportView.tsx'
import type { AreaRow, Report } from './types.ts'
import { useShapes } from './use-shapes.ts'

/** The grids of one community to choose from, on the map and in a list; the preview must be seen before anything is merged. */
export function MergeWizard({ community, grids }: { community: AreaRow; grids: readonly AreaRow[] }) {
  const { t, word, language } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const looking = useAct()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [name, setName] = useState('')
  const [report, setReport] = useState<Report>()
  const [applying, setApplying] = useState(false)
  const shapes = useShapes(grids, chosen)
  const toggle = (code: string) => {
    setReport(undefined)
    looking.clear()
    setChosen(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code])
  }
  const merges = [{ from: [...chosen], name: name.trim() }]
  return (
    <>
      <Section title={t('merge.step1', { name: community.name })} note={t('merge.chosen', { n: chosen.length })}>
        <div className="merge">
          <ul className="merge-list">
            {grids.map((grid) => (
              <li key={grid.code}>
                <label className="inline-tick">
                  <input type="checkbox" checked={chosen.includes(grid.code)} onChange={() => toggle(grid.code)} />
                  <span>
                    {grid.name}
                    <small>
                      {word('level', grid.gridKind ?? grid.level)} · {grid.code} · {areaText(language, grid.areaM2)}
                    </small>
                  </span>
                </label>
              </li>
            ))}
            {grids.length === 0 && <li className="faint">{t('areas.nothingBelow')}</li>}
          </ul>
          {shapes.length > 0 && <AreaMap label={community.name} shapes={shapes} onShape={toggle} />}
        </div>
      </Section>
      <Section title={t('merge.step2')}>
        <form
          className="form narrow"
          onSubmit={(event) => {
            event.preventDefault()
            void looking.run(async () => setReport(await client.call(places.previewMerge, { body: { merges } })))
          }}
        >
          <LineField
            label={t('merge.newName')}
            required
            maxLength={100}
            value={name}
            onChange={(event) => {
              setName(event.target.value)
              setReport(undefined)
            }}
          />
          {looking.problem && <Problem problem={looking.problem} />}
          <div className="row-acts">
            <Button type="submit" tone={report ? 'plain' : 'main'} disabled={looking.busy || chosen.length < 2}>
              {looking.busy ? t('common.loading') : t('areas.preview')}
            </Button>
            {chosen.length < 2 && <span className="faint">{t('merge.chooseTwo')}</span>}
          </div>
        </form>
      </Section>
      {report && (
        <Section title={t('merge.step3')}>
          <ReportView report={report} />
          <div className="row-acts">
            <Button tone="main" onClick={() => setApplying(true)}>
              {t('merge.apply')}
            </Button>
          </div>
        </Section>
      )}
      {applying && report && (
        <ActDialog
          title={t('merge.apply')}
          lead={t('merge.applyLead', { n: chosen.length, name: name.trim() })}
          confirm={t('merge.apply')}
          act={(data, key) => client.call(places.mergeGrids, { key, body: { merges, reason: String(data.get('reason')) } })}
          onDone={({ id }) => {
            for (const endpoint of [places.getArea, places.listAreas, places.listVersions, places.listChanges]) cache.renew(endpoint)
            say(t('merge.done'))
            go(linkTo('changes', [id]))
          }}
          onClose={() => setApplying(false)}
        >
          <ReasonField />
        </ActDialog>
      )}
    </>
  )
}
