import { intake } from '@linli/contract/endpoints/intake'
import { useRef, useState } from 'react'
import { ApiProblem, useClient } from '../../api/index.ts'
import { useI18n } from '../../i18n/index.ts'
import { IconButton } from '../controls.tsx'
import { Icon } from '../Icon.tsx'
import type { UploadedFile } from './draft.ts'
import { Field } from './Field.tsx'

const MOST = 9
const LARGEST = intake.upload.upload?.maxBytes ?? 0

/** Photos and files as evidence (现场照片); each is uploaded when it is chosen. */
export function EvidenceField({
  form,
  files,
  needed,
  wrong,
  onAdd,
  onRemove,
}: {
  /** Begins the names of its fields, since two forms may be in one page. */
  form: 'move' | 'report'
  files: readonly UploadedFile[]
  needed: boolean
  wrong: string | undefined
  onAdd(file: UploadedFile): void
  onRemove(id: string): void
}) {
  const i18n = useI18n()
  const client = useClient()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState<string>()
  const [failed, setFailed] = useState<string>()
  const upload = async (chosen: readonly File[]) => {
    setFailed(undefined)
    if (files.length + chosen.length > MOST) return setFailed(i18n.t('form.tooMany'))
    for (const file of chosen) {
      if (file.size > LARGEST) {
        setFailed(i18n.t('form.tooLarge', { name: file.name }))
        continue
      }
      setBusy(file.name)
      try {
        const { id, mediaType } = await client.call(intake.upload, { upload: file })
        onAdd({ id, mediaType, name: file.name })
      } catch (problem) {
        const words = i18n.problem(problem instanceof ApiProblem ? problem.code : 'INTERNAL')
        setFailed(i18n.t('form.fileFailed', { name: file.name, ...words }))
      }
    }
    setBusy(undefined)
    if (input.current) input.current.value = ''
  }
  return (
    <Field id={`${form}-evidence`} label={i18n.t('need.evidence')} hint={i18n.t('form.filesHint')} wrong={failed ?? wrong} optional={!needed}>
      <input
        ref={input}
        id={`${form}-evidence`}
        className="unseen"
        type="file"
        multiple
        accept="image/jpeg,image/png,image/webp,application/pdf"
        aria-invalid={wrong !== undefined}
        onChange={(event) => void upload([...(event.target.files ?? [])])}
      />
      <ul className="files">
        {files.map((file) => (
          <li key={file.id}>
            <Icon name="file" size={15} />
            <span>{file.name}</span>
            <IconButton icon="close" label={`${i18n.t('common.remove')} ${file.name}`} onClick={() => onRemove(file.id)} />
          </li>
        ))}
        {busy !== undefined && (
          <li role="status">
            <span className="faint">{i18n.t('form.uploading', { name: busy })}</span>
          </li>
        )}
      </ul>
      <button type="button" className="button button-plain" disabled={busy !== undefined} onClick={() => input.current?.click()}>
        <Icon name="plus" size={16} />
        {i18n.t('form.addFiles')}
      </button>
    </Field>
  )
}
