import type { AnswerOf, BodyOf } from '@linli/contract/endpoint'
import { cases } from '@linli/contract/endpoints/cases'
import { field } from '@linli/contract/endpoints/field'
import { intake } from '@linli/contract/endpoints/intake'
import { patrol } from '@linli/contract/endpoints/patrol'
import { client } from '../api.ts'
import { serverNow } from '../clock.ts'
import { database, isFull, keep, readKept } from '../store/db.ts'
import { bodyOf } from './bodies.ts'
import { madeAtOf } from './rules.ts'
import type { Bundle, Entry, EntryPhoto, Sent } from './types.ts'

export type SyncRow = AnswerOf<typeof patrol.sync>['rows'][number]
type Act = BodyOf<typeof patrol.sync>['acts'][number]

/** Keeps how far an entry has come. A telephone without room goes on all the same: sending is what makes room. */
async function save(entry: Entry): Promise<void> {
  try {
    await (await database()).put('outbox', entry)
  } catch (error) {
    if (!isFull(error)) throw error
  }
}

/**
 * Makes an entry fit to go: uploads the photos that are not up yet, each remembered at once, and fixes its body. A stop anywhere in between
 * goes on where it stopped, and what has gone out once goes out again to the letter.
 */
export async function prepare(entry: Entry): Promise<Entry> {
  if (entry.body !== null) return entry
  const photos: EntryPhoto[] = [...entry.photos]
  let current = entry
  for (const [index, photo] of photos.entries()) {
    if (photo.sent !== null) continue
    const blob = await (await database()).get('blobs', photo.blob)
    // A photo that is gone is left out: the server says whether it was needed.
    if (!blob) continue
    const { id } = await client.call(intake.upload, { upload: blob })
    photos[index] = { ...photo, sent: id }
    current = { ...entry, photos: [...photos] }
    await save(current)
  }
  const { now, offsetMs } = await serverNow()
  const fixed = { ...current, body: bodyOf(current, madeAtOf(current.stamp, offsetMs, now)) }
  await save(fixed)
  return fixed
}

/** Sends one prepared entry that goes by itself; answers the number of the case, where there is one. */
export async function send(entry: Entry): Promise<string | null> {
  const { act, id: key } = entry
  switch (act.kind) {
    case 'report':
      return (await client.call(intake.report, { key, body: entry.body as BodyOf<typeof intake.report> })).case.number
    case 'move': {
      const moved = await client.call(cases.move, { key, seq: act.seq, params: { id: act.caseId }, body: entry.body as BodyOf<typeof cases.move> })
      await carryOn(entry, act.caseId, act.seq, moved.seq)
      return moved.number
    }
    case 'shiftOn': {
      const shift = await client.call(field.beginShift, { key, body: entry.body as BodyOf<typeof field.beginShift> })
      await changeBundle((bundle) => ({ ...bundle, shift }))
      return null
    }
    case 'shiftOff': {
      const shiftId = act.shiftId ?? (await readKept('bundle'))?.shift?.id
      if (shiftId !== undefined) await client.call(field.endShift, { key, params: { id: shiftId }, body: entry.body as BodyOf<typeof field.endShift> })
      await changeBundle((bundle) => ({ ...bundle, shift: null }))
      await keep('track', [])
      return null
    }
    default:
      throw new Error(`SENT_WITH_OTHERS ${act.kind}`)
  }
}

/** Sends prepared acts of rounds in one request; a row for each, in their order. */
export async function sendDuties(entries: readonly Entry[]): Promise<readonly SyncRow[]> {
  return (await client.call(patrol.sync, { body: { acts: entries.map((entry) => entry.body as Act) } })).rows
}

/** What was done next to the same case was done to the state that this move has made. */
async function carryOn(moved: Entry, caseId: string, before: number, after: number): Promise<void> {
  const tx = (await database()).transaction('outbox', 'readwrite')
  for (const other of await tx.store.getAll())
    if (other.id !== moved.id && other.act.kind === 'move' && other.act.caseId === caseId && other.act.seq === before && other.body === null)
      await tx.store.put({ ...other, act: { ...other.act, seq: after } })
  await tx.done
}

async function changeBundle(change: (bundle: Bundle) => Bundle): Promise<void> {
  const bundle = await readKept('bundle')
  if (bundle) await keep('bundle', change(bundle))
}

/** Takes an entry that the server took out of the outbox, and writes it down among what was sent. */
export async function settle(entry: Entry, number: string | null, entryId: string | null): Promise<void> {
  const db = await database()
  const { now } = await serverNow()
  const { act } = entry
  const duty = act.kind === 'duty' || act.kind === 'excuse' ? act.body : undefined
  const sent: Sent = {
    id: entry.id,
    personId: entry.personId,
    at: now,
    kind: act.kind,
    title: entry.title,
    number,
    caseId: act.kind === 'move' ? act.caseId : null,
    duty: duty && entryId !== null ? { gridCode: duty.gridCode, itemKey: duty.itemKey, period: duty.period, entryId } : null,
  }
  const tx = db.transaction(['outbox', 'blobs'], 'readwrite')
  await tx.objectStore('outbox').delete(entry.id)
  const needed = new Set((await tx.objectStore('outbox').getAll()).flatMap((other) => other.photos.map((photo) => photo.blob)))
  for (const { blob } of entry.photos) if (!needed.has(blob)) await tx.objectStore('blobs').delete(blob)
  await tx.done
  // Behind what makes room, so that a full telephone counts it too.
  await db.put('sent', sent).catch((error: unknown) => {
    if (!isFull(error)) throw error
  })
}
