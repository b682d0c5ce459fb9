/** A case by its number; opens it on the command map. */
export function CaseLink({ id, number }: { id: string; number: string }) {
  return (
    <a className="case-link" href={`/#/case/${id}`}>
      {number}
    </a>
  )
}
