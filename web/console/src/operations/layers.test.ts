import { expect, test } from 'vitest'
import { layersOf } from './layers.ts'

const system = (key: string, ...dependsOn: string[]) => ({ key, dependsOn })
const keys = (...systems: ReturnType<typeof system>[]) => layersOf(systems).map((layer) => layer.map(({ key }) => key))

test('everything stands above what it depends on', () => {
  expect(keys(system('program', 'database', 'disk'), system('database', 'disk'), system('disk'), system('mail'))).toEqual([
    ['program'],
    ['database'],
    ['disk', 'mail'],
  ])
})

test('a ring and an unknown name neither hang nor lose a system', () => {
  expect(keys(system('a', 'b'), system('b', 'a'), system('c', 'nowhere')).flat().sort()).toEqual(['a', 'b', 'c'])
  expect(layersOf([])).toEqual([])
})
