import { personalColumns } from '@linli/contract/personal'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { declarationOf, editedValue, maskColumn, refuseMask } from './masking.ts'

const NAME = 'intake.reporter.name'
const CONTACT = 'intake.reporter.contact'

describe('a value masked by its declaration', () => {
  it('is masked as its column says, and left where the column holds nobody’s data', () => {
    expect(maskColumn(NAME, '张三')).toBe('张*')
    expect(maskColumn(CONTACT, '13812341234')).toBe('138****1234')
    expect(maskColumn('intake.report.said', '打13812341234')).toBe('打138****1234')
    expect(maskColumn('intake.report.address', '临城街道燕山路12号')).toBe('临城街道***')
    expect(maskColumn('cases.case.number', '13812341234')).toBe('13812341234')
    expect(maskColumn(NAME, null)).toBeNull()
  })

  it('is none where nobody declared the column', () => {
    expect(() => maskColumn('cases.case.secret', 'x')).toThrow('COLUMN_NOT_DECLARED')
  })

  it('is declared for every column of words, names and contacts', () => {
    const open = [...personalColumns].filter(([column]) => {
      const declared = declarationOf(column)
      return declared !== undefined && ['words', 'contact'].includes(declared.kind) && declared.mask === 'none'
    })
    // A file in pieces holds what was masked, or approved unmasked, when it was made.
    expect(open.map(([column]) => column)).toEqual(['platform.export_chunk.content'])
  })
})

describe('an edit by somebody who sees masks', () => {
  it('never writes a mask over the real value (CCRS #1092)', () => {
    fc.assert(
      fc.property(fc.constantFrom(NAME, CONTACT), fc.string({ minLength: 1, unit: 'grapheme' }), (column, stored) => {
        fc.pre(stored.trim() !== '' && !stored.includes('*'))
        expect(editedValue(column, stored, maskColumn(column, stored), '/body/x')).toBe(stored)
      }),
    )
  })

  it('refuses the mask of another value', () => {
    expect(() => editedValue(CONTACT, '13812341234', '139****0000', '/body/contact')).toThrow('MASK_NOT_ALLOWED')
    expect(() => editedValue(NAME, null, '李*', '/body/name')).toThrow('MASK_NOT_ALLOWED')
    expect(() => refuseMask(NAME, '李*', '/body/name')).toThrow('MASK_NOT_ALLOWED')
  })

  it('takes a real value, and takes nothing said as no change', () => {
    expect(editedValue(CONTACT, '13812341234', '13912340000', '/body/contact')).toBe('13912340000')
    expect(editedValue(CONTACT, '13812341234', undefined, '/body/contact')).toBe('13812341234')
    expect(editedValue(NAME, '张三', '', '/body/name')).toBeNull()
  })
})
