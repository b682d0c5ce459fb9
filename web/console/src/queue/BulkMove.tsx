import { cases } from '@linli/contract/endpoints/cases'
import { desk } from '@linli/contract/endpoints/desk'
import { ApiProblem, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, IconButton, LoadingView } from '@linli/web-shared/ui'
import { useEffect, useId, useRef, useState } from 'react'
import { Problem } from '../parts/Problem.tsx'
import { bulkBody, canBulk, EMPTY_DRAFT, type BulkDraft, type Outcome, type Preview, type PreviewRow } from './bulk.ts'
import { BulkFields } from './BulkFields.tsx'
import { BulkRows } from './BulkRows.tsx'

const TYPING_MS = 250
/** So many are under way at once. */
const AT_ONCE = 4

/** One move in many cases (批量办理): which move, with what, who would go and who not, then the act with its result for each, and again for what failed. */
export function BulkMove({ ids, onClose }: { ids: readonly string[]; onClose(moved: boolean): void }) {
  const { t, word } = useI18n()
  const client = useClient()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const [looked, setLooked] = useState<{ readonly of: string | undefined; readonly preview: Preview }>()
  const [problem, setProblem] = useState<ApiProblem>()
  const [chosen, setChosen] = useState<string>()
  const [draft, setDraft] = useState<BulkDraft>(EMPTY_DRAFT)
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [running, setRunning] = useState(false)
  const [asked, setAsked] = useState(0)
  const preview = looked?.preview
  const move = preview?.moves.find((one) => one.move === chosen)
  const body = move && bulkBody(move, draft)
  const said = JSON.stringify(body)
  // One key per case and content: what is sent again is done once.
  const batch = useRef(crypto.randomUUID())
  useEffect(() => dialog.current?.showModal(), [])
  useEffect(() => {
    if (asked < 0) return undefined
    const stop = new AbortController()
    const timer = setTimeout(
      () =>
        void client
          .call(desk.previewMoves, {
            body: { ids: [...ids], ...(said === undefined ? {} : { move: JSON.parse(said) as NonNullable<typeof body> }) },
            signal: stop.signal,
          })
          .then((answer) => setLooked({ of: said, preview: answer }))
          .catch((caught: unknown) => {
            if (stop.signal.aborted) return
            if (!(caught instanceof ApiProblem)) throw caught
            setProblem(caught)
          }),
      said === undefined ? 0 : TYPING_MS,
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [client, ids, said, asked])
  // What was looked at before the last change says nothing of what would be sent now.
  const current = looked?.of === said ? preview : undefined
  const going = current?.rows.filter((row) => row.go && outcomes.get(row.id)?.kind !== 'done') ?? []
  const done = [...outcomes.values()].filter((outcome) => outcome.kind === 'done').length
  const failed = [...outcomes.values()].filter((outcome) => outcome.kind === 'failed').length
  const make = async (row: PreviewRow): Promise<Outcome> => {
    if (!body) return { kind: 'waiting' }
    try {
      const moved = await client.call(cases.move, { params: { id: row.id }, body, seq: row.seq, key: `${batch.current}:${row.id}:${row.seq}` })
      return { kind: 'done', state: moved.state }
    } catch (caught) {
      if (!(caught instanceof ApiProblem)) throw caught
      return { kind: 'failed', code: caught.code }
    }
  }
  const run = async () => {
    const queue = [...going]
    setRunning(true)
    const work = async () => {
      for (let row = queue.shift(); row; row = queue.shift()) {
        const { id: caseId } = row
        const outcome = await make(row)
        setOutcomes((before) => new Map([...before, [caseId, outcome]]))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    setRunning(false)
    // What failed may have moved meanwhile: look again before it is tried again.
    setAsked((before) => before + 1)
  }
  return (
    <dialog
      ref={dialog}
      className="act"
      data-wide="true"
      aria-labelledby={id}
      onClose={() => onClose(done > 0)}
      onCancel={(event) => running && event.preventDefault()}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void run()
        }}
      >
        <header>
          <h2 id={id}>{t('bulk.title', { n: ids.length })}</h2>
          <IconButton icon="close" label={t('common.close')} disabled={running} onClick={() => dialog.current?.close()} />
        </header>
        <div className="act-body">
          {problem && <Problem problem={problem} />}
          {!preview && !problem && <LoadingView lines={4} />}
          {preview && (
            <fieldset className="bulk-moves" disabled={running || outcomes.size > 0}>
              <legend>{t('bulk.which')}</legend>
              {preview.moves.length === 0 && <p className="faint">{t('bulk.noMove')}</p>}
              {preview.moves.map((one) => (
                <label key={one.move} data-off={!canBulk(one)}>
                  <input
                    type="radio"
                    name="move"
                    value={one.move}
                    checked={one.move === chosen}
                    disabled={!canBulk(one)}
                    onChange={() => setChosen(one.move)}
                  />
                  <span>
                    {word('move', one.move)}
                    <small>{t(canBulk(one) ? 'bulk.canGo' : 'bulk.oneByOne', { n: one.go, of: ids.length })}</small>
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          {move && (
            <BulkFields move={move} draft={draft} locked={running || outcomes.size > 0} onChange={(part) => setDraft((before) => ({ ...before, ...part }))} />
          )}
          {move &&
            (current || running || outcomes.size > 0 ? (
              preview && <BulkRows rows={preview.rows} outcomes={outcomes} running={running} />
            ) : (
              <LoadingView lines={3} />
            ))}
          <p role="status" className="bulk-status">
            {running && (
              <>
                <progress max={going.length + done + failed} value={done + failed} aria-label={t('bulk.title', { n: ids.length })} />
                {t('bulk.running', { done, of: going.length + done })}
              </>
            )}
            {!running && outcomes.size > 0 && t('bulk.finished', { done, failed })}
          </p>
        </div>
        <footer>
          <Button disabled={running} onClick={() => dialog.current?.close()}>
            {t(outcomes.size > 0 ? 'common.close' : 'common.cancel')}
          </Button>
          {move && (outcomes.size === 0 || failed > 0) && (
            <Button type="submit" tone="main" disabled={running || going.length === 0}>
              {outcomes.size > 0 ? t('bulk.again', { n: going.length }) : t('bulk.confirm', { move: word('move', move.move), n: going.length })}
            </Button>
          )}
        </footer>
      </form>
    </dialog>
  )
}
