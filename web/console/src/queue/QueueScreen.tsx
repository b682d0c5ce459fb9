import { cases } from '@linli/contract/endpoints/cases'
import { desk as contract } from '@linli/contract/endpoints/desk'
import { ApiProblem, useAnswerPages, useCache, useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { Button, Icon, useKeys } from '@linli/web-shared/ui'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useDesk } from '../desk.ts'
import { useHeard } from '../live.tsx'
import { LoadedPages } from '../parts/Loaded.tsx'
import { useSay } from '../parts/Notices.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { nameOf } from '../screens.ts'
import { BulkMove } from './BulkMove.tsx'
import { CountLine } from './CountLine.tsx'
import { readFilter, sameFilter, writeFilter, type Filter, type Saved } from './filter.ts'
import { KeysHelp } from './KeysHelp.tsx'
import { QueueFilters } from './QueueFilters.tsx'
import { QueueRow } from './QueueRow.tsx'
import { SavedFilters } from './SavedFilters.tsx'
import { TakeOver } from './TakeOver.tsx'
import { leaveTrail } from './trail.ts'
import { useClaims } from './use-claims.ts'
import { useRowFocus } from './use-row-focus.ts'
import './queue.css'

const RENEW_MS = 4_000
const PAGE = 50
/** Beyond so many rows a list does not renew itself under somebody's eyes; they are told and ask for it. */
const SELF_RENEWING = 200
export const MOST_AT_ONCE = 100

