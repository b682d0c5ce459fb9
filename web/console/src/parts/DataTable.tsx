import { useEffect, useRef, type ReactNode } from 'react'

export interface Column<R> {
  readonly key: string
  readonly head: ReactNode
  render(row: R): ReactNode
  /** `figure` stands right in columns; `main` is the row's own name; `acts` are its buttons. */
  readonly kind?: 'figure' | 'main' | 'acts'
}

/** Rows in columns on a desk; on a phone each row becomes a block whose lines carry the names of the columns. */
export function DataTable<R>({
  label,
  columns,
  rows,
  keyOf,
  tone,
}: {
  label: string
  columns: readonly Column<R>[]
  rows: readonly R[]
  keyOf(row: R): string
  tone?: (row: R) => 'late' | 'quiet' | undefined
}) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = frame.current
    if (!box) return undefined
    // Whoever has no pointer can only scroll what can be focused; a table that fits is no stop on the way.
    const watch = new ResizeObserver(() => {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
      else box.removeAttribute('tabindex')
    })
    watch.observe(box)
    return () => watch.disconnect()
  }, [])
  return (
    <div ref={frame} className="table-frame" role="group" aria-label={label}>
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-kind={column.kind}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-tone={tone?.(row)}>
              {columns.map((column) => (
                <td key={column.key} data-kind={column.kind} data-name={typeof column.head === 'string' ? column.head : undefined}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
