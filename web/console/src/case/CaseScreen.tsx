import { cases } from '@linli/contract/endpoints/cases'
import { desk } from '@linli/contract/endpoints/desk'
import { useAnswer, useCache } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { boxAround, SmallMap } from '@linli/web-shared/map'
import { CaseBody, CaseRoomContext, CaseStanding, EmptyView, Icon, IconButton, useKeys, useMedia, type CaseDetail } from '@linli/web-shared/ui'
import { useMemo, useState } from 'react'
import { useDesk } from '../desk.ts'
import { useHeard } from '../live.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { useSay } from '../parts/Notices.tsx'
import { go, linkTo, usePlace } from '../place.ts'
import { KeysHelp } from '../queue/KeysHelp.tsx'
import { beside } from '../queue/trail.ts'
import { PrintFoot } from './PrintFoot.tsx'
import { Reveal } from './Reveal.tsx'
import { WhoIsHere } from './WhoIsHere.tsx'
import './case-page.css'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** One case on a page of its own (案件), by its number; a link to it can be sent to a colleague. */
export default function CaseScreen() {
  const { t } = useI18n()
  const { session } = useDesk()
  const { rest } = usePlace()
  const named = rest[0] ?? ''
  // A number is what people say; an id is what other screens have at hand.
  const found = useAnswer(
    cases.list,
    { query: { q: named, limit: '1' }, purpose: session.purpose },
    { enabled: named !== '' && !UUID.test(named), freshMs: Number.POSITIVE_INFINITY },
  )
  const id = UUID.test(named) ? named : found.data?.rows.find((row) => row.number === named)?.id
  if (id !== undefined) return <CasePage key={id} id={id} />
  if (found.data || named === '')
    return <EmptyView action={<a href={linkTo('queue')}>{t('page.toQueue')}</a>}>{t('page.notFound', { number: named })}</EmptyView>
  return <Loaded asked={found}>{() => null}</Loaded>
}

function CasePage({ id }: { id: string }) {
  const { session, city } = useDesk()
  const detail = useAnswer(cases.get, { params: { id }, purpose: session.purpose })
  const cache = useCache()
  const renew = () => {
    for (const endpoint of [cases.get, cases.listEntries, cases.listSimilar, cases.list, cases.count, desk.countFilters]) cache.renew(endpoint)
  }
  useHeard(
    (heard) => heard === undefined || (heard.id === id && !heard.attended),
    () => {
      for (const endpoint of [cases.get, cases.listEntries, cases.listSimilar]) cache.renew(endpoint)
    },
    500,
  )
  const room = useMemo(() => ({ session, city, openCase: (other: string) => go(linkTo('cases', [other])) }), [session, city])
  return (
    <CaseRoomContext value={room}>
      <Loaded asked={detail} lines={12}>
        {(data) => <CaseSheet detail={data} onMoved={renew} />}
      </Loaded>
    </CaseRoomContext>
  )
}

function CaseSheet({ detail, onMoved }: { detail: CaseDetail; onMoved(): void }) {
  const { t } = useI18n()
  const { city } = useDesk()
  const say = useSay()
  const [help, setHelp] = useState(false)
  const row = detail.case
  const around = beside(row.number)
  const wide = useMedia('(min-width: 1240px)')
  const to = (number: string | undefined) => (number === undefined ? undefined : () => go(linkTo('cases', [number])))
  const back = around.address ?? linkTo('queue')
  const copy = () =>
    void navigator.clipboard.writeText(`${globalThis.location.origin}${globalThis.location.pathname}${linkTo('cases', [row.number])}`).then(
      () => say(t('common.copied')),
      () => undefined,
    )
  useKeys({
    j: help ? undefined : to(around.next),
    k: help ? undefined : to(around.before),
    q: help ? undefined : () => go(back),
    p: help ? undefined : () => globalThis.print(),
    '?': () => setHelp(true),
  })
  return (
    <article className="case-page">
      <nav className="case-ways" aria-label={t('page.ways')}>
        <a className="page-back" href={back}>
          <Icon name="back" size={16} />
          {t('page.toQueue')}
        </a>
        <span className="case-ways-right">
          <WhoIsHere caseId={row.id} number={row.number} />
          <IconButton icon="up" label={t('page.before')} disabled={around.before === undefined} onClick={to(around.before)} aria-keyshortcuts="k" />
          <IconButton icon="down" label={t('page.next')} disabled={around.next === undefined} onClick={to(around.next)} aria-keyshortcuts="j" />
          <IconButton icon="link" label={t('page.copy')} onClick={copy} />
          <IconButton icon="print" label={t('page.print')} onClick={() => globalThis.print()} aria-keyshortcuts="p" />
          <IconButton icon="help" label={t('command.help')} onClick={() => setHelp(true)} aria-keyshortcuts="?" />
        </span>
      </nav>
      <header className="case-page-head">
        <p className="case-page-number">
          <span className="only-print">{city.name} · </span>
          {row.number}
          {row.matterName !== null && <> · {row.matterName}</>}
        </p>
        <h1 tabIndex={-1}>{row.title}</h1>
        <CaseStanding detail={detail} />
      </header>
      <CaseBody
        wide={wide}
        detail={detail}
        onMoved={onMoved}
        place={
          <>
            <Reveal detail={detail} />
            {row.position && (
              <div className="case-map only-screen">
                <SmallMap box={boxAround([row.position])} spot={row.position} />
                <a href={`/#/case/${row.id}`}>{t('page.onMap')}</a>
              </div>
            )}
          </>
        }
      />
      <PrintFoot number={row.number} />
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </article>
  )
}
