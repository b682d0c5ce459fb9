import { intake as contract } from '@linli/contract/endpoints/intake'
import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bodyOf, emptyDraft, MOST, parseSpot, readDraft, spotText, wrongIn } from './draft.ts'

const KEY = 'r-abcdefghijklmnopqrstuvwx'
const ID = '0199b2c4-0000-7000-8000-000000000001'
const form = (values: Record<string, string | string[]>) => new Map(Object.entries(values).map(([name, value]) => [name, [value].flat()]))
const known = { hasMatter: true, hasStreet: true, hasSpot: false }

describe('a report that travels in its form', () => {
  it('comes out as it went in, and makes a body that the contract takes', () => {
    const draft = readDraft(
      form({
        key: KEY,
        text: '第一行\n第二行',
        kept: [ID, ID, 'no id'],
        matter: 'm',
        spot: '113.1,32.2,15,0',
        street: '',
        address: ' 东门 ',
        name: '',
        contact: '13912345678',
      }),
      'new',
    )
    expect(draft).toMatchObject({ key: KEY, photos: [ID], spot: { lon: 113.1, lat: 32.2, accuracyM: 15, confirmed: false }, address: '东门' })
    const body = bodyOf(draft, draft.spot, undefined)
    expect(body).toEqual({
      channel: 'web',
      text: '第一行\n第二行',
      matter: 'm',
      position: { lon: 113.1, lat: 32.2, crs: 'wgs84', accuracyM: 15 },
      address: '东门',
      photos: [ID],
      reporter: { contact: '13912345678' },
    })
    if (!contract.report.body) throw new Error('no body')
    expect([...Value.Errors(contract.report.body, { ...body, photos: [] })]).toEqual([])
    expect(bodyOf({ ...emptyDraft(KEY), text: 'x', address: '东门' }, undefined, '某区 某街道')).toMatchObject({ address: '某区 某街道 东门' })
  })

  it('takes no key, photo or spot that no page of ours could have sent', () => {
    expect(readDraft(form({ key: '../x', kept: ["' or 1=1"], spot: 'here' }), 'new')).toMatchObject({ key: 'new', photos: [], spot: undefined })
    fc.assert(fc.property(fc.string(), (said) => parseSpot(said) === undefined || spotText(parseSpot(said)) !== ''))
    for (const said of ['181,0,,0', '0,91,,0', '1,1,,', '1,1,,2', '1e9,1,,0', 'NaN,1,,0']) expect(parseSpot(said)).toBeUndefined()
  })

  it('lets the reporter take a spot back, or say which of two is right', () => {
    const spots = { spot: '113.1,32.2,,0', doubtSpot: '113.2,32.3,,0' }
    expect(readDraft(form({ ...spots, spotForget: 'yes' }), KEY).spot).toBeUndefined()
    expect(readDraft(form({ ...spots, doubt: 'sent' }), KEY).spot).toMatchObject({ lon: 113.1, confirmed: true })
    expect(readDraft(form({ ...spots, doubt: 'other' }), KEY).spot).toMatchObject({ lon: 113.2, confirmed: true })
  })

  it('names what is wrong in each step and nothing else', () => {
    const fields = (step: Parameters<typeof wrongIn>[0], more: object, facts: object = {}) =>
      wrongIn(step, { ...emptyDraft(KEY), ...more }, { ...known, ...facts }).map(({ key }) => key)
    expect(fields('what', {})).toEqual(['wrong.text'])
    expect(fields('what', { text: '字'.repeat(MOST.text + 1), matter: 'x' }, { hasMatter: false })).toEqual(['wrong.textLong', 'wrong.matter'])
    expect(fields('what', { text: '𠮷'.repeat(MOST.text) })).toEqual([])
    expect(fields('where', {})).toEqual(['wrong.where'])
    expect(fields('where', { street: 'x' }, { hasStreet: false })).toEqual(['wrong.street'])
    expect(fields('where', {}, { hasSpot: true })).toEqual([])
    expect(fields('check', { name: '林**', contact: 'x'.repeat(101) })).toEqual(['wrong.contactLong', 'wrong.contactMask'])
    expect(fields('check', {})).toEqual([])
  })
})
