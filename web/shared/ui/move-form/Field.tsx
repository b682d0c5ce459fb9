import type { ReactNode } from 'react'
import { useI18n } from '../../i18n/index.ts'

/** One field of a form with its name, its hint and what is wrong with it. */
export function Field({
  id,
  label,
  hint,
  wrong,
  optional = false,
  group = false,
  children,
}: {
  id: string
  label: string
  hint?: ReactNode
  wrong?: string | undefined
  optional?: boolean
  group?: boolean
  children: ReactNode
}) {
  const { t } = useI18n()
  const name = (
    <>
      {label}
      {optional && <span className="faint"> {t('common.optional')}</span>}
    </>
  )
  return (
    <div className="field" data-wrong={wrong !== undefined} {...(group ? { role: 'group', 'aria-labelledby': `${id}-label` } : {})}>
      {group ? (
        <span id={`${id}-label`} className="field-label">
          {name}
        </span>
      ) : (
        <label htmlFor={id} className="field-label">
          {name}
        </label>
      )}
      {children}
      {wrong === undefined ? (
        hint !== undefined && <p className="field-hint">{hint}</p>
      ) : (
        <p className="field-wrong" role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}
