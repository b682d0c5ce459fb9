import { intake } from '@linli/contract/endpoints/intake'
import { Value } from '@sinclair/typebox/value'
import { describe, expect, test } from 'vitest'
import { emptyReport, reportBody, reportFieldOf, stamped } from './draft.ts'

const empty = emptyReport({ lon: 112.990_000_123_45, lat: 32.27 }, 'first')
const full = {
  ...empty,
  text: '井盖破损',
  matter: 'm',
  conditionRow: 2,
  files: [{ id: '0199b2c4-0000-7000-8000-000000000001', name: 'a.jpg', mediaType: 'image/jpeg' }],
  address: ' 东门 ',
  name: '王某',
  contact: '',
}

describe('the form of a report', () => {
  test('sends the words, the spot to a centimetre, and nothing that was left empty', () => {
    expect(reportBody({ ...empty, text: '井盖破损' })).toEqual({
      channel: 'field',
      text: '井盖破损',
      position: { lon: 112.990_000_1, lat: 32.27, crs: 'wgs84' },
    })
    expect(reportBody(full)).toMatchObject({ matter: 'm', conditionRow: 2, photos: [full.files[0]?.id], address: '东门', reporter: { name: '王某' } })
    expect(reportBody({ ...full, matter: undefined })).not.toHaveProperty('conditionRow')
  })

  test('sends what the contract allows', () => {
    if (!intake.report.body) throw new Error('the endpoint has no body')
    expect([...Value.Errors(intake.report.body, { ...reportBody(full), photos: [] })]).toEqual([])
  })

  test('says which system is meant once the sender was asked', () => {
    expect(reportBody({ ...empty, text: '井盖破损', confirmed: true }).position).toEqual({ lon: 112.990_000_1, lat: 32.27, crs: 'wgs84', confirmed: true })
    expect(reportBody({ ...empty, text: '井盖破损', crs: 'gcj02' }).position).toMatchObject({ crs: 'gcj02' })
  })

  test('keeps its key when it is sent again, and takes a new one when it was changed', () => {
    const once = stamped(full, 'second')
    expect(once.key).toBe('first')
    expect(stamped(once, 'second').key).toBe('first')
    const changed = stamped({ ...once, text: '井盖缺失' }, 'second')
    expect(changed.key).toBe('second')
    expect(stamped(changed, 'third').key).toBe('second')
  })

  test('finds the field that the server names', () => {
    expect(
      ['/body/text', '/body/position/lon', '/body/photos/3', '/body/conditionRow', '/body/reporter/contact', '/body', '/body/textual'].map(reportFieldOf),
    ).toEqual(['text', 'position', 'photos', 'conditionRow', 'contact', undefined, undefined])
  })
})
