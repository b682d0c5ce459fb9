import { DUTY_CONFLICTS } from '@linli/contract/duties'
import type { ApiProblem } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { ProblemView } from '@linli/web-shared/ui'

/** What was refused and what to do, with the fields and facts that the server named. */
export function Problem({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const { t, pick, word } = useI18n()
  const words = (field: ApiProblem['fields'][number]) => {
    const conflict = problem.code === 'DUTIES_CONFLICT' ? DUTY_CONFLICTS.find(({ rule }) => rule === field.code) : undefined
    if (conflict) return `${pick(conflict)}${t('console.colon')}${conflict.permissions.map((permission) => word('permission', permission)).join(' + ')}`
    return field.detail ?? field.code
  }
  return (
    <div className="problem">
      {onRetry ? <ProblemView problem={problem} onRetry={onRetry} /> : <ProblemView problem={problem} />}
      {problem.fields.length > 0 && (
        <ul className="problem-fields" aria-label={t('console.fields')}>
          {problem.fields.slice(0, 20).map((field) => (
            <li key={`${field.pointer} ${field.code}`}>
              {words(field)} <code>{field.pointer}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
