import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { configOf } from './bin/config.ts'

/** The suites run in the order of the exercise, whatever vitest remembers of earlier runs. */
class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return files.toSorted((a, b) => a.moduleId.localeCompare(b.moduleId))
  }
}

const flags = { out: 'reports', maxWait: '15', deadline: '120', speed: '1000000' }

/** How an item is graded under vitest; started by an IDE, with the example. */
export default defineConfig({
  test: {
    name: 'suites',
    include: ['suites/*.spec.ts'],
    setupFiles: ['bin/vitest-host.ts'],
    // Threads, because vitest leaves forks behind on Ctrl-C before they have cleaned up.
    pool: 'threads',
    isolate: false,
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 0,
    hookTimeout: 0,
    expect: { requireAssertions: true },
    sequence: { sequencer: InOrder },
    provide: {
      grade: { config: configOf(undefined, flags, {}, false), runDir: 'reports/ide' },
    },
  },
})
