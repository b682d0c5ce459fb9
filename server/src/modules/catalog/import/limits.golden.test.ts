import { readFileSync } from 'node:fs'
import { parseLimit, type TimeLimit } from '@linli/lib/time/limits'
import { describe, expect, it } from 'vitest'
import { sharedData } from './testing/shared-data.ts'

type Golden = { text: string } & (TimeLimit | { error: string })

const golden = JSON.parse(readFileSync(new URL('limits.golden.json', import.meta.url), 'utf8')) as Golden[]
const standards = sharedData('matters/filing_closing_standards.json')

describe('the spellings of time limits', () => {
  it.each(golden)('"$text" means what the golden file says', ({ text, ...meaning }) => {
    if ('error' in meaning) expect(() => parseLimit(text)).toThrow(expect.objectContaining({ code: meaning.error }))
    else expect(parseLimit(text)).toEqual(meaning)
  })

  it.skipIf(!standards)('of a real catalogue are all in the golden file with a meaning', () => {
    const rows = JSON.parse(new TextDecoder().decode(standards)) as { sla: string }[]
    const known = new Set(golden.filter((entry) => !('error' in entry)).map((entry) => entry.text))
    const spellings = new Set(rows.map((row) => row.sla))
    expect(spellings.size).toBe(16)
    expect([...spellings].filter((text) => !known.has(text))).toEqual([])
  })
})
