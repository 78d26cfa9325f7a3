/**
 * `npm test`: the grader's own tests, or those below the paths given, and a closing line that says how
 * many passed. Uses vitest's own interface, so that the line counts what vitest counted.
 */
import { startVitest } from 'vitest/node'

const vitest = await startVitest('test', process.argv.slice(2), { watch: false, run: true })
const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()])
const count = (state: string) => tests.filter((test) => test.result().state === state).length
const broken = vitest.state.getTestModules().filter((module) => module.state() === 'failed')
const unhandled = vitest.state.getUnhandledErrors().length
const failed = count('failed')
// A file that does not load has no tests to count: it must not look like a success.
const extra = failed === 0 && (broken.length > 0 || unhandled > 0) ? broken.length + unhandled : 0
await vitest.close()
// Their names say why (a real cluster needs nomad and root); the closing line stays alone.
const skipped = tests.filter((test) => test.result().state === 'skipped')
for (const { name } of skipped) console.log(`skipped: ${name}`)
console.log(`${count('passed')} passed, ${failed + extra} failed`)
process.exitCode = failed + extra > 0 || count('passed') === 0 ? 1 : 0
