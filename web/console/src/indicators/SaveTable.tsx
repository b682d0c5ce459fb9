import { useI18n } from '@linli/web-shared/i18n'
import { SaveButton } from '../parts/SaveButton.tsx'

/** Saves what is on show, which are figures of cases and nobody's data. */
export function SaveTable({ name, file }: { name: string; file(): Blob }) {
  const { t } = useI18n()
  return (
    <p className="views-save">
      <SaveButton name={`${name}.csv`} fetch={() => Promise.resolve(file())}>
        {t('console.saveCsv')}
      </SaveButton>
    </p>
  )
}
