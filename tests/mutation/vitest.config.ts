import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The fast tests of the pure judge: what `npm run mutate` runs against each mutant. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: [
      // Not those that bring more of the house with them than the judge.
      'helpers/grade/!(text|overrides|scale|timeline).test.ts',
      'helpers/submission/{assign,recognise,policy,policy-json,policy-limits,policy-ways-round,image}.test.ts',
    ],
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    testTimeout: 20_000,
  },
})
