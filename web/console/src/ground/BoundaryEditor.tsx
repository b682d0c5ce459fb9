import { places } from '@linli/contract/endpoints/places'
import { useAnswer, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { boxOf, polygonOf, ringOf, type Ring } from '@linli/web-shared/map'
import { Button } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField, ReasonField, TickField, WordsField } from '../parts/fields.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { useSay } from '../parts/Notices.tsx'
import { Page } from '../parts/Page.tsx'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'
import { go, linkTo } from '../place.ts'
import { AreaMap } from './AreaMap.tsx'
import { readGeometry } from './read-geometry.ts'
import { ReportView } from './ReportView.tsx'
import type { AreaDetail, Report } from './types.ts'

/** A new boundary or name for one area (边界调整): drawn by corners or pasted as GeoJSON, looked at as a report, then applied with a reason. */
export function BoundaryEditor({ code }: { code: string }) {
  const { t } = useI18n()
  const asked = useAnswer(places.getArea, { params: { code } }, { freshMs: 0 })
  return (
    <Page
      title={t('areas.editOf', { name: asked.data?.area.name ?? code })}
      back={{ href: linkTo('areas', [code]), text: asked.data?.area.name ?? code }}
      lead={t('areas.editLead')}
    >
      <Loaded asked={asked}>{(found) => <Editor key={found.area.version} found={found} />}</Loaded>
    </Page>
  )
}

function Editor({ found: { area, geometry } }: { found: AreaDetail }) {
  const { t } = useI18n()
  const client = useClient()
  const cache = useCache()
  const say = useSay()
  const looking = useAct()
  const [name, setName] = useState(area.name)
  const [text, setText] = useState(() => JSON.stringify(geometry))
  const [report, setReport] = useState<Report>()
  const [applying, setApplying] = useState(false)
  const read = readGeometry(text)
  const ring = read && boxOf(read) ? ringOf(read) : undefined
  const reshaped = read !== undefined && JSON.stringify(read) !== JSON.stringify(geometry)
  const renamed = name.trim() !== area.name && name.trim() !== ''
  const edits = [
    {
      code: area.code,
      version: area.version,
      ...(renamed ? { name: name.trim() } : {}),
      ...(reshaped ? { geometry: { ...read, coordinates: [...read.coordinates] } } : {}),
    },
  ]
  const change = (next: string) => {
    setText(next)
    setReport(undefined)
    looking.clear()
  }
  const preview = () =>
    looking.run(async () => {
      setReport(await client.call(places.previewBoundaries, { body: { crs: 'wgs84', edits } }))
    })
  return (
    <>
      <AreaMap
        label={area.name}
        shapes={[{ code: area.code, chosen: false, geometry }]}
        ring={ring}
        onRing={(next: Ring) => change(JSON.stringify(polygonOf(next)))}
      />
      <p className="field-hint">{t(ring ? 'areas.dragHint' : 'areas.noRing')}</p>
      <div className="editor-fields">
        <LineField
          label={t('console.name')}
          required
          maxLength={100}
          value={name}
          onChange={(event) => {
            setName(event.target.value)
            setReport(undefined)
          }}
        />
        <WordsField
          label="GeoJSON (WGS84)"
          hint={read ? t('areas.corners', { n: ring?.length ?? 0 }) : t('areas.unreadable')}
          required
          aria-invalid={read === undefined}
          value={text}
          rows={4}
          className="code-area"
          onChange={(event) => change(event.target.value)}
        />
      </div>
      {looking.problem && <Problem problem={looking.problem} />}
      <div className="row-acts">
        <Button tone={report ? 'plain' : 'main'} disabled={looking.busy || !(reshaped || renamed)} onClick={() => void preview()}>
          {looking.busy ? t('common.loading') : t('areas.preview')}
        </Button>
        {report && (
          <Button tone="main" onClick={() => setApplying(true)}>
            {t('areas.apply')}
          </Button>
        )}
        {(reshaped || renamed) && (
          <Button
            tone="quiet"
            onClick={() => {
              change(JSON.stringify(geometry))
              setName(area.name)
            }}
          >
            {t('rules.discard')}
          </Button>
        )}
      </div>
      {report && <ReportView report={report} />}
      {applying && report && (
        <ActDialog
          title={t('areas.apply')}
          lead={t('areas.applyLead', { n: report.areas.length, m: report.totals.reduce((sum, row) => sum + row.moving, 0) })}
          confirm={t('areas.apply')}
          act={(data, key) =>
            client.call(places.changeBoundaries, {
              key,
              body: { crs: 'wgs84', edits, reason: String(data.get('reason')), ...(data.get('acceptFaults') === null ? {} : { acceptFaults: true }) },
            })
          }
          onDone={({ id }) => {
            for (const endpoint of [places.getArea, places.listAreas, places.listVersions, places.listChanges]) cache.renew(endpoint)
            say(t('areas.applied'))
            go(linkTo('changes', [id]))
          }}
          onClose={() => setApplying(false)}
        >
          {!report.clean && <TickField name="acceptFaults" label={t('areas.acceptFaults')} hint={t('areas.acceptFaultsHint')} />}
          <ReasonField />
        </ActDialog>
      )}
    </>
  )
}
