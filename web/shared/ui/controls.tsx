import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon.tsx'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & { readonly ref?: Ref<HTMLButtonElement> }

/** A button in words. */
export function Button({ tone = 'plain', className, ...rest }: ButtonProps & { tone?: 'plain' | 'main' | 'quiet' | 'careful' }) {
  return <button type="button" className={`button button-${tone} ${className ?? ''}`} {...rest} />
}

/** A button that shows only a sign; its label is read out and shown on hover. */
export function IconButton({ icon, label, className, ...rest }: ButtonProps & { icon: IconName; label: string }) {
  return (
    <button type="button" className={`icon-button ${className ?? ''}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  )
}

/** One of a few choices, side by side. */
export function Segments<T extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: {
  label: string
  value: T
  options: readonly { readonly value: T; readonly text: ReactNode; readonly title?: string }[]
  onChange(value: T): void
  className?: string
}) {
  return (
    <div className={`segments ${className ?? ''}`} role="group" aria-label={label}>
      {options.map((option) => (
        <button key={option.value} type="button" aria-pressed={option.value === value} title={option.title} onClick={() => onChange(option.value)}>
          {option.text}
        </button>
      ))}
    </div>
  )
}

/** A filter that is on or off. */
export function Toggle({ on, children, onChange, label }: { on: boolean; children: ReactNode; onChange(on: boolean): void; label?: string }) {
  return (
    <button type="button" className="toggle" aria-pressed={on} aria-label={label} onClick={() => onChange(!on)}>
      {children}
    </button>
  )
}
