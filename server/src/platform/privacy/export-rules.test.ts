import { describe, expect, it } from 'vitest'
import type { Dataset } from './dataset.ts'
import { isAlert, refuseFields } from './export-rules.ts'

const dataset: Dataset = {
  name: 'any',
  zh: '任意',
  en: 'any',
  permission: 'cases.read',
  filters: ['from', 'to'],
  fields: [
    { name: 'number', zh: '编号', en: 'number', column: 'cases.case.number' },
    { name: 'title', zh: '标题', en: 'title', column: 'cases.case.title' },
    { name: 'contact', zh: '联系方式', en: 'contact', column: 'intake.reporter.contact', unmaskNeeds: 'reporter.reveal' },
  ],
  count: async () => 0,
  page: async () => ({ rows: [], next: undefined }),
}
const ask = (change: Partial<Parameters<typeof refuseFields>[1]>, may = true) =>
  refuseFields(dataset, { filter: {}, fields: ['number', 'title'], unmasked: [], purpose: 'supervise', ...change }, () => may)

describe('the export gate', () => {
  it('lets a field through for a purpose that its column declares', () => {
    expect(() => ask({})).not.toThrow()
    expect(() => ask({ fields: ['contact'], purpose: 'contact-reporter', unmasked: ['contact'] })).not.toThrow()
  })

  it.each([
    ['of a purpose that its column does not declare, masked or not', { fields: ['contact'], purpose: 'supervise' }, '/body/fields/0', 'PURPOSE_NOT_ALLOWED'],
    ['that the dataset does not have', { fields: ['number', 'nationalId'] }, '/body/fields/1', 'enum'],
    ['unmasked that is not asked for', { fields: ['number'], unmasked: ['title'] }, '/body/unmasked/0', 'enum'],
    ['unmasked that has no mask', { unmasked: ['number'] }, '/body/unmasked/0', 'enum'],
    ['that the filter does not know', { filter: { owner: 'x' } }, '/body/filter/owner', 'enum'],
  ] as const)('refuses a field %s', (_what, change, pointer, code) => {
    expect(() => ask(change)).toThrow(expect.objectContaining({ code: 'EXPORT_FIELD_NOT_ALLOWED', fields: [expect.objectContaining({ pointer, code })] }))
  })

  it('refuses to unmask for somebody who may not reveal', () => {
    expect(() => ask({ fields: ['contact'], purpose: 'contact-reporter', unmasked: ['contact'] }, false)).toThrow('EXPORT_FIELD_NOT_ALLOWED')
  })

  it('alerts at the threshold, also when it is reached in parts', () => {
    expect([isAlert(999, 0, 1_000), isAlert(1_000, 0, 1_000), isAlert(600, 400, 1_000)]).toEqual([false, true, true])
  })
})
