import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isAlive, processId } from './process.ts'

test('a killed process that nobody has waited for yet is dead, even to who looks only now', async () => {
  // The second program takes the shell's place and never waits for the first.
  const parent = spawn('sh', ['-c', 'sleep 30 & echo $!; exec sleep 30'])
  try {
    const [line] = await once(parent.stdout, 'data')
    const pid = Number(line)
    const before = processId(pid)
    expect(isAlive(before)).toBe(true)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => processId(pid).started).not.toBe(before.started)
    expect(isAlive(before)).toBe(false)
    expect(isAlive({ ...processId(pid), boot: '' })).toBe(false)
  } finally {
    parent.kill('SIGKILL')
  }
})
