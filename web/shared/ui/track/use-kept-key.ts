import { useRef } from 'react'

/** A key for each content that is sent (幂等键): the same content keeps its key however often it is sent, another content gets another. */
export function useKeptKey(): (content: string) => string {
  const kept = useRef({ content: '', key: '' })
  return (content) => {
    if (kept.current.key === '' || kept.current.content !== content) kept.current = { content, key: crypto.randomUUID() }
    return kept.current.key
  }
}
