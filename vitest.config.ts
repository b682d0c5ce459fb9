import { defineConfig } from 'vitest/config'
import { SkipReporter } from './scripts/testing/skip-reporter.ts'

export default defineConfig({
  test: {
    include: ['{lib,contract,server,web,cities,scripts,bench}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // One PostgreSQL serves all files; more than two at once only wait for each other on a small machine.
    maxWorkers: 2,
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes when it comes: no test is about how fast, and a busy machine is no failure.
    expect: { poll: { timeout: 15_000 } },
    // Programs, browsers and clocks run in real time on whatever machine this is: there a test may try once more, and the run says which did.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    globalSetup: ['./scripts/testing/start-database.ts'],
    reporters: ['default', new SkipReporter()],
  },
})
