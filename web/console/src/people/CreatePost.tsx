import { identity } from '@linli/contract/endpoints/identity'
import { useAnswer, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField, ReasonField, TickField } from '../parts/fields.tsx'
import { useSay } from '../parts/Notices.tsx'
import { conflictsOf } from './conflicts.ts'
import { AreaPick, UnitPick } from './picks.tsx'

/** Makes a post (岗位); roles that nobody may hold together are named before anything is sent. */
export function CreatePost({ onDone, onClose }: { onDone(): void; onClose(): void }) {
  const { t, word, pick } = useI18n()
  const client = useClient()
  const say = useSay()
  const roles = useAnswer(identity.listRoles, {}, { freshMs: 300_000 })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const conflicts = roles.data ? conflictsOf(roles.data, chosen) : []
  return (
    <ActDialog
      title={t('posts.create')}
      lead={t('posts.createLead')}
      confirm={t('posts.create')}
      act={(data, key) =>
        client.call(identity.createPost, {
          key,
          body: {
            code: String(data.get('code')).trim(),
            postTitle: String(data.get('postTitle')).trim(),
            unitCode: String(data.get('unitCode')),
            areaCode: String(data.get('areaCode')),
            roles: [...chosen],
            reason: String(data.get('reason')),
          },
        })
      }
      onDone={() => {
        say(t('posts.created'))
        onClose()
        onDone()
      }}
      onClose={onClose}
    >
      <div className="pair">
        <LineField name="postTitle" label={t('posts.title')} required maxLength={60} autoComplete="off" />
        <LineField name="code" label={t('command.code')} hint={t('posts.codeHint')} required pattern="[a-z0-9][a-z0-9\-]{1,39}" autoComplete="off" />
      </div>
      <UnitPick name="unitCode" />
      <AreaPick name="areaCode" />
      <fieldset className="ticks">
        <legend>{t('posts.roles')}</legend>
        {(roles.data?.rows ?? []).map((row) => (
          <TickField
            key={row.role}
            label={word('cityRole', row.role)}
            checked={chosen.includes(row.role)}
            onChange={(event) => setChosen(event.target.checked ? [...chosen, row.role] : chosen.filter((role) => role !== row.role))}
          />
        ))}
      </fieldset>
      {conflicts.length > 0 && (
        <div className="note note-late" role="alert">
          <strong>{t('roles.conflictNow')}</strong>
          <ul className="plain-list">
            {conflicts.map((conflict) => (
              <li key={conflict.rule}>
                {pick(conflict)}
                {t('console.colon')}
                {conflict.permissions.map((permission) => word('permission', permission)).join(' + ')}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ReasonField />
    </ActDialog>
  )
}
