import { desk } from '@linli/contract/endpoints/desk'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ActDialog } from '../parts/ActDialog.tsx'
import { LineField, TickField } from '../parts/fields.tsx'
import { keptOf, type Filter, type Saved } from './filter.ts'

/** Keeps the filter on show under a name, for oneself or for the unit as well; or changes name and sharing of a kept one. */
export function SaveFilter({ filter, saved, onClose }: { filter: Filter; saved?: Saved | undefined; onClose(name?: string): void }) {
  const { t } = useI18n()
  const client = useClient()
  const bodyOf = (data: FormData) => ({ name: String(data.get('name') ?? ''), filter: saved?.filter ?? keptOf(filter), shared: data.get('shared') !== null })
  return (
    <ActDialog
      title={t(saved ? 'queue.change' : 'queue.save')}
      lead={t(filter.q === undefined ? 'queue.saveLead' : 'queue.saveNoWords')}
      confirm={t(saved ? 'queue.change' : 'queue.save')}
      act={(data, key) =>
        saved ? client.call(desk.changeFilter, { params: { id: saved.id }, body: bodyOf(data) }) : client.call(desk.addFilter, { body: bodyOf(data), key })
      }
      onDone={(row) => onClose(row.name)}
      onClose={() => onClose()}
    >
      <LineField name="name" label={t('console.name')} required maxLength={40} defaultValue={saved?.name} />
      <TickField name="shared" label={t('queue.share')} hint={t('queue.shareHint')} defaultChecked={saved?.shared} />
    </ActDialog>
  )
}
