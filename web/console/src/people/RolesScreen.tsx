import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { DataTable } from '../parts/DataTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { nameOf } from '../screens.ts'

/** The city's roles (角色) and the pairs of permissions that nobody may hold together (职责分离). */
export default function RolesScreen() {
  const { t, word, pick } = useI18n()
  const asked = useAnswer(identity.listRoles)
  return (
    <Page title={t(nameOf('roles'))} lead={t('roles.lead')}>
      <Loaded asked={asked}>
        {({ rows, conflicts }) => (
          <>
            <Section title={t('roles.conflicts')} note={t('roles.conflictsNote')}>
              <DataTable
                label={t('roles.conflicts')}
                rows={conflicts}
                keyOf={(row) => row.rule}
                columns={[
                  { key: 'rule', head: t('roles.rule'), kind: 'main', render: (row) => pick(row) },
                  { key: 'pair', head: t('roles.pair'), render: (row) => row.permissions.map((permission) => word('permission', permission)).join(' + ') },
                  { key: 'within', head: t('roles.within'), render: (row) => t(`roles.within.${row.within}`) },
                ]}
              />
            </Section>
            <Section title={t('roles.roles')}>
              <DataTable
                label={t('roles.roles')}
                rows={rows}
                keyOf={(row) => row.role}
                columns={[
                  { key: 'role', head: t('posts.roles'), kind: 'main', render: (row) => word('cityRole', row.role) },
                  { key: 'factor', head: t('console.secondFactor'), render: (row) => t(row.secondFactor ? 'roles.factorNeeded' : 'console.no') },
                  {
                    key: 'permissions',
                    head: t('roles.permissions'),
                    render: (row) => (
                      <ul className="tags">
                        {row.permissions.map((permission) => (
                          <li key={permission} title={permission}>
                            {word('permission', permission)}
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}
