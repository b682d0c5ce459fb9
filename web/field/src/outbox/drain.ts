import { identity } from '@linli/contract/endpoints/identity'
import { ApiProblem } from '@linli/web-shared/api'
import { client } from '../api.ts'
import { database } from '../store/db.ts'
import { isDuty } from './bodies.ts'
import { prepare, send, sendDuties, settle } from './deliver.ts'
import { ready, verdictOf, waitAfter } from './rules.ts'
import type { Entry, Rejection } from './types.ts'

/** How an attempt to send ended: all that may go has gone, something waits for later, or somebody must sign in first. */
export type Drained = { readonly end: 'done' | 'later' | 'signIn' | 'busy'; readonly sent: number }

/** So many acts of rounds go in one request. */
const TOGETHER = 40

/**
 * Sends what waits (发送待发件), in order within each lane, as long as there is something that may go. Pages and the service worker never do it
 * at once; if they did, the keys would still let each thing arrive once.
 */
export async function drain(): Promise<Drained> {
  const { locks } = globalThis.navigator
  if (!locks) return drainOnce()
  return locks.request('linli-field-outbox', { ifAvailable: true }, (lock) => (lock ? drainOnce() : { end: 'busy' as const, sent: 0 }))
}

async function drainOnce(): Promise<Drained> {
  const db = await database()
  if ((await db.count('outbox')) === 0) return { end: 'done', sent: 0 }
  const personId = await whoIsSignedIn()
  if (personId === undefined || personId === null) return { end: personId === null ? 'signIn' : 'later', sent: 0 }
  let sent = 0
  for (;;) {
    const going = ready(await db.getAll('outbox'), personId, Date.now())
    const [first] = going
    if (!first) return { end: (await waitsForLater(personId)) ? 'later' : 'done', sent }
    const round = isDuty(first) ? going.filter(isDuty).slice(0, TOGETHER) : [first]
    const end = await attempt(round)
    if (end !== 'on') return { end, sent }
    sent += round.length
  }
}

/** The person of the session; null where nobody is signed in, undefined where that cannot be known now. */
async function whoIsSignedIn(): Promise<string | null | undefined> {
  try {
    return (await client.call(identity.me)).personId
  } catch (error) {
    return error instanceof ApiProblem && error.code === 'SESSION_MISSING' ? null : undefined
  }
}

async function waitsForLater(personId: string): Promise<boolean> {
  return (await (await database()).getAll('outbox')).some((entry) => entry.personId === personId && entry.rejection === null && entry.nextAt > Date.now())
}

/** Tries to send some entries; what is wrong with one of them is written down at that one. */
async function attempt(entries: readonly Entry[]): Promise<'on' | 'later' | 'signIn'> {
  const prepared: Entry[] = []
  for (const entry of entries) {
    try {
      prepared.push(await prepare(entry))
    } catch (error) {
      const end = await failed(entry, error)
      if (end !== 'on') return end
    }
  }
  const [first] = prepared
  if (!first) return 'on'
  try {
    if (isDuty(first)) await settleRound(prepared, await sendDuties(prepared))
    else await settle(first, await send(first), null)
    return 'on'
  } catch (error) {
    // A request of several fails as a whole: without a network, under load or without a session.
    for (const entry of prepared) {
      const end = await failed(entry, error)
      if (end !== 'on') return end
    }
    return 'on'
  }
}

async function settleRound(entries: readonly Entry[], rows: Awaited<ReturnType<typeof sendDuties>>): Promise<void> {
  for (const [index, entry] of entries.entries()) {
    const row = rows[index]
    if (row?.taken || row?.code === 'KEY_REUSED') await settle(entry, row.caseNumber, row.entryId)
    else if (row?.code === 'BLOB_UNKNOWN' && !entry.photosAgain) await again(entry)
    else await reject(entry, { code: row?.code ?? 'INTERNAL', pointers: [], seq: null })
  }
}

async function failed(entry: Entry, error: unknown): Promise<'on' | 'later' | 'signIn'> {
  if (!(error instanceof ApiProblem)) throw error
  const signedIn = error.status === 403 ? (await whoIsSignedIn()) !== null : true
  const verdict = verdictOf(error, signedIn)
  if (verdict === 'signIn') return 'signIn'
  if (verdict === 'later') {
    // Without a network nothing goes: that is no fault of this one.
    if (error.status === 0) return 'later'
    await change(entry.id, (now) => ({ ...now, tries: now.tries + 1, nextAt: Date.now() + waitAfter(now.tries, Math.random()) }))
    return 'later'
  }
  // The server knows the key with another body: it took this one, and its answer was lost before the body was kept.
  if (error.code === 'KEY_REUSED') await settle(entry, null, null)
  else if (verdict === 'photosAgain' && !entry.photosAgain) await again(entry)
  else {
    const { seq } = error.extra
    await reject(entry, { code: error.code, pointers: error.fields.map((problem) => problem.pointer), seq: typeof seq === 'number' ? seq : null })
  }
  return 'on'
}

/** The photos go up once more, once: those of a session that ended belong to nobody. */
const again = (entry: Entry) =>
  change(entry.id, (now) => ({ ...now, photosAgain: true, body: null, photos: now.photos.map((photo) => ({ ...photo, sent: null })) }))
const reject = (entry: Entry, rejection: Rejection) => change(entry.id, (now) => ({ ...now, rejection }))

/** Changes an entry as it now stands; one that somebody gave up meanwhile stays away. */
async function change(id: string, next: (now: Entry) => Entry): Promise<void> {
  const tx = (await database()).transaction('outbox', 'readwrite')
  const now = await tx.store.get(id)
  if (now) await tx.store.put(next(now))
  await tx.done
}
