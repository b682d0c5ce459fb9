import { useI18n } from '@linli/web-shared/i18n'
import { Glyph } from './Glyph.tsx'

/** What is wrong and what to do, in the words of the catalogue. */
export function ProblemNote({ code }: { code: string }) {
  const { problem } = useI18n()
  const { what, todo } = problem(code)
  return (
    <div className="note late" role="alert">
      <Glyph name="alert" />
      <p>
        <strong>{what}</strong>
        <br />
        {todo}
      </p>
    </div>
  )
}
