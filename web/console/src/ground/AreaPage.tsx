import { places } from '@linli/contract/endpoints/places'
import { useAnswer, useAnswerPages } from '@linli/web-shared/api'
import { areaText, useI18n } from '@linli/web-shared/i18n'
import { useDesk } from '../desk.ts'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded, LoadedPages } from '../parts/Loaded.tsx'
import { Facts, Page, Section } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { AreaFind } from './AreaFind.tsx'
import { AreaMap } from './AreaMap.tsx'
import { Versions } from './Versions.tsx'
import type { AreaDetail } from './types.ts'

/** One area with its boundary, what lies below it and its versions; the roots where no code is named. `asOf` shows the past. */
export function AreaPage({ code }: { code: string | undefined }) {
  const { t } = useI18n()
  const { query } = usePlace()
  const asOf = /^\d{4}-\d{2}-\d{2}$/.test(query['asOf'] ?? '') ? query['asOf'] : undefined
  const past = asOf === undefined ? {} : { asOf }
  const asked = useAnswer(places.getArea, { params: { code: code ?? '' }, query: past }, { enabled: code !== undefined, keep: true })
  return (
    <Page
      title={code === undefined ? t(nameOf('areas')) : (asked.data?.area.name ?? code)}
      back={
        code === undefined
          ? undefined
          : { href: linkTo('areas', parentOf(asked.data), past), text: t(parentOf(asked.data).length === 0 ? 'console.screen.areas' : 'areas.up') }
      }
      lead={asOf === undefined ? t('areas.lead') : <strong>{t('areas.past', { day: asOf })}</strong>}
    >
      <div className="filters">
        <AreaFind />
        <label>
          {t('areas.asOf')}{' '}
          <input
            type="date"
            value={asOf ?? ''}
            onChange={(event) => go(linkTo('areas', code === undefined ? [] : [code], { asOf: event.target.value }), true)}
          />
        </label>
      </div>
      {code !== undefined && <Loaded asked={asked}>{(found) => <AreaView found={found} past={asOf !== undefined} />}</Loaded>}
      <Children parent={code} past={past} />
      {code !== undefined && <Versions code={code} />}
    </Page>
  )
}

const parentOf = (found: AreaDetail | undefined) => [found?.area.parentCode].filter((code) => typeof code === 'string')
/** Levels whose boundaries are changed here; the higher ones come from outside. */
const EDITABLE = new Set(['street', 'community', 'grid'])

function AreaView({ found, past }: { found: AreaDetail; past: boolean }) {
  const { t, word, language } = useI18n()
  const { session } = useDesk()
  const { area, geometry } = found
  return (
    <>
      {!past && session.may('areas.edit') && (
        <div className="row-acts">
          {EDITABLE.has(area.level) && (
            <a className="button button-main" href={linkTo('areas', [area.code, 'edit'])}>
              {t('areas.edit')}
            </a>
          )}
          {area.level === 'community' && (
            <a className="button button-plain" href={linkTo('merge', [area.code])}>
              {t('console.screen.merge')}
            </a>
          )}
        </div>
      )}
      <div className="area-view">
        <Facts
          rows={[
            [t('command.code'), <code key="code">{area.code}</code>],
            [t('areas.level'), word('level', area.gridKind ?? area.level)],
            [t('areas.size'), areaText(language, area.areaM2)],
            [t('rules.version'), area.version],
            [t('areas.children'), area.children],
          ]}
        />
        <AreaMap label={area.name} shapes={[{ code: area.code, chosen: true, geometry }]} />
      </div>
    </>
  )
}

function Children({ parent, past }: { parent: string | undefined; past: { asOf?: string } }) {
  const { t, word, language } = useI18n()
  const asked = useAnswerPages(places.listAreas, { query: { ...past, ...(parent === undefined ? {} : { parent }), limit: '100' } }, { keep: true })
  return (
    <Section title={t(parent === undefined ? 'areas.roots' : 'areas.below')}>
      <LoadedPages asked={asked} empty={t('areas.nothingBelow')}>
        {(rows) => (
          <DataTable
            label={t('areas.below')}
            rows={rows}
            keyOf={(row) => row.code}
            columns={[
              { key: 'name', head: t('console.name'), kind: 'main', render: (row) => <a href={linkTo('areas', [row.code], past)}>{row.name}</a> },
              { key: 'level', head: t('areas.level'), render: (row) => word('level', row.gridKind ?? row.level) },
              { key: 'code', head: t('command.code'), render: (row) => <code>{row.code}</code> },
              { key: 'size', head: t('areas.size'), kind: 'figure', render: (row) => areaText(language, row.areaM2) },
              { key: 'children', head: t('areas.children'), kind: 'figure', render: (row) => row.children },
              { key: 'version', head: t('rules.version'), kind: 'figure', render: (row) => row.version },
            ]}
          />
        )}
      </LoadedPages>
    </Section>
  )
}
