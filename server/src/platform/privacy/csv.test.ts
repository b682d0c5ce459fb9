import { describe, expect, it } from 'vitest'
import { csvLine } from './csv.ts'

describe('a line of CSV', () => {
  it('quotes what must be quoted, and nothing else', () => {
    expect(csvLine(['a', 'b,c', '他说"好"', '两\n行', null, 1.5, true, new Date(0)])).toBe(
      'a,"b,c","他说""好""","两\n行",,1.5,true,1970-01-01T00:00:00.000Z\r\n',
    )
  })

  it('keeps a spreadsheet from running what somebody said', () => {
    expect(csvLine(['=1+1', '+86', '-2', '@SUM(A1)', ' =1', '\tx'])).toBe("'=1+1,'+86,-2,'@SUM(A1),' =1,'\tx\r\n")
  })
})
