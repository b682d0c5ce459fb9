import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import type { DomainEvent } from './outbox.ts'
import { Realtime } from './realtime.ts'

const CASE = '019a0000-0000-7001-8000-000000000001'
const event = (seq: number, areaPath = 'city.north'): DomainEvent => ({
  districtId: 1,
  caseId: CASE,
  seq,
  topic: 'case.moved',
  at: new Date(Date.UTC(2026, 10, 22)),
  hash: 'h',
  payload: { seq, areaPath },
})
const everything = () => true

/** The end of a stream that a browser would hold. */
class Reader extends EventEmitter {
  readonly frames: string[] = []
  writableLength = 0
  destroyed = false
  ended = false

  write(chunk: Buffer | string): boolean {
    this.frames.push(String(chunk))
    return true
  }
  end(): void {
    this.ended = true
  }
  destroy(): void {
    this.destroyed = true
  }
  get seqs(): number[] {
    return this.frames.flatMap((frame) => /^id: .*:(\d+)$/m.exec(frame)?.[1] ?? []).map(Number)
  }
  get response(): ServerResponse {
    return this as unknown as ServerResponse
  }
}

describe('an event stream', () => {
  it('mentions what is of this moment without an id, and never again to who was away', () => {
    const realtime = new Realtime()
    const [here, back] = [new Reader(), new Reader()]
    realtime.open(here.response, 's1', everything, undefined)
    realtime.publish(event(1))
    realtime.mention({ ...event(0), topic: 'case.attended' })
    realtime.publish(event(2))
    expect(here.seqs).toEqual([1, 2])
    expect(here.frames.filter((frame) => frame.startsWith('event: case.attended'))).toHaveLength(1)
    realtime.open(back.response, 's2', everything, `${CASE}:1`)
    expect(back.seqs).toEqual([2])
    expect(back.frames.join('')).not.toContain('case.attended')
    realtime.close()
  })

  it('sends each event with its id, topic and facts', () => {
    const realtime = new Realtime()
    const reader = new Reader()
    realtime.open(reader.response, 'session', everything, undefined)
    realtime.publish(event(3))
    expect(reader.frames).toEqual([
      'retry: 2000\n\n',
      `id: ${CASE}:3\nevent: case.moved\ndata: {"seq":3,"areaPath":"city.north","at":"2026-11-22T00:00:00.000Z"}\n\n`,
    ])
  })

  it('shows each subscriber only what the own policy lets through, now and when resuming', () => {
    const realtime = new Realtime()
    const north = new Reader()
    const south = new Reader()
    const sees = (area: string) => (given: DomainEvent) => given.payload['areaPath'] === area
    realtime.open(north.response, 'session', sees('city.north'), undefined)
    realtime.open(south.response, 'session', sees('city.south'), undefined)
    for (const [seq, area] of [
      [1, 'city.north'],
      [2, 'city.south'],
      [3, 'city.north'],
    ] as const)
      realtime.publish(event(seq, area))
    expect([north.seqs, south.seqs]).toEqual([[1, 3], [2]])
    const back = new Reader()
    realtime.open(back.response, 'session', sees('city.south'), `${CASE}:1`)
    expect(back.seqs).toEqual([2])
  })

  it('resumes behind the last event that the reader saw, without a gap and without a repeat', () => {
    const realtime = new Realtime()
    for (let seq = 1; seq <= 5; seq++) realtime.publish(event(seq))
    const reader = new Reader()
    realtime.open(reader.response, 'session', everything, `${CASE}:3`)
    realtime.publish(event(6))
    expect(reader.seqs).toEqual([4, 5, 6])
    expect(reader.frames.join('')).not.toContain('resync')
  })

  it('says resync where the last event is too old or never was one', () => {
    const realtime = new Realtime()
    for (let seq = 1; seq <= 5_001; seq++) realtime.publish(event(seq))
    for (const id of [`${CASE}:1`, 'no such event']) {
      const reader = new Reader()
      realtime.open(reader.response, 'session', everything, id)
      expect(reader.frames.at(-1)).toBe('event: resync\ndata: {}\n\n')
      expect(reader.seqs).toEqual([])
    }
    const kept = new Reader()
    realtime.open(kept.response, 'session', everything, `${CASE}:2`)
    expect(kept.seqs).toHaveLength(4_999)
  })

  it('closes a reader that does not keep up, and nobody else', () => {
    const realtime = new Realtime()
    const slow = new Reader()
    const quick = new Reader()
    realtime.open(slow.response, 'session', everything, undefined)
    realtime.open(quick.response, 'session', everything, undefined)
    slow.writableLength = 1_000_001
    realtime.publish(event(1))
    expect([slow.destroyed, slow.seqs]).toEqual([true, []])
    expect([quick.destroyed, quick.seqs]).toEqual([false, [1]])
    expect(realtime.size).toBe(1)
  })

  it('ends with the session it was opened in, and no other', () => {
    const realtime = new Realtime()
    const [mine, yours] = [new Reader(), new Reader()]
    realtime.open(mine.response, 'mine', everything, undefined)
    realtime.open(yours.response, 'yours', everything, undefined)
    realtime.endSession('mine')
    realtime.publish(event(1))
    expect([mine.ended, mine.seqs, yours.ended, yours.seqs]).toEqual([true, [], false, [1]])
  })

  it('forgets a reader that went away, and ends all when it closes', () => {
    const realtime = new Realtime()
    const gone = new Reader()
    const stays = new Reader()
    realtime.open(gone.response, 'session', everything, undefined)
    realtime.open(stays.response, 'session', everything, undefined)
    gone.emit('close')
    realtime.publish(event(1))
    expect(gone.seqs).toEqual([])
    realtime.close()
    expect([gone.ended, stays.ended, realtime.size]).toEqual([false, true, 0])
  })
})
