import { identity } from '@linli/contract/endpoints/identity'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField, ReasonField } from '../parts/fields.tsx'
import { UnitPick } from './picks.tsx'

/** Makes an account; the person is invited and put on a post from its page. */
export function CreatePerson({ onDone, onClose }: { onDone(personId: string): void; onClose(): void }) {
  const { t } = useI18n()
  const client = useClient()
  return (
    <ActDialog
      title={t('people.create')}
      lead={t('people.createLead')}
      confirm={t('people.create')}
      act={(data, key) =>
        client.call(identity.createPerson, {
          key,
          body: {
            login: String(data.get('login')).trim(),
            personName: String(data.get('personName')).trim(),
            unitCode: String(data.get('unitCode')),
            reason: String(data.get('reason')),
          },
        })
      }
      onDone={({ personId }) => onDone(personId)}
      onClose={onClose}
    >
      <LineField name="personName" label={t('people.name')} required maxLength={60} autoComplete="off" />
      <LineField name="login" label={t('command.login')} hint={t('people.loginHint')} required pattern="[A-Za-z0-9][A-Za-z0-9._@\-]{2,59}" autoComplete="off" />
      <UnitPick name="unitCode" />
      <ReasonField />
    </ActDialog>
  )
}
