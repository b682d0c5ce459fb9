import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jointEvent } from '@linli/contract/workflows/joint-event'
import { verifyAll } from '../../src/cli/verify.ts'
import { expectedHash } from '../../src/modules/cases/detail.ts'
import { impliedRows } from '../../src/modules/cases/derived-rows.ts'
import { foldEntries, type LedgerEntry } from '../../src/modules/cases/model.ts'
import { waitingOf } from '../../src/modules/cases/rules.ts'
import type { EntryRow } from '../../src/modules/cases/store.ts'
import { anchorKey, readAnchors, writeAnchor, type AnchorFile } from '../../src/platform/audit/anchor.ts'
import { openDatabase, sql, type Db } from '../../src/platform/db/database.ts'
import { sealHash, type StreamRow } from '../../src/platform/audit/sealer.ts'
import { REPOSITORY } from '../../src/start.ts'
import { busyRun } from '../support/busy.ts'
import { clocksOf } from '../support/legal-moves.ts'
import { startTestServer, type TestServer } from '../support/server.ts'
import { chooseTarget, findingsAfter, runSql, type Target } from '../support/tamper.ts'

type Row = Record<string, unknown>
/** Moves without which a run has not been busy: every kind of them, beside the steps too. */
const BUSY =
  'file dispatch accept refuse uphold-refusal recall escalate handle pause check close evaluate substandard rework void reopen review note link whistle report-in assess-response supervise supervise-reply ask-extension endorse-extension add-co-handlers co-done rate not-fixed'.split(
    ' ',
  )

