import { useEffect, useEffectEvent, useState, type RefObject } from 'react'
import { useI18n } from '../../i18n/index.ts'
import { Icon } from '../Icon.tsx'

const TYPING_MS = 300

/** Words to search a list for: told once typing rests, and taken over where they are changed from outside. */
export function SearchBox({ search, asked, onAsk }: { search: RefObject<HTMLInputElement | null>; asked: string; onAsk(words: string): void }) {
  const { t } = useI18n()
  const [typed, setTyped] = useState(asked)
  const say = useEffectEvent((words: string) => {
    if (words !== asked) onAsk(words)
  })
  useEffect(() => {
    const timer = setTimeout(() => say(typed.trim()), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  const [before, setBefore] = useState(asked)
  if (before !== asked) {
    setBefore(asked)
    if (typed.trim() !== asked) setTyped(asked)
  }
  return (
    <span className="search-box">
      <Icon name="search" size={16} />
      <input
        ref={search}
        type="search"
        className="search"
        value={typed}
        maxLength={100}
        placeholder={t('command.search')}
        aria-label={t('command.search')}
        onChange={(event) => setTyped(event.target.value)}
      />
      <kbd aria-hidden="true">/</kbd>
    </span>
  )
}
