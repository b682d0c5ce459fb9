import { places } from '@linli/contract/endpoints/places'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Loaded } from '../parts/Loaded.tsx'
import { Page } from '../parts/Page.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { AreaPick } from '../people/picks.tsx'
import { nameOf } from '../screens.ts'
import { MergeWizard } from './MergeWizard.tsx'

/** Merging grids (多格合一), step by step: the community, its grids, the report, and only then the change. */
export default function MergeScreen() {
  const { t } = useI18n()
  const [community] = usePlace().rest
  return (
    <Page
      title={t(nameOf('merge'))}
      lead={t('merge.lead')}
      {...(community === undefined ? {} : { back: { href: linkTo('merge'), text: t('merge.otherCommunity') } })}
    >
      {community === undefined ? (
        <div className="narrow">
          <AreaPick name="community" label={t('merge.chooseCommunity')} onPick={(found) => go(linkTo('merge', [found.value]))} />
        </div>
      ) : (
        <Community key={community} code={community} />
      )}
    </Page>
  )
}

function Community({ code }: { code: string }) {
  const { t } = useI18n()
  const area = useAnswer(places.getArea, { params: { code } })
  const grids = useAnswer(places.listAreas, { query: { parent: code, limit: '200' } })
  return (
    <Loaded asked={area} lines={1}>
      {({ area: found }) =>
        found.level === 'community' ? (
          <Loaded asked={grids}>
            {({ rows }) => (
              <MergeWizard
                key={rows.map((row) => `${row.code}.${row.version}`).join()}
                community={found}
                grids={rows.filter((row) => row.gridKind === 'basic' || row.gridKind === 'dedicated')}
              />
            )}
          </Loaded>
        ) : (
          <p className="note">{t('merge.notCommunity', { name: found.name })}</p>
        )
      }
    </Loaded>
  )
}
