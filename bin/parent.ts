/** How soon an orphan notices, in ms; the journal's lock waits longer than that. */
const lookEvery = 250

/**
 * Ends this process as soon as the one that started it only to run it is gone: npm, or bin/grade.js
 * under an older Node. Whoever kills that one means this one; the watcher then brings the VMs back.
 */
export function endWithParent(env: Record<string, string | undefined>): void {
  const underNpm = env.npm_lifecycle_event !== undefined
  if (!underNpm && env.GRADE_STARTED_BY_OLD_NODE === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
  }, lookEvery).unref()
}
