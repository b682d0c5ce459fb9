import { intake } from '@linli/contract/endpoints/intake'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { IconButton } from '@linli/web-shared/ui'
import { useId, useState } from 'react'
import { Problem } from '../parts/Problem.tsx'
import { useAct } from '../parts/use-act.ts'

const MOST = 9

/** Photos from the camera or the album; each is uploaded when it is taken. */
export function Photos({ needed, onChange }: { needed: boolean; onChange(ids: readonly string[]): void }) {
  const { t } = useI18n()
  const id = useId()
  const client = useClient()
  const doing = useAct()
  const [files, setFiles] = useState<readonly { readonly id: string; readonly name: string }[]>([])
  const change = (next: typeof files) => {
    setFiles(next)
    onChange(next.map((file) => file.id))
  }
  const add = (chosen: readonly File[]) =>
    doing.run(async () => {
      let kept = files
      for (const file of chosen.slice(0, MOST - files.length)) {
        const { id: uploaded } = await client.call(intake.upload, { upload: file })
        kept = [...kept, { id: uploaded, name: file.name }]
        change(kept)
      }
    })
  return (
    <div className="field">
      <label htmlFor={id}>
        {t('duties.photos')}
        {!needed && <span className="faint"> {t('common.optional')}</span>}
      </label>
      <input
        id={id}
        className="file-input"
        type="file"
        accept="image/*"
        capture="environment"
        multiple
        disabled={doing.busy || files.length >= MOST}
        required={needed && files.length === 0}
        onChange={(event) => {
          const { currentTarget } = event
          void add([...(currentTarget.files ?? [])]).then(() => {
            currentTarget.value = ''
          })
        }}
      />
      {doing.busy && <p className="faint">{t('common.sending')}</p>}
      {doing.problem && <Problem problem={doing.problem} />}
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <span>{file.name}</span>
            <IconButton icon="close" label={t('common.remove')} onClick={() => change(files.filter((one) => one.id !== file.id))} />
          </li>
        ))}
      </ul>
    </div>
  )
}
