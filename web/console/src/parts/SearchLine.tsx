import { useEffect, useEffectEvent, useRef, useState } from 'react'

const PAUSE_MS = 250

/** A line that searches shortly after typing has paused. */
export function SearchLine({ label, value, onSearch }: { label: string; value: string; onSearch(q: string): void }) {
  const [typed, setTyped] = useState(value)
  const told = useRef(value)
  const tell = useEffectEvent((q: string) => {
    if (told.current === q) return
    told.current = q
    onSearch(q)
  })
  useEffect(() => {
    const timer = setTimeout(() => tell(typed.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <input
      type="search"
      className="search"
      value={typed}
      placeholder={label}
      aria-label={label}
      maxLength={60}
      onChange={(event) => setTyped(event.target.value)}
    />
  )
}
