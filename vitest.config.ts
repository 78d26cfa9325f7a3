import { defineConfig } from 'vitest/config'

/** The grader's own tests (`.test.ts`). How a student is graded is vitest.suites.config.ts. */
export default defineConfig({
  test: {
    include: ['{helpers,lab,bin,suites,tests}/**/*.test.ts'],
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
  },
})
