import { SIGN_PATHS, type SignName } from './signs.ts'

/** A step's sign, as on the map; always beside the step's word or with its own label. */
export function Sign({ name, overdue = false, size = 18, label }: { name: SignName; overdue?: boolean; size?: number; label?: string }) {
  const color = name === 'voided' ? 'var(--ended)' : `var(--step-${name})`
  return (
    <svg
      className="sign"
      width={size}
      height={size}
      viewBox="-4 -4 32 32"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {overdue && <circle cx="12" cy="12" r="14.600" fill="none" stroke="var(--late)" strokeWidth="2.600" />}
      <path d={SIGN_PATHS[name]} fill={color} fillRule="evenodd" transform={overdue ? 'translate(2.400 2.400) scale(.8)' : undefined} />
    </svg>
  )
}
