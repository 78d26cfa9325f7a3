import { defineConfig } from 'vitest/config'

/** The grader's own tests (`.test.ts`). How a student is graded is vitest.suites.config.ts. */
export default defineConfig({
  test: {
    include: ['{helpers,lab,bin,suites,tests}/**/*.test.ts'],
    // What is said in English is what tests hold, whatever the language of the machine.
    env: { LC_ALL: 'C.UTF-8' },
    pool: 'threads',
    // One more than the two cores of a small machine: real processes and deadlines mostly wait.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { requireAssertions: true },
  },
})