/** The queue (案件队列): what waits, under filters that are in the address, driven by keys. */
export default function QueueScreen() {
  const { t, problem: words } = useI18n()
  const { session } = useDesk()
  const say = useSay()
  const client = useClient()
  const cache = useCache()
  const { query } = usePlace()
  const filter = useMemo(() => readFilter(query), [query])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [moving, setMoving] = useState<readonly string[]>()
  const [help, setHelp] = useState(false)
  const [taking, setTaking] = useState<{ readonly id: string; readonly problem: ApiProblem }>()
  const [old, setOld] = useState(false)
  const search = useRef<HTMLInputElement>(null)
  const [saved, setSaved] = useState<readonly Saved[]>([])
  const asked = useAnswerPages(cases.list, { query: { ...filter, limit: String(PAGE) }, purpose: session.purpose }, { keep: true })
  const rows = asked.rows
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const claims = useClaims(ids)
  const focus = useRowFocus(ids)
  const address = linkTo('queue', [], writeFilter(filter))
  useEffect(
    () =>
      leaveTrail(
        rows.map((row) => row.number),
        address,
      ),
    [rows, address],
  )
  const narrow = (next: Filter) => {
    setChosen(new Set())
    go(linkTo('queue', [], writeFilter(next)), true)
  }
  const renew = () => {
    setOld(false)
    cache.renew(cases.list)
    cache.renew(cases.count)
    cache.renew(contract.countFilters)
    claims.renew()
  }
  useHeard(
    (heard) => heard?.attended !== true,
    () => {
      if (rows.length <= SELF_RENEWING) cache.renew(cases.list)
      else setOld(true)
    },
    RENEW_MS,
  )
  const claim = async (id: string | undefined, reason?: string) => {
    const row = rows.find((one) => one.id === id)
    if (!row) return
    try {
      await client.call(contract.claim, { params: { id: row.id }, body: reason === undefined ? {} : { reason } })
      say(t('queue.claimed', { number: row.number }))
      setTaking(undefined)
    } catch (problem) {
      if (!(problem instanceof ApiProblem)) throw problem
      if (problem.code === 'DESK_CLAIMED' || reason !== undefined) setTaking({ id: row.id, problem })
      else say(t('queue.notClaimed', { number: row.number, why: words(problem.code).what }))
    }
    claims.renew()
  }
  const release = async (id: string | undefined) => {
    const row = rows.find((one) => one.id === id)
    if (!row || claims.of(row.id)?.me !== true) return
    await client.call(contract.release, { params: { id: row.id }, body: {} }).catch((problem: unknown) => {
      if (!(problem instanceof ApiProblem)) throw problem
    })
    say(t('queue.released', { number: row.number }))
    claims.renew()
  }
  const choose = (id: string | undefined, only?: boolean) => {
    if (id === undefined) return
    setChosen((before) => {
      const next = new Set(before)
      if (only ?? !next.has(id)) next.add(id)
      else next.delete(id)
      return next
    })
  }
  const begin = () => {
    const picked = [...chosen].filter((id) => ids.includes(id))
    const those = picked.length > 0 ? picked : focus.id === undefined ? [] : [focus.id]
    if (those.length > MOST_AT_ONCE) say(t('queue.tooMany', { n: MOST_AT_ONCE }))
    else if (those.length > 0) setMoving(those)
  }
  const open = moving !== undefined || help || taking !== undefined
  const keys = {
    j: () => {
      if (focus.id === ids.at(-1) && asked.more && !asked.loadingMore) asked.loadMore()
      focus.step(1)
    },
    k: () => focus.step(-1),
    ArrowDown: focus.inside ? () => focus.step(1) : undefined,
    ArrowUp: focus.inside ? () => focus.step(-1) : undefined,
    o: () => focus.open(),
    x: () => choose(focus.id),
    a: () => setChosen(chosen.size === 0 ? new Set(ids.slice(0, MOST_AT_ONCE)) : new Set()),
    c: () => void claim(focus.id),
    r: () => void release(focus.id),
    m: begin,
    s: () => narrow({ ...filter, order: filter.order === 'due' ? undefined : 'due' } as Filter),
    u: renew,
    '/': () => search.current?.focus(),
    '?': () => setHelp(true),
    Escape: chosen.size === 0 ? undefined : () => setChosen(new Set()),
    ...Object.fromEntries(saved.slice(0, 9).map((row, index) => [String(index + 1), () => narrow(row.filter)])),
  }
  // What is open above the list has its own keys.
  useKeys(open ? {} : keys)
  return (
    <article className="queue">
      <header className="queue-head">
        <h1>{t(nameOf('queue'))}</h1>
        <CountLine filter={filter} />
        <div className="queue-tools">
          <Button onClick={renew} title="u">
            <Icon name="refresh" size={16} />
            {t('queue.renew')}
          </Button>
          <Button onClick={() => setHelp(true)} aria-keyshortcuts="?">
            <Icon name="help" size={16} />
            {t('command.help')}
          </Button>
        </div>
      </header>
      <SavedFilters filter={filter} onChoose={narrow} onRows={setSaved} />
      <QueueFilters search={search} filter={filter} onChange={narrow} />
      {old && (
        <p className="queue-old" role="status">
          {t('queue.newer')}{' '}
          <button type="button" className="text-button" onClick={renew}>
            {t('queue.renew')}
          </button>
        </p>
      )}
      {chosen.size > 0 && (
        <div className="queue-chosen" role="region" aria-label={t('queue.chosen', { n: chosen.size })}>
          <strong>{t('queue.chosen', { n: chosen.size })}</strong>
          <Button tone="main" onClick={begin}>
            {t('queue.move')} <kbd>m</kbd>
          </Button>
          <Button onClick={() => setChosen(new Set())}>{t('command.clear')}</Button>
        </div>
      )}
      <LoadedPages
        asked={asked}
        empty={t(sameFilter(filter, {}) ? 'command.noCasesYet' : 'command.noCases')}
        emptyAction={!sameFilter(filter, {}) && <Button onClick={() => narrow({})}>{t('command.clear')}</Button>}
      >
        {() => (
          <ol className="queue-rows" ref={focus.list} aria-label={t(nameOf('queue'))}>
            {rows.map((row) => (
              <QueueRow key={row.id} row={row} claim={claims.of(row.id)} chosen={chosen.has(row.id)} onChoose={choose} onClaim={claim} onRelease={release} />
            ))}
          </ol>
        )}
      </LoadedPages>
      {moving && (
        <BulkMove
          ids={moving}
          onClose={(moved) => {
            setMoving(undefined)
            if (moved) {
              setChosen(new Set())
              renew()
            }
          }}
        />
      )}
      {taking && <TakeOver problem={taking.problem} onTake={(reason) => claim(taking.id, reason)} onClose={() => setTaking(undefined)} />}
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </article>
  )
}
