import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openJournal } from '../helpers/cluster/journal.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { reference, tempFolder } from './harness.ts'

/** Real processes, a lab in a process of its own, and signals: what is left when a grader dies. */
const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))

interface Running {
  child: ChildProcess
  output: () => string
  /** Resolves when the output matches; rejects when the process ends or a minute passes before. */
  says(pattern: RegExp): Promise<void>
  end: Promise<number | null>
}

function grade(cwd: string, ...args: string[]): Running {
  const env = { ...process.env, NO_COLOR: '1', npm_lifecycle_event: undefined, VITEST: undefined }
  const child = spawn(process.execPath, [program, ...args], { cwd, env })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += chunk
    })
  const end = once(child, 'exit').then(([code]) => code as number | null)
  return {
    child,
    output: () => text,
    end,
    async says(pattern) {
      for (let tries = 0; tries < 3000; tries++) {
        if (pattern.test(text)) return
        if (child.exitCode !== null || child.signalCode !== null) break
        await sleep(20)
      }
      throw new Error(`never said ${pattern}:\n${text}`)
    },
  }
}

/** A lab in a process of its own, at its highest speed, and the folder that graders run in. */
async function labIn(folder: string, seed: number): Promise<Running> {
  const lab = grade(folder, 'lab', '--out', 'lab.yaml', '--speed', '20', '--seed', `${seed}`)
  await lab.says(/Cluster file/)
  return lab
}

const run = (folder: string) => grade(folder, '--submission', reference, '--cluster', 'lab.yaml')

const kills = [
  { item: '01.2', when: /01\.2[^\n]*\n(.*\n)*.*stopping/, off: ['box-'] },
  { item: '02.3', when: /02\.3[^\n]*is gone[^\n]*\n(.*\n)*.*stopping/, off: ['box-'] },
]

for (const { item, when } of kills) {
  test(`kill -9 in the middle of ${item}: the same command restores first, says so, and grades 10 of 10`, async () => {
    using folder = tempFolder()
    const lab = await labIn(folder.path, 5)
    try {
      const first = run(folder.path)
      await first.says(when)
      first.child.kill('SIGKILL')
      await first.end
      const second = run(folder.path)
      expect(await second.end, second.output()).toBe(0)
      expect(second.output()).toMatch(/box-\d was (off and is back|to be stopped and is up)/)
      expect(second.output()).toMatch(/The job nginx of a run that ended early was purged/)
      const restored = second.output().search(/was (off and is back|to be stopped and is up)/)
      expect(restored).toBeLessThan(second.output().indexOf('01.1'))
      expect(second.output()).toContain('Score: 10 of 10')
    } finally {
      lab.child.kill('SIGTERM')
      await lab.end
    }
  }, 120_000)
}

/** Kills a run and its watcher in the middle of a stop: only a command can restore then. */
async function killedWithWatcher(folder: string): Promise<void> {
  const first = run(folder)
  await first.says(/stopping/)
  const dir = join(folder, '.grade')
  const watch = readdirSync(dir).find((name) => name.endsWith('.watch'))
  process.kill(JSON.parse(readFileSync(join(dir, watch ?? ''), 'utf8')).pid, 'SIGKILL')
  first.child.kill('SIGKILL')
  await first.end
}

test('grade restore needs no argument: the journal names the cluster file', async () => {
  using folder = tempFolder()
  const lab = await labIn(folder.path, 8)
  try {
    await killedWithWatcher(folder.path)
    const restore = grade(folder.path, 'restore')
    expect(await restore.end, restore.output()).toBe(0)
    expect(restore.output()).toMatch(/box-\d was (off and is back|to be stopped and is up)/)
    expect(restore.output()).toMatch(/The job nginx of a run that ended early was purged/)
    const again = grade(folder.path, 'restore')
    expect(await again.end).toBe(0)
    expect(again.output()).toMatch(/^Nothing is to be restored/)
    await killedWithWatcher(folder.path)
  } finally {
    lab.child.kill('SIGKILL')
    await lab.end
  }
  const gone = grade(folder.path, 'restore')
  expect(await gone.end, gone.output()).toBe(0)
  expect(gone.output()).toMatch(/on a lab that has ended too: .* void/)
}, 120_000)

test('grade restore where Nomad does not answer: a sentence with the next step, exit 2', async () => {
  using folder = tempFolder()
  const path = join(folder.path, 'mine.yaml')
  writeFileSync(path, 'server: 127.0.0.1\nnomad: { port: 1 }\n')
  const of = { dir: join(folder.path, '.grade'), cluster: '127.0.0.1', embedded: false, file: path }
  const journal = await openJournal(of, { clock: wallClock(), say: () => {} })
  journal.registering('nginx')
  journal.close()
  const restore = grade(folder.path, 'restore')
  expect(await restore.end).toBe(2)
  expect(restore.output()).toMatch(/^The job nginx is not purged: .*run: grade restore$/m)
  // One that cannot be read hinders no other.
  writeFileSync(join(of.dir, 'cluster-other-0.ndjson'), 'hello\n')
  const both = grade(folder.path, 'restore')
  expect(await both.end).toBe(2)
  expect(both.output()).toMatch(/cluster-other-0.ndjson:1: this line of the outage journal/)
  expect(both.output()).toMatch(/^The job nginx is not purged/m)
})

test('Ctrl-C: everything is brought back, the report is written, exit 130', async () => {
  using folder = tempFolder()
  const lab = await labIn(folder.path, 7)
  try {
    const first = run(folder.path)
    await first.says(/stopping/)
    first.child.kill('SIGINT')
    expect(await first.end, first.output()).toBe(130)
    expect(first.output()).toMatch(/box-\d: back/)
    const result = JSON.parse(
      readFileSync(join(folder.path, 'reports', 'reference', 'latest', 'result.json'), 'utf8'),
    )
    const verdict = (id: string) =>
      result.items.find((item: { id: string }) => item.id === id)?.verdict
    expect([verdict('01.1'), verdict('01.2'), verdict('03.4')]).toEqual([
      'passed',
      'inconclusive',
      'inconclusive',
    ])
  } finally {
    lab.child.kill('SIGTERM')
    await lab.end
  }
}, 120_000)

test('an embedded lab that died with its grader: its journal is closed as void, the next run starts', async () => {
  using folder = tempFolder()
  const first = grade(folder.path, '--speed', '20', '--seed', '3')
  await first.says(/stopping/)
  first.child.kill('SIGKILL')
  await first.end
  expect(existsSync(join(folder.path, '.grade'))).toBe(true)
  const second = grade(folder.path, '--seed', '3')
  expect(await second.end, second.output()).toBe(0)
  expect(second.output()).toMatch(/died with its embedded lab.*void/)
  const third = grade(folder.path, '--seed', '3')
  expect(await third.end).toBe(0)
  expect(third.output()).not.toContain('void')
}, 120_000)
