import { useSyncExternalStore } from 'react'
import { Glyph } from './Glyph.tsx'

let said: { readonly text: string; readonly bad: boolean } | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Says something shortly at the foot of the screen; read out too. */
export function say(text: string, bad = false): void {
  said = { text, bad }
  clearTimeout(timer)
  timer = setTimeout(
    () => {
      said = undefined
      tell()
    },
    bad ? 9_000 : 4_000,
  )
  tell()
}

/** Where `say` speaks. */
export function Toast() {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => said,
  )
  return (
    <div className="toast-place" role="status" aria-live="polite">
      {now && (
        <p className={`toast ${now.bad ? 'toast-bad' : ''}`}>
          <Glyph name={now.bad ? 'alert' : 'done'} />
          {now.text}
        </p>
      )}
    </div>
  )
}
