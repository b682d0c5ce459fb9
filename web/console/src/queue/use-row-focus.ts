import { useEffect, useRef, useState, type RefObject } from 'react'

export interface RowFocus {
  readonly list: RefObject<HTMLOListElement | null>
  /** The row that keys act on: the focused one, or the one that was focused last. */
  readonly id: string | undefined
  readonly inside: boolean
  step(by: number): void
  open(): void
}

/** Which row the keys act on. The browser's own focus is the mark, so that a reader of screens hears the row. */
export function useRowFocus(ids: readonly string[]): RowFocus {
  const list = useRef<HTMLOListElement>(null)
  const [last, setLast] = useState<string>()
  const [inside, setInside] = useState(false)
  useEffect(() => {
    const seen = (event: FocusEvent) => {
      const row = event.target instanceof Element && list.current?.contains(event.target) ? event.target.closest('[data-case]') : null
      setInside(row !== null)
      const id = row?.getAttribute('data-case')
      if (typeof id === 'string') setLast(id)
    }
    globalThis.addEventListener('focusin', seen)
    return () => globalThis.removeEventListener('focusin', seen)
  }, [])
  const id = last !== undefined && ids.includes(last) ? last : undefined
  const linkOf = (wanted: string | undefined) => list.current?.querySelector<HTMLElement>(`[data-case="${wanted ?? ''}"] a`)
  return {
    list,
    id,
    inside,
    step: (by) => {
      const at = id === undefined ? -1 : ids.indexOf(id)
      const link = linkOf(ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))])
      link?.focus()
      link?.scrollIntoView({ block: 'nearest' })
    },
    open: () => linkOf(id)?.click(),
  }
}