describe('the ledger after a busy run', () => {
  let server: TestServer
  let db: Db
  let anchorFile: string
  let chosen: Target
  let made: ReadonlyMap<string, number>

  beforeAll(async () => {
    server = await startTestServer({ env: { LINLI_SESSION_IDLE_MINUTES: '1440', LINLI_SESSION_MAX_HOURS: '168' } })
    made = await busyRun(server, { seed: 20_261_122, cases: 30, moves: 1_000 })
    anchorFile = server.running.anchorFile
    // Several anchors, whenever the minute's own fell: each covers a little more.
    for (let more = 0; more < 3; more++) {
      await server.report()
      await writeAnchor(server.running.platform.db, anchorFile, anchorKey(join(server.dataFolder, 'keys')), server.runtime.now)
    }
    const options = server.running.platform.pool.options
    await server.running.stop()
    ;({ db } = openDatabase(options, 2))
    chosen = await chooseTarget(db)
  }, 90_000)
  afterAll(async () => {
    await db?.destroy()
    await server.stop()
  })

  const findings = (tamper: (tx: Db) => Promise<unknown>, anchors: AnchorFile | 'without' = readAnchors(anchorFile)) =>
    findingsAfter(db, tamper, anchors === 'without' ? undefined : anchors)

  it('comes of a run in which cases were sent back, ended, begun again, closed and evaluated', () => {
    expect(BUSY.filter((move) => !made.has(move))).toEqual([])
  })

  it('rebuilds every case’s row, every clock and every strand from its lines alone', async () => {
    const { rows: cases } =
      await sql<Row>`select to_jsonb("case") as row, (select jsonb_object_agg(stage || '/' || strand || '/' || started_seq, to_jsonb(deadline)) from cases.deadline where case_id = "case".id) as clocks,
      (select jsonb_object_agg(key, to_jsonb(strand)) from cases.strand where case_id = "case".id) as strands from cases."case"`.execute(db)
    const { rows: entries } = await sql<Row>`select * from cases.entry order by case_id, seq`.execute(db)
    expect(entries.length).toBeGreaterThan(500)
    expect(cases.filter((row) => row['strands'] !== null).length).toBeGreaterThan(5)
    const dated = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value)
    const plain = (row: Row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, dated(value)]))
    const instant = (text: string | Date | null | undefined) => (text === null || text === undefined ? null : new Date(text).getTime())
    for (const found of cases) {
      const row = found['row'] as Row
      const lines = entries
        .filter((entry) => entry['case_id'] === row['id'])
        .map(
          (entry) =>
            ({
              seq: entry['seq'],
              at: entry['at'],
              move: entry['move'],
              personId: entry['person_id'],
              postId: entry['post_id'],
              unitCode: entry['unit_code'],
              reasonCode: entry['reason_code'],
              facts: entry['facts'],
            }) as LedgerEntry,
        )
      const state = foldEntries(jointEvent, lines)
      const rows = impliedRows(jointEvent, lines)
      if (!state || !rows) throw new Error('no lines')
      const own = state.running.filter((deadline) => deadline.strand === undefined && deadline.stage !== 'raise')
      const due = own.map((deadline) => Date.parse(deadline.dueAt))
      const answer = state.answers.at(-1)
      expect(plain(row), String(row['number'])).toMatchObject({
        state: state.state,
        step: state.step,
        seq: lines.length,
        round: state.round,
        state_at: instant(state.stateAt),
        area_path: state.place.areaPath,
        grid_code: state.place.gridCode,
        lon: state.place.lon,
        lat: state.place.lat,
        edition: state.edition,
        matter_key: state.matterKey,
        matter_name: state.matterName,
        condition_row: state.conditionRow,
        advised_unit: state.advisedUnit,
        advised_rule: state.advisedRule,
        owner_unit: state.owner,
        due_at: due.length > 0 ? Math.min(...due) : null,
        overdue: state.overdue,
        filed_at: instant(state.filedAt),
        dispatched_at: instant(state.dispatchedAt),
        handled_at: instant(state.handledAt),
        handled_on_time: state.handledOnTime,
        closed_at: instant(state.closedAt),
        closed_on_time: state.closedOnTime,
        voided_at: instant(state.voidedAt),
        sent_back: state.sentBack,
        reworked: state.reworked,
        involved: state.involved,
        waiting: waitingOf(jointEvent, state),
        track: state.track,
        track_rule: state.trackRule,
        first_receiver: state.firstReceiver,
        linked_to: state.linkedTo?.id ?? null,
        joined: state.joined.length,
        exempt: state.exempt,
        raised_to: state.raised?.to ?? null,
        raised_level: state.raised?.level ?? 0,
        answered_at: instant(answer?.at),
        answered_fixed: answer?.fixed ?? null,
        answered_rating: answer?.rating ?? null,
      })
      expect(own.map((deadline) => deadline.stage).toSorted(), String(row['number'])).toEqual(clocksOf(state.state, state.linkedIn))
      const clocks = Object.entries((found['clocks'] ?? {}) as Record<string, Row>)
      expect(Object.fromEntries(clocks.map(([key, clock]) => [key, plain(clock)])), String(row['number'])).toEqual(
        Object.fromEntries(
          rows.deadlines.map((clock) => [
            `${clock.stage}/${clock.strand ?? ''}/${clock.startedSeq}`,
            {
              district_id: row['district_id'],
              case_id: row['id'],
              stage: clock.stage,
              strand: clock.strand ?? '',
              started_seq: clock.startedSeq,
              clock: clock.clock,
              amount: clock.amount,
              calendar: clock.calendar,
              started_at: instant(clock.startedAt),
              due_at: instant(clock.dueAt),
              provisional: clock.provisional,
              since: instant(clock.since),
              left_amount: clock.left ?? null,
              stopped_at: instant(clock.stoppedAt),
              paused: clock.stoppedByPause,
              overdue_at: instant(clock.overdueAt),
            },
          ]),
        ),
      )
      const strands = Object.entries((found['strands'] ?? {}) as Record<string, Row>)
      expect(Object.fromEntries(strands.map(([key, strand]) => [key, plain(strand)])), String(row['number'])).toEqual(
        Object.fromEntries(
          rows.strands.map((strand) => [
            strand.key,
            {
              district_id: row['district_id'],
              case_id: row['id'],
              key: strand.key,
              kind: strand.kind,
              state: strand.state,
              open: strand.open,
              unit_code: strand.unit,
              by_unit: strand.by,
              opened_at: instant(strand.openedAt),
              ended_at: instant(strand.endedAt),
              due_at: instant(strand.dueAt),
              overdue_at: instant(strand.overdueAt),
              reason: strand.reason,
              limit_clock: strand.limit?.clock ?? null,
              limit_amount: strand.limit?.amount ?? null,
              until_on: strand.until,
            },
          ]),
        ),
      )
    }
  })

  it('is intact by every check, with the anchor file and without', async () => {
    const report = await verifyAll(db, readAnchors(anchorFile))
    expect(report).toMatchObject({ findings: [] })
    expect(report.cases).toBe(33)
    expect(report.lines).toBeGreaterThan(250)
    expect(report.audit).toBeGreaterThan(report.lines)
    expect(await findings(() => Promise.resolve(), 'without')).toEqual([])
  })

  it('refuses an edit and a deletion of a line outright', async () => {
    await expect(sql`update cases.entry set reason_code = 'x' where seq = 1`.execute(db)).rejects.toThrow('append only')
    await expect(sql`delete from cases.entry where seq = 1`.execute(db)).rejects.toThrow('append only')
  })

  it.each([
    "at = at + interval '1 ms'",
    "move = 'handle'",
    "move = 'teleport'",
    "actor_kind = 'system:other', person_id = null",
    'person_id = gen_random_uuid()',
    'post_id = gen_random_uuid()',
    "unit_code = 'other'",
    "reason_code = 'other'",
    'facts = facts || \'{"owner":"other"}\'',
    "words_digest = repeat('0', 64)",
    "prev_hash = repeat('0', 64)",
    "hash = repeat('0', 64)",
    "alg = 'sm3'",
  ])('finds a line with %s', async (change) => {
    for (const seq of [1, Math.ceil(chosen.lines / 2), chosen.lines]) {
      const found = await findings((tx) => runSql(tx, `update cases.entry set ${change} where case_id = $1 and seq = $2`, chosen.case, seq))
      expect(found, `${change} at ${seq}`).not.toEqual([])
    }
  })

  it('finds changed words and a changed salt; erased words are no finding', async () => {
    const words = (change: string) => findings((tx) => runSql(tx, `update cases.entry_words set ${change} where case_id = $1 and seq = 2`, chosen.case))
    expect(await words(`words = '{"note":"something else"}'`)).toEqual(['WORDS_CHANGED'])
    expect(await words(`salt = 'x'`)).toEqual(['WORDS_CHANGED'])
    expect(await findings((tx) => runSql(tx, 'delete from cases.entry_words'))).toEqual([])
    expect(await findings((tx) => runSql(tx, 'delete from cases.entry_words where case_id = $1 and seq = 1', chosen.case))).toEqual([])
  })

  it.each<[what: string, code: string, tamper: string]>([
    [
      'two lines swapped',
      'LINE_CHANGED',
      'update cases.entry set seq = case seq when 2 then 1003 when 3 then 1002 end where case_id = $1 and seq in (2, 3); update cases.entry set seq = seq - 1000 where case_id = $1 and seq > 1000',
    ],
    ['a middle line deleted', 'LINE_MISSING', 'delete from cases.entry where case_id = $1 and seq = 3'],
    [
      'a middle line deleted and the rest moved up',
      'LINE_CHANGED',
      'delete from cases.entry where case_id = $1 and seq = 3; update cases.entry set seq = seq - 1 where case_id = $1 and seq > 3',
    ],
    ['the first line deleted', 'LINE_MISSING', 'delete from cases.entry where case_id = $1 and seq = 1'],
    ['the last line deleted', 'TAIL_MISSING', 'delete from cases.entry where case_id = $1 and seq = $2'],
    [
      'a line added',
      'TAIL_MISSING',
      `insert into cases.entry select district_id, case_id, seq + 1, at, move, actor_kind, person_id, post_id, unit_code, reason_code, facts, words_digest, alg, hash, hash from cases.entry where case_id = $1 and seq = $2`,
    ],
    ['all lines deleted', 'TAIL_MISSING', 'delete from cases.entry where case_id = $1'],
    ['the case deleted, its lines left', 'LINES_WITHOUT_CASE', 'delete from cases."case" where id = $1'],
    ['a state edited in the case’s row', 'STATE_DIFFERS', `update cases."case" set state = 'closed', step = 'evaluate' where id = $1 and state <> 'closed'`],
    ['an owner edited in the case’s row', 'STATE_DIFFERS', `update cases."case" set owner_unit = 'other' where id = $1`],
    ['a deadline edited in the case’s row', 'STATE_DIFFERS', `update cases."case" set due_at = '2030-01-01' where id = $1`],
    ['a case moved to another district', 'STATE_DIFFERS', `update cases."case" set area_path = '990100.990103' where id = $1`],
    ['a case moved on the map', 'STATE_DIFFERS', `update cases."case" set lon = lon + 0.001 where id = $1`],
    ['a case given to another workflow', 'STATE_DIFFERS', `update cases."case" set workflow = 'other' where id = $1`],
    ['a number edited in the case’s row', 'STATE_DIFFERS', `update cases."case" set number = 'LL-20200101-000001' where id = $1`],
    ['a case opened on another day', 'STATE_DIFFERS', `update cases."case" set opened_at = opened_at - interval '1 day' where id = $1`],
    ['the words of a report edited', 'SAID_CHANGED', `update intake.report set said = said || '!' where case_id = $1`],
    ['the report of a case deleted', 'SAID_CHANGED', 'delete from intake.report where case_id = $1'],
    ['a title edited in the case’s row', 'STATE_DIFFERS', `update cases."case" set title = title || '!' where id = $1`],
    [
      'a case taken off the lists',
      'STATE_DIFFERS',
      `update cases."case" set waiting = '{}' where id = $1 and waiting <> '{}'; update cases."case" set involved = array_append(involved, 'other') where id = $1`,
    ],
    ['a track edited in the case’s row', 'STATE_DIFFERS', `update cases."case" set track = 'other' where id = $1`],
    ['an answer of a reporter edited', 'STATE_DIFFERS', `update cases."case" set answered_fixed = not coalesce(answered_fixed, false) where id = $1`],
    ['a clock given more time', 'CLOCK_DIFFERS', `update cases.deadline set due_at = due_at + interval '1 day' where case_id = $1`],
    ['a mark of a late clock wiped', 'CLOCK_DIFFERS', `update cases.deadline set overdue_at = case when overdue_at is null then now() end where case_id = $1`],
    ['a clock stopped by hand', 'CLOCK_DIFFERS', `update cases.deadline set stopped_at = coalesce(stopped_at, now()) + interval '1 second' where case_id = $1`],
    ['a clock deleted', 'CLOCK_DIFFERS', 'delete from cases.deadline where case_id = $1'],
    [
      'a clock slipped in',
      'CLOCK_DIFFERS',
      `insert into cases.deadline (district_id, case_id, stage, started_seq, clock, amount, calendar, started_at, due_at, provisional) select district_id, id, 'handle', 999, 'workDay', 1, '', now(), now(), false from cases."case" where id = $1`,
    ],
    ['a strand edited', 'STRAND_DIFFERS', `update cases.strand set state = 'other'`],
    ['a no-show wiped', 'STRAND_DIFFERS', `update cases.strand set overdue_at = case when overdue_at is null then now() end`],
    ['a strand deleted', 'STRAND_DIFFERS', 'delete from cases.strand'],
    ['a head edited in the case’s row', 'HEAD_DIFFERS', `update cases."case" set head_hash = repeat('0', 64) where id = $1`],
  ])('finds %s, also without the anchor file', async (_what, code, tamper) => {
    const steps = (tx: Db) => runSql(tx, tamper, chosen.case, chosen.lines)
    expect(await findings(steps)).toContain(code)
    expect(await findings(steps, 'without')).toContain(code)
  })

  it('finds with the anchor file what a skilled hand took away, and nothing without it', async () => {
    const forget = async (tx: Db) => {
      for (const table of ['cases.entry', 'cases.entry_words', 'cases.deadline', 'platform.outbox', 'intake.report'])
        await runSql(tx, `delete from ${table} where case_id = $1`, chosen.case)
      await runSql(tx, 'delete from cases."case" where id = $1', chosen.case)
    }
    expect(await findings(forget)).toEqual(['CASE_MISSING'])
    expect(await findings(forget, 'without')).toEqual([])
    // The newest line taken away, and the case's row mended to fit: a note leaves the state alone.
    const { rows } = await sql<{ id: string; seq: number }>`select case_id as id, seq from cases.entry as line
      where move = 'note' and seq = (select max(seq) from cases.entry where case_id = line.case_id) limit 1`.execute(db)
    const [note] = rows
    if (!note) throw new Error('no case ends with a note')
    const shorten = (tx: Db) =>
      runSql(
        tx,
        `delete from cases.entry where case_id = $1 and seq = $2; update cases."case" set seq = seq - 1, head_hash = (select hash from cases.entry where case_id = $1 order by seq desc limit 1) where id = $1`,
        note.id,
        note.seq,
      )
    expect(await findings(shorten)).toEqual(['TAIL_MISSING'])
    expect(await findings(shorten, 'without')).toEqual([])
  })

  it('finds with the anchor file a case whose lines were forged and chained anew, and nothing without it', async () => {
    const forge = async (tx: Db) => {
      await runSql(tx, `update cases.entry set person_id = gen_random_uuid() where case_id = $1 and seq = 2`, chosen.case)
      const { rows } = await sql<EntryRow & { district_id: number }>`select * from cases.entry where case_id = ${chosen.case} order by seq`.execute(tx)
      let prev = ''
      for (const row of rows) {
        const hash = expectedHash({ district_id: row.district_id, id: chosen.case }, { ...row, prev_hash: prev })
        await sql`update cases.entry set prev_hash = ${prev}, hash = ${hash} where case_id = ${chosen.case} and seq = ${row.seq}`.execute(tx)
        prev = hash
      }
      await sql`update cases."case" set head_hash = ${prev} where id = ${chosen.case}`.execute(tx)
    }
    expect(await findings(forge)).toEqual(['ANCHOR_DIFFERS'])
    expect(await findings(forge, 'without')).toEqual([])
  })

  it.each<[what: string, code: string, tamper: string]>([
    ['changed', 'AUDIT_LINE_CHANGED', `update platform.audit set outcome = 'refused' where district_id = $1 and sealed_seq = 3`],
    ['given to somebody else', 'AUDIT_LINE_CHANGED', `update platform.audit set person_id = gen_random_uuid() where district_id = $1 and sealed_seq = 3`],
    ['deleted', 'AUDIT_LINE_MISSING', 'delete from platform.audit where district_id = $1 and sealed_seq = 3'],
    [
      'swapped with the next',
      'AUDIT_LINE_CHANGED',
      'update platform.audit set sealed_seq = -sealed_seq where district_id = $1 and sealed_seq in (3, 4); update platform.audit set sealed_seq = 7 + sealed_seq where district_id = $1 and sealed_seq < 0',
    ],
    [
      'cut off at the end',
      'AUDIT_TAIL_MISSING',
      'delete from platform.audit where district_id = $1 and sealed_seq > (select max(sealed_seq) - 2 from platform.audit where district_id = $1)',
    ],
    ['cut off whole', 'AUDIT_TAIL_MISSING', 'delete from platform.audit where district_id = $1'],
    ['unsealed', 'AUDIT_LINE_MISSING', 'update platform.audit set sealed_seq = null where district_id = $1 and sealed_seq = 3'],
  ])('finds an audit line %s, also without the anchor file', async (_what, code, tamper) => {
    const steps = (tx: Db) => runSql(tx, tamper, chosen.stream)
    expect(await findings(steps)).toContain(code)
    expect(await findings(steps, 'without')).toContain(code)
  })

  it('finds with the anchor file an audit whose end was cut off with its head, or that was chained anew', async () => {
    const cut = (tx: Db) =>
      runSql(
        tx,
        `delete from platform.audit where district_id = $1 and sealed_seq > 5; update platform.seal_head set seq = 5, hash = (select sealed_hash from platform.audit where district_id = $1 and sealed_seq = 5) where district_id = $1 and stream = 'audit'`,
        chosen.stream,
      )
    expect(await findings(cut)).toContain('AUDIT_TAIL_MISSING')
    expect(await findings(cut, 'without')).toEqual([])
    const reseal = async (tx: Db) => {
      await runSql(tx, `update platform.audit set request_id = 'forged' where district_id = $1 and sealed_seq = 3`, chosen.stream)
      const { rows } = await sql<StreamRow & { sealed_seq: number }>`select * from platform.audit
        where district_id = ${chosen.stream} and sealed_seq is not null order by sealed_seq`.execute(tx)
      let prev = ''
      for (const row of rows) {
        prev = sealHash('sha256', 'audit', chosen.stream, row.sealed_seq, prev, row)
        await sql`update platform.audit set sealed_hash = ${prev} where district_id = ${chosen.stream} and id = ${row.id}`.execute(tx)
      }
      await sql`update platform.seal_head set hash = ${prev} where district_id = ${chosen.stream} and stream = 'audit'`.execute(tx)
    }
    expect(await findings(reseal)).toContain('AUDIT_ANCHOR_DIFFERS')
    expect(await findings(reseal, 'without')).toEqual([])
  })

  it('finds a line cut from the anchor file wherever it stood, a changed line, a changed signature and another key', async () => {
    const whole = readFileSync(anchorFile, 'utf8')
    const lines = whole.trimEnd().split('\n')
    expect(lines.length).toBeGreaterThan(2)
    const other = `${anchorFile}.tampered`
    const withFile = async (kept: readonly string[]) => {
      writeFileSync(other, `${kept.join('\n')}\n`)
      return findings(() => Promise.resolve(), readAnchors(other))
    }
    expect(await withFile(lines)).toEqual([])
    for (const index of lines.keys())
      expect(
        (await withFile(lines.filter((_, at) => at !== index))).filter((code) => code.startsWith('ANCHOR_')),
        `line ${index + 1} of ${lines.length} cut`,
      ).not.toEqual([])
    expect(await withFile(lines.map((line, at) => (at === 0 ? line.replace(/"lines":\d+/, '"lines":1000') : line)))).toContain('ANCHOR_SIGNATURE_WRONG')
    expect(await withFile(lines.map((line, at) => (at === lines.length - 1 ? line.replace(/"signature":"..../, '"signature":"AAAA') : line)))).toContain(
      'ANCHOR_SIGNATURE_WRONG',
    )
    expect((await withFile([...lines].reverse())).filter((code) => code.startsWith('ANCHOR_'))).not.toEqual([])
    expect((await withFile(lines.map((line, at) => (at === 0 ? line.slice(0, 40) : line)))).filter((code) => code.startsWith('ANCHOR_'))).not.toEqual([])
  })

  it('prints by `linli verify` what it proved, and without the anchor file what it cannot exclude', () => {
    const options = server.running.platform.pool.options as { host?: string; port?: number; user?: string; password?: string; database?: string }
    const url = `postgresql://${options.user ?? ''}${options.password ? `:${encodeURIComponent(options.password)}` : ''}@localhost:${options.port ?? 5432}/${options.database ?? ''}?host=${encodeURIComponent(options.host ?? '')}`
    const verify = (...more: string[]) => {
      const ended = spawnSync(process.execPath, [join(REPOSITORY, 'server/src/cli/program.ts'), 'verify', '--json', ...more], {
        env: { ...process.env, DATABASE_URL: url, NODE_NO_WARNINGS: '1' },
        encoding: 'utf8',
      })
      return { status: ended.status, report: JSON.parse(ended.stdout || '{}') as Record<string, unknown>, errors: ended.stderr }
    }
    const proved = verify('--anchor', anchorFile)
    expect(proved).toMatchObject({ status: 0, report: { intact: true, cases: 33, findings: [], cannotExclude: [] } })
    const unproved = verify()
    expect(unproved).toMatchObject({ status: 0, report: { intact: true } })
    expect(unproved.report['cannotExclude']).toEqual([expect.stringMatching(/--anchor.*newest lines.*whole cases.*audit/)])
    expect(verify('--anchor', '/nowhere/anchor.jsonl')).toMatchObject({ status: 1, errors: expect.stringContaining('FILE_MISSING') })
  })
})
