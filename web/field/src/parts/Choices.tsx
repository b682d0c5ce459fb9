import { useId } from 'react'

/** One of a few, each large enough for a wet thumb. */
export function Choices({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string
  value: string | undefined
  options: readonly { readonly value: string; readonly text: string }[]
  onChange(value: string): void
}) {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  )
}
