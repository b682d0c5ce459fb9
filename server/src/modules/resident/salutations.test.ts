import { expect, it } from 'vitest'
import { withoutSalutations } from './salutations.ts'

it('takes names out of salutations and leaves everything else as it was written', () => {
  expect(withoutSalutations('王女士您好，联系张建国先生后已处理；李阿姨放心')).toBe('某女士您好，联系某先生后已处理；某阿姨放心')
  for (const text of ['井盖已更换', '请各位居民注意', '先生们', '']) expect(withoutSalutations(text)).toBe(text)
})
