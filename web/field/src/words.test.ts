import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PERMISSIONS } from '@linli/contract/permissions'
import { expect, test } from 'vitest'
import { messages } from './words.ts'

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && name !== 'words.ts')
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))

test('every word that the application names is among those that it brings', () => {
  const named = sources.flatMap((source) => [...source.matchAll(/'((?:[a-z]\w*)(?:\.[\w-]+)+)'/gi)].map(([, key]) => key ?? ''))
  const prefixes = new Set(Object.keys(messages['zh-CN']).map((key) => key.split('.')[0] ?? ''))
  const keys = [...new Set(named)].filter(
    (key) => prefixes.has(key.split('.')[0] ?? '') && !/\.(tsx?|css|js|svg)$/.test(key) && !(PERMISSIONS as readonly string[]).includes(key),
  )
  expect(keys.length).toBeGreaterThan(80)
  expect(keys.filter((key) => !Object.hasOwn(messages['zh-CN'], key) || !Object.hasOwn(messages.en, key))).toEqual([])
})

test('no Chinese stands outside the words', () => {
  const bare = sources.flatMap((source) =>
    source
      .replaceAll(/\/\*[\s\S]*?\*\//g, '')
      .split('\n')
      .filter((line) => /\p{Script=Han}/u.test(line.replace(/\/\/.*/, '')) && !line.includes("text: '中文'")),
  )
  expect(bare).toEqual([])
})
