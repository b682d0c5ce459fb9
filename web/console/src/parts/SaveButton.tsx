import { useI18n } from '@linli/web-shared/i18n'
import { Button, Icon } from '@linli/web-shared/ui'
import type { ReactNode } from 'react'
import { Problem } from './Problem.tsx'
import { save } from './save.ts'
import { useAct } from './use-act.ts'

/** Fetches a file and hands it to the browser; says why where it may not. */
export function SaveButton({ children, name, fetch, onSaved }: { children: ReactNode; name: string; fetch(): Promise<Blob>; onSaved?: () => void }) {
  const { t } = useI18n()
  const doing = useAct()
  return (
    <>
      <Button
        disabled={doing.busy}
        onClick={() =>
          void doing.run(async () => {
            save(await fetch(), name)
            onSaved?.()
            return true
          })
        }
      >
        <Icon name="download" size={16} />
        {doing.busy ? t('common.loading') : children}
      </Button>
      {doing.problem && <Problem problem={doing.problem} />}
    </>
  )
}
