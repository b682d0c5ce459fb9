import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const WEB = join(import.meta.dirname, '../..')
const LEFT_OUT = new Set(['node_modules', 'dist', 'i18n'])
/** A language is called by its own name in every language, and so is a format. */
const OWN_NAMES = /'中文?'|GeoJSON \(WGS84\)/g

/** Texts in a source file that a person would read and that stand in no message file, each as it is written. */
export function hardCodedTexts(source: string, isTsx: boolean): string[] {
  const code = source
    .replaceAll(OWN_NAMES, "''")
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|[^:'"`])\/\/.*$/gm, '$1')
  const han = [...code.matchAll(/[^\n]*\p{Script=Han}[^\n]*/gu)].map(([line]) => line.trim())
  if (!isTsx) return han
  const inElements = [...code.matchAll(/>\s*([^<>{}()=;|&?]*\p{Script=Latin}{2,}[^<>{}()=;|&?]*)\s*<\//gu)].map(([, text = '']) => text.trim())
  const inAttributes = [...code.matchAll(/\s(?:aria-label|aria-description|title|placeholder|alt|label)="([^"]*\p{L}{2,}[^"]*)"/gu)].map(
    ([, text = '']) => text,
  )
  return [...han, ...inElements, ...inAttributes]
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return sourcesBelow(path)
    return /\.tsx?$/.test(entry.name) && !/\.(?:test|testing)\.tsx?$/.test(entry.name) ? [path] : []
  })
}

describe('words for people', () => {
  test('stand in the message files and nowhere else below web', () => {
    const sources = sourcesBelow(WEB)
    expect(sources.length).toBeGreaterThan(100)
    const found = sources.flatMap((path) => hardCodedTexts(readFileSync(path, 'utf8'), path.endsWith('x')).map((text) => `${relative(WEB, path)}: ${text}`))
    expect(found).toEqual([])
  })

  test('are found where somebody forgot: in an element, in an attribute, in Chinese anywhere; not in comments and not in code', () => {
    expect(hardCodedTexts('return <p>Not found</p>', true)).toEqual(['Not found'])
    expect(hardCodedTexts('<b onClick={() => go()}>\n  Send it\n</b>', true)).toEqual(['Send it'])
    expect(hardCodedTexts('<input placeholder="Your name" />', true)).toEqual(['Your name'])
    expect(hardCodedTexts("const text = '没有案件'", false)).toEqual(["const text = '没有案件'"])
    expect(hardCodedTexts('/** 案件 */ const a = b > c // 案件\n<p className="panel">{t(\'x\')}</p>', true)).toEqual([])
  })
})
