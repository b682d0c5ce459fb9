import { ApiProblem } from '@linli/web-shared/api'
import { useRef, useState } from 'react'

export interface Act {
  readonly busy: boolean
  readonly problem: ApiProblem | undefined
  clear(): void
  /** Runs work and gives its answer, or undefined where it was refused: `problem` then says why. */
  run<T>(work: () => Promise<T>): Promise<T | undefined>
  /** The idempotency key (幂等键) of an act: the same while the same thing is sent again, another as soon as anything in it differs. */
  keyOf(sent: unknown): string
}

/** One thing that a person does and the server may refuse. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const kept = useRef<{ readonly text: string; readonly key: string }>(undefined)
  return {
    busy,
    problem,
    clear: () => setProblem(undefined),
    keyOf: (sent) => {
      const text = JSON.stringify(sent)
      if (kept.current?.text !== text) kept.current = { text, key: crypto.randomUUID() }
      return kept.current.key
    },
    run: async (work) => {
      setBusy(true)
      setProblem(undefined)
      try {
        const answer = await work()
        kept.current = undefined
        return answer
      } catch (error) {
        if (!(error instanceof ApiProblem)) throw error
        setProblem(error)
        return undefined
      } finally {
        setBusy(false)
      }
    },
  }
}
