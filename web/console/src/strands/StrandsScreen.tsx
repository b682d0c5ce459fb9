import { cases } from '@linli/contract/endpoints/cases'
import { STRANDS, type StrandKind } from '@linli/contract/workflow'
import { useAnswerPages } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Segments, Toggle } from '@linli/web-shared/ui'
import { useDesk } from '../desk.ts'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Page } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { StrandTable } from './StrandTable.tsx'

const VIEWS = ['mine', 'whistle', 'supervise', 'requests', 'all'] as const
type View = (typeof VIEWS)[number]
const REQUESTS = ['extension', 'suspension', 'appeal'] as const satisfies readonly StrandKind[]

/** What runs beside the steps of cases (支线): what waits for me first, whistles, supervise orders and requests. */
export default function StrandsScreen() {
  const { t, word } = useI18n()
  const { session } = useDesk()
  const { query } = usePlace()
  const view: View = VIEWS.find((name) => name === query['view']) ?? 'mine'
  const kind = view === 'whistle' || view === 'supervise' ? view : STRANDS.find((name) => name === query['kind'])
  const late = query['late'] === 'true'
  const ended = query['ended'] === 'true'
  const filter = (part: Record<string, string | undefined>) => go(linkTo('strands', [], { ...query, ...part }), true)
  const kinds = view === 'requests' ? REQUESTS : view === 'all' || view === 'mine' ? STRANDS : []
  return (
    <Page title={t(nameOf('strands'))} lead={t('strands.lead')}>
      <div className="filters">
        <Segments
          label={t('strands.view')}
          value={view}
          options={VIEWS.map((value) => ({ value, text: t(`strands.view.${value}`) }))}
          onChange={(next) => go(linkTo('strands', [], { view: next }), true)}
        />
        {kinds.length > 0 && (
          <select aria-label={t('strands.kind')} value={kind ?? ''} onChange={(event) => filter({ kind: event.target.value })}>
            {view !== 'requests' && <option value="">{t('strands.anyKind')}</option>}
            {kinds.map((value) => (
              <option key={value} value={value}>
                {word('strand', value)}
              </option>
            ))}
          </select>
        )}
        <Toggle on={late} onChange={(on) => filter({ late: on ? 'true' : undefined })}>
          {t(view === 'whistle' ? 'strands.noShows' : 'strands.late')}
        </Toggle>
        {view !== 'mine' && !late && (
          <Toggle on={ended} onChange={(on) => filter({ ended: on ? 'true' : undefined })}>
            {t('strands.showEnded')}
          </Toggle>
        )}
      </div>
      <StrandList
        // A no-show stays on record after the whistle has ended: the record is asked for whole.
        query={{
          ...(view === 'requests' ? { kind: REQUESTS.find((name) => name === kind) ?? 'extension' } : kind === undefined ? {} : { kind }),
          ...(view === 'mine' ? { mine: 'true' as const } : {}),
          ...(late ? { late: 'true' as const } : view !== 'mine' && ended ? {} : { open: 'true' as const }),
          limit: '50',
        }}
        purpose={session.purpose}
        empty={t(view === 'mine' ? 'strands.noneMine' : 'strands.none')}
        seeAll={view === 'mine' ? () => go(linkTo('strands', [], { view: 'all' }), true) : undefined}
      />
    </Page>
  )
}

function StrandList({
  query,
  purpose,
  empty,
  seeAll,
}: {
  query: { kind?: StrandKind; mine?: 'true'; late?: 'true'; open?: 'true'; limit: string }
  purpose: ReturnType<typeof useDesk>['session']['purpose']
  empty: string
  seeAll: (() => void) | undefined
}) {
  const { t } = useI18n()
  const asked = useAnswerPages(cases.listStrands, { query, purpose })
  return (
    <LoadedPages asked={asked} empty={empty} emptyAction={seeAll && <Button onClick={seeAll}>{t('strands.seeAll')}</Button>}>
      {(rows) => <StrandTable rows={rows} />}
    </LoadedPages>
  )
}
