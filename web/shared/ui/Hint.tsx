import { useId, useRef, type ReactNode } from 'react'

/** Words that appear beside something on hover and on focus, and are read out with it (top layer, so nothing clips them). */
export function Hint({ children, text, className }: { children: ReactNode; text: ReactNode; className?: string }) {
  const id = useId()
  const anchor = useRef<HTMLButtonElement>(null)
  const card = useRef<HTMLSpanElement>(null)
  const show = () => {
    if (!anchor.current || !card.current) return
    const place = anchor.current.getBoundingClientRect()
    card.current.showPopover()
    const { width, height } = card.current.getBoundingClientRect()
    const left = Math.min(Math.max(8, place.left), globalThis.innerWidth - width - 8)
    const below = place.bottom + 6 + height < globalThis.innerHeight
    card.current.style.left = `${left}px`
    card.current.style.top = `${below ? place.bottom + 6 : place.top - height - 6}px`
  }
  const hide = () => card.current?.hidePopover()
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={`hint-anchor ${className ?? ''}`}
        aria-describedby={id}
        onMouseEnter={show}
        onMouseLeave={hide}
        onFocus={show}
        onBlur={hide}
        onClick={show}
      >
        {children}
      </button>
      <span ref={card} id={id} role="tooltip" popover="manual" className="hint-card">
        {text}
      </span>
    </>
  )
}
