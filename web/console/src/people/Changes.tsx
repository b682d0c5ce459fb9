import { identity } from '@linli/contract/endpoints/identity'
import { useAnswerPages } from '@linli/web-shared/api'
import { useI18n, type MessageKey } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { Moment } from '../parts/Moment.tsx'

const ACTIONS = {
  'identity.createPerson': 'people.create',
  'identity.renamePerson': 'people.rename',
  'identity.endPerson': 'people.end',
  'identity.invitePerson': 'people.invite',
  'identity.unlockPerson': 'people.unlock',
  'identity.endSessions': 'people.endSessions',
  'identity.resetSecondFactor': 'people.resetFactor',
  'identity.createPost': 'posts.create',
  'identity.endPost': 'posts.end',
  'identity.putOnPost': 'people.putOn',
  'identity.deputise': 'posts.deputise',
  'identity.takeOffPost': 'people.takeOff',
  'identity.createUnit': 'units.create',
  'identity.renameUnit': 'units.rename',
  'identity.endUnit': 'units.end',
} as const satisfies Readonly<Record<string, MessageKey>>
const isKnown = (action: string): action is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, action)

/** What was ever changed about a person, post or unit: before, after, why and by whom. */
export function Changes({ kind, object }: { kind: 'person' | 'post' | 'unit'; object: string }) {
  const { t, times } = useI18n()
  // What is kept is text with instants in it; a reader wants the city's clock.
  const told = (text: string | null) => text?.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (at) => times.full(Date.parse(at))) ?? t('common.none')
  const asked = useAnswerPages(identity.listChanges, { query: { kind, object, limit: '20' } })
  return (
    <LoadedPages asked={asked} empty={t('people.noChanges')}>
      {(rows) => (
        <DataTable
          label={t('people.changes')}
          rows={rows}
          keyOf={(row) => row.id}
          columns={[
            { key: 'at', head: t('console.when'), render: (row) => <Moment at={row.at} /> },
            { key: 'what', head: t('console.what'), kind: 'main', render: (row) => (isKnown(row.action) ? t(ACTIONS[row.action]) : <code>{row.action}</code>) },
            { key: 'before', head: t('console.before'), render: (row) => told(row.before) },
            { key: 'after', head: t('console.after'), render: (row) => told(row.after) },
            { key: 'reason', head: t('console.reason'), render: (row) => row.reason },
            {
              key: 'by',
              head: t('console.by'),
              render: (row) => [row.personName, row.postTitle].filter((text) => text !== null).join(' · ') || t('common.none'),
            },
          ]}
        />
      )}
    </LoadedPages>
  )
}
