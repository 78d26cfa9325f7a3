import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { processId } from '../process.ts'
import { folderPrefix, sweep } from './sweep.ts'

/** As a local cluster of that process names its folder. */
function folderOf({ pid, started }: { pid: number; started: string }): string {
  const path = `${folderPrefix}${pid}-${started}-test`
  mkdirSync(path)
  writeFileSync(join(path, 'key'), '')
  return path
}

test.skipIf(process.platform !== 'linux')(
  "a dead grader's folder is removed, a living one's stays (Linux only)",
  () => {
    const { pid = 0 } = spawnSync('true')
    const dead = folderOf({ pid, started: '1' })
    const { pid: own, started } = processId(process.pid)
    const later = folderOf({ pid: own, started: `${Number(started) - 1}` })
    const living = folderOf({ pid: own, started })
    try {
      sweep()
      expect(existsSync(dead)).toBe(false)
      // A later process may have been given the number of a dead one.
      expect(existsSync(later)).toBe(false)
      expect(existsSync(living)).toBe(true)
    } finally {
      for (const path of [dead, later, living]) rmSync(path, { recursive: true, force: true })
    }
  },
)
