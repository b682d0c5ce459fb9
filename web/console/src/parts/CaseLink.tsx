import { linkTo } from '../place.ts'

/** A case by its number; opens its page. */
export function CaseLink({ number }: { number: string }) {
  return (
    <a className="case-link" href={linkTo('cases', [number])}>
      {number}
    </a>
  )
}
