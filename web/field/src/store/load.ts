import { field } from '@linli/contract/endpoints/field'
import { identity } from '@linli/contract/endpoints/identity'
import type { AnswerOf } from '@linli/contract/endpoint'
import { client } from '../api.ts'
import { hear } from '../clock.ts'
import type { Worker } from '../outbox/types.ts'
import { database, keep, readKept } from './db.ts'
import { isStale, sweepPhotos, wipeKept } from './wipe.ts'

export const workerOf = (session: AnswerOf<typeof identity.me>): Worker => ({
  personId: session.personId,
  personName: session.personName,
  postId: session.post.id,
  postTitle: session.post.title,
  unitName: session.post.unitName,
  areaName: session.post.areaName,
  permissions: session.permissions,
})

/** Opens what is kept: clears it first where nobody has used it for a day. */
export async function openKept(): Promise<void> {
  const now = Date.now()
  if (isStale(await readKept('usedAt'), now)) await wipeKept()
  await sweepPhotos()
  // Asked, not demanded: the browser decides whether it clears this store when the telephone runs full.
  void globalThis.navigator.storage?.persist?.().catch(() => undefined)
  await keep('usedAt', now)
}

/** Writes down who has signed in; what is kept of somebody else, or of another post, goes. */
export async function enter(worker: Worker): Promise<void> {
  const before = await readKept('worker')
  if (before && (before.personId !== worker.personId || before.postId !== worker.postId)) await wipeKept()
  await keep('worker', worker)
}

/** Loads the day (更新今日数据), as far as it is new; throws ApiProblem where it cannot be had. What the post has no more leaves the telephone with it. */
export async function loadDay(): Promise<void> {
  const [bundle, etag, items, matters, areas] = await Promise.all([
    readKept('bundle'),
    readKept('etag'),
    readKept('items'),
    readKept('matters'),
    readKept('areas'),
  ])
  const had = bundle?.grids.map((grid) => grid.code) ?? []
  // What is taken from here on may be missing from the answer.
  const askedAt = Date.now()
  const whole = bundle && items && matters && areas
  const answer = await client.call(field.bundle, {
    query: {
      ...(whole && etag !== undefined ? { etag } : {}),
      ...(items ? { items: String(items.edition) } : {}),
      ...(matters ? { matters: String(matters.edition) } : {}),
      ...(areas ? { areas: areas.digest } : {}),
      ...(had.length === 0 ? {} : { had: had.slice(0, 200).join(',') }),
    },
  })
  await hear(answer.asOf)
  const next = answer.bundle
  const handOver = next && next.left.length > 0 ? [...((await readKept('handOver')) ?? []), ...next.left] : undefined
  const tx = (await database()).transaction('kept', 'readwrite')
  const writes: Promise<unknown>[] = [tx.store.put(answer.etag, 'etag'), tx.store.put(askedAt, 'loadedAt')]
  if (next) {
    // What changes seldom is kept apart, so that a small answer is enough each time.
    writes.push(tx.store.put({ ...next, items: null, matters: null, areas: null, left: [] }, 'bundle'))
    if (next.items) writes.push(tx.store.put(next.items, 'items'))
    if (next.matters) writes.push(tx.store.put(next.matters, 'matters'))
    if (next.areas) writes.push(tx.store.put(next.areas, 'areas'))
    if (handOver) writes.push(tx.store.put([...new Map(handOver.map((left) => [left.code, left])).values()], 'handOver'))
  }
  await Promise.all([...writes, tx.done])
}
