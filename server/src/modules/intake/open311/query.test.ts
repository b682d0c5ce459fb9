import { describe, expect, it } from 'vitest'
import { readRequestQuery, type SaidQuery } from './query.ts'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const read = (said: SaidQuery) => readRequestQuery(said, NOW)
const span = (said: SaidQuery) => {
  const query = read(said)
  return 'from' in query ? [query.from.toISOString(), query.before.toISOString()] : []
}

describe('the query of GET requests', () => {
  it('asks for the latest 90 days where no dates are given, and for 90 days beside the one that is', () => {
    expect(span({})).toEqual(['2026-08-24T12:00:00.000Z', '2026-11-22T12:00:01.000Z'])
    expect(span({ start_date: '', end_date: '' })).toEqual(span({}))
    expect(span({ start_date: '2026-01-01T00:00:00Z' })).toEqual(['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:01.000Z'])
    expect(span({ end_date: '2026-04-01T00:00:00Z' })).toEqual(['2026-01-01T00:00:00.000Z', '2026-04-01T00:00:01.000Z'])
  })

  it('reads the zone, a plus that was not escaped, and fractions', () => {
    const start = '2026-11-01T00:00:00'
    for (const said of ['2026-11-01T08:00:00+08:00', '2026-11-01T08:00:00 08:00', `${start}Z`, '2026-11-01T00:00Z'])
      expect(span({ start_date: said, end_date: said })).toEqual([`${start}.000Z`, '2026-11-01T00:00:01.000Z'])
    expect(span({ start_date: `${start}.250Z`, end_date: `${start}.250Z` })).toEqual([`${start}.250Z`, `${start}.251Z`])
  })

  it('refuses more than 90 days, an end before its start, and dates without a zone', () => {
    expect(span({ start_date: '2026-01-01T00:00:00Z', end_date: '2026-04-01T00:00:00Z' })).toHaveLength(2)
    expect(() => read({ start_date: '2026-01-01T00:00:00Z', end_date: '2026-04-01T00:00:01Z' })).toThrow('OPEN311_SPAN_TOO_LONG')
    expect(() => read({ start_date: '2026-02-01T00:00:00Z', end_date: '2026-01-01T00:00:00Z' })).toThrow('INPUT_INVALID')
    for (const said of ['2026-01-01', '2026-01-01T00:00:00', '2026-01-01T99:00:00Z', 'now'])
      expect(() => read({ start_date: said }), said).toThrow('INPUT_INVALID')
  })

  it('takes lists by comma, by repetition or both, and lets numbers override all else', () => {
    expect(read({ service_code: ['a,b', ' b ,,c'], status: 'open,closed' })).toMatchObject({ matterKeys: ['a', 'b', 'c'] })
    expect(read({ status: ['open', 'closed'] })).not.toHaveProperty('closed')
    expect(read({ status: 'closed' })).toMatchObject({ closed: true })
    expect(() => read({ status: 'Open' })).toThrow('INPUT_INVALID')
    expect(read({ service_request_id: ['1', '2,1'], status: 'nonsense', start_date: 'never' })).toEqual({ numbers: ['1', '2'] })
    expect(() => read({ service_request_id: Array.from({ length: 1_001 }, (_, n) => String(n)) })).toThrow('INPUT_INVALID')
  })
})
