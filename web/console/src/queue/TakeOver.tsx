import type { ApiProblem } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ActDialog } from '../parts/ActDialog.tsx'
import { WordsField } from '../parts/fields.tsx'

/** Asks why somebody takes over what a colleague is on (接手); the reason goes to the record, and the colleague keeps every right to act. */
export function TakeOver({ problem, onTake, onClose }: { problem: ApiProblem; onTake(reason: string): Promise<void>; onClose(): void }) {
  const { t } = useI18n()
  return (
    <ActDialog
      title={t('queue.takeOver')}
      lead={t('queue.takeOverLead', { post: String(problem.extra['postTitle'] ?? ''), unit: String(problem.extra['unitName'] ?? '') })}
      confirm={t('queue.takeOver')}
      act={(data) => onTake(String(data.get('reason') ?? '')).then(() => true)}
      onDone={onClose}
      onClose={onClose}
    >
      <WordsField name="reason" label={t('console.reason')} hint={t('queue.takeOverHint')} required maxLength={300} rows={2} />
    </ActDialog>
  )
}
