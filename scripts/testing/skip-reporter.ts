import { writeFileSync } from 'node:fs'
import type { Reporter, TestCase, TestModule } from 'vitest/node'

type UserConsoleLog = Parameters<NonNullable<Reporter['onUserConsoleLog']>>[0]

const NO_REASON = 'no reason given'

/**
 * Prints why tests were skipped, and last of all "N passed, N failed, N skipped" (also into the file that LINLI_TEST_COUNTS names).
 * A reason is the note of `context.skip(note)`, else the line "skipped: …" that the test file printed.
 */
export class SkipReporter implements Reporter {
  readonly #printed = new Map<string, string[]>()

  onUserConsoleLog(log: UserConsoleLog): void {
    const lines = log.content.split('\n').filter((line) => line.startsWith('skipped: '))
    // The id of a test begins with that of its file.
    const file = log.taskId?.split('_')[0] ?? ''
    if (lines.length > 0) this.#printed.set(file, [...(this.#printed.get(file) ?? []), ...lines.map((line) => line.slice('skipped: '.length).trim())])
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => ({ test, module })))
    const skipped = tests.filter(({ test }) => test.result().state === 'skipped')
    const reasons = new Map<string, string[]>()
    for (const { test, module } of skipped) {
      const reason = this.#reason(test, module)
      reasons.set(reason, [...(reasons.get(reason) ?? []), `${module.relativeModuleId} > ${test.fullName}`])
    }
    for (const [reason, names] of reasons) console.log(`\nskipped, ${reason}:\n${names.map((name) => `  ${name}`).join('\n')}`)
    const passed = tests.filter(({ test }) => test.result().state === 'passed').length
    // A file that cannot be loaded, or an error outside any test, fails the run without a failed test.
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length
    // A hook that fails leaves its tests skipped; the suite is what failed.
    const brokenSuites = modules.flatMap((module) => [...module.children.allSuites()]).filter((suite) => suite.errors().length > 0).length
    const failed = tests.filter(({ test }) => test.result().state === 'failed').length + brokenFiles + brokenSuites + unhandled.length
    const counts = `${passed} passed, ${failed} failed, ${skipped.length} skipped`
    console.log(`\n${counts}`)
    const file = process.env['LINLI_TEST_COUNTS']
    if (file !== undefined) writeFileSync(file, `${counts}\n`)
  }

  #reason(test: TestCase, module: TestModule): string {
    const result = test.result()
    const note = result.state === 'skipped' ? result.note : undefined
    return note ?? (this.#printed.get(module.id) ?? [NO_REASON]).join('; ')
  }
}
