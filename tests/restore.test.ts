import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
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
      expect(second.output()).toMatch(/box-\d was off and is back/)
      expect(second.output()).toMatch(/The job nginx of a run that ended early was purged/)
      const restored = second.output().indexOf('was off and is back')
      expect(restored).toBeLessThan(second.output().indexOf('01.1'))
      expect(second.output()).toContain('Score: 10 of 10')
    } finally {
      lab.child.kill('SIGTERM')
      await lab.end
    }
  }, 120_000)
}

test('kill -9 and nobody runs anything: the watcher brings the VMs back', async () => {
  using folder = tempFolder()
  const lab = await labIn(folder.path, 6)
  try {
    const first = run(folder.path)
    await first.says(/stopping/)
    first.child.kill('SIGKILL')
    await first.end
    const address = /power\s+(\S+)/.exec(lab.output())?.[1]
    const states = async () => Object.values(await (await fetch(`http://${address}/vms`)).json())
    for (let tries = 0; tries < 300 && (await states()).includes('running'); tries++) {
      if ((await states()).includes('off')) break
      await sleep(20)
    }
    for (let tries = 0; tries < 1500 && (await states()).includes('off'); tries++) await sleep(20)
    expect(new Set(await states())).toEqual(new Set(['running']))
    // And it leaves word for whoever runs next.
    const restore = grade(folder.path, 'restore', '--cluster', 'lab.yaml')
    expect(await restore.end).toBe(0)
  } finally {
    lab.child.kill('SIGTERM')
    await lab.end
  }
}, 120_000)

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
