import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { clusterFileSchema } from '../helpers/cluster/file.ts'
import { chooseImages } from '../helpers/cluster/local/choose-images.ts'
import { whatIsMissing } from '../helpers/cluster/local/pieces.ts'
import { type LocalCluster, startLocal } from '../helpers/cluster/local/start.ts'
import { stopVm } from '../helpers/cluster/stop.ts'
import { connect } from '../helpers/connect.ts'
import { resultSchema } from '../helpers/grade/result.ts'
import { inLanguage } from '../helpers/language/message.ts'
import { tell } from '../helpers/time/fault.ts'
import { reference, tempFolder } from './harness.ts'

/**
 * The local cluster with real agents: as root on Linux, with nomad, consul, dockerd and sshd on PATH
 * and images (GRADE_IMAGES, or this machine's Docker); elsewhere the names say why it was skipped.
 */
const images = (process.env.GRADE_IMAGES ?? '').split(',').filter(Boolean)
const root = process.geteuid?.() === 0
const machine = { platform: process.platform, root, path: process.env.PATH ?? '' }
const lacking = (await whatIsMissing(machine)).map((one) => inLanguage(one, 'en'))
if (lacking.length === 0)
  await chooseImages(images, process.env).catch((e) => lacking.push(tell(e)))
const onlyHere = (title: string, run: () => Promise<void>) =>
  test.skipIf(lacking.length > 0)(
    lacking.length > 0 ? `${title} (skipped: ${lacking.join('; ')})` : title,
    run,
    240_000,
  )

const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))

function grade(cwd: string, ...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1', npm_lifecycle_event: undefined, VITEST: undefined }
  const all = [program, '--submission', reference, '--cluster', 'local', ...args]
  // A group of its own, to be killed as a whole.
  const child = spawn(process.execPath, all, { cwd, env, detached: true })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      text += chunk
    })
  const end = once(child, 'exit').then(([code]) => code as number | null)
  return {
    output: () => text,
    end,
    kill: () => process.kill(-(child.pid ?? 0), 'SIGKILL'),
    async says(pattern: RegExp) {
      for (let tries = 0; tries < 3000 && !pattern.test(text); tries++) await sleep(20)
      expect(text).toMatch(pattern)
    },
  }
}

const mine = 'grade-local-'
const processes = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name))
const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** The namespaces of this process and of all local clusters' processes. */
function namespacesOf(pids: string[]): Set<string> {
  const links = pids.flatMap((pid) =>
    ['net', 'mnt', 'pid', 'ipc', 'uts'].flatMap((kind) => {
      try {
        return [readlinkSync(`/proc/${pid}/ns/${kind}`)]
      } catch {
        return []
      }
    }),
  )
  return new Set(links)
}

const ours = (pid: string) =>
  read(`/proc/${pid}/cmdline`).includes(mine) || read(`/proc/${pid}/cgroup`).includes(mine)
const groups = () =>
  execFileSync('find', ['/sys/fs/cgroup', '-type', 'd', '-name', `${mine}*`], { encoding: 'utf8' })
const links = () => execFileSync('ip', ['-br', 'link'], { encoding: 'utf8' })

/** Everything of local clusters that is on this machine; `seen`: namespaces that they had. */
function traces(seen: Set<string>): string[] {
  const pids = processes()
  const left = [...namespacesOf(pids)].filter((one) => seen.has(one))
  return [
    ...pids.filter(ours).map((pid) => `process ${pid} ${read(`/proc/${pid}/cmdline`)}`),
    ...left.map((one) => `namespace ${one}`),
    ...read('/proc/mounts')
      .split('\n')
      .filter((line) => line.includes(mine) || [...seen].some((one) => line.includes(one))),
    ...groups().split('\n').filter(Boolean),
    ...links()
      .split('\n')
      .filter((line) => /^(bridge0|vm\d+)\b/.test(line)),
    ...readdirSync('/tmp').filter((name) => name.startsWith(mine)),
  ]
}

/** Namespaces of what runs now, without this machine's own. */
function namespacesNow(): Set<string> {
  const own = namespacesOf(['self', '1'])
  return new Set([...namespacesOf(processes().filter(ours))].filter((one) => !own.has(one)))
}

async function expectNoTrace(seen: Set<string>): Promise<void> {
  expect(seen.size).toBeGreaterThan(0)
  for (let tries = 0; tries < 100 && traces(seen).length > 0; tries++) await sleep(100)
  expect(traces(seen)).toEqual([])
}

onlyHere("the sheet's files get 10 of 10 on real agents, and nothing is left", async () => {
  using folder = tempFolder()
  const run = grade(folder.path)
  await run.says(/stopping/)
  const seen = namespacesNow()
  expect(await run.end, run.output()).toBe(0)
  expect(traces(seen)).toEqual([])
  expect(run.output()).toContain('Score: 10 of 10')
  expect(run.output()).toContain('heartbeats were lowered')
  expect(run.output()).not.toContain('SIMULATED')
  const latest = join(folder.path, 'reports', 'reference', 'latest')
  const result = resultSchema.parse(JSON.parse(readFileSync(join(latest, 'result.json'), 'utf8')))
  expect(result.cluster).toMatchObject({ kind: 'local', simulated: false })
  expect(readFileSync(join(latest, 'report.html'), 'utf8')).not.toContain('SIMULATED')
})

onlyHere(
  'kill -9 of the whole group while a VM is off: no trace, and the next run says so',
  async () => {
    using folder = tempFolder()
    const first = grade(folder.path)
    await first.says(/stopping/)
    const seen = namespacesNow()
    first.kill()
    await first.end
    await expectNoTrace(seen)
    const second = grade(folder.path, '--items', '01.1')
    expect(await second.end, second.output()).toBe(0)
    expect(second.output()).toMatch(/died with its local cluster while box-\d was off.*void/)
  },
)

onlyHere(
  'two clusters stand side by side at the same addresses; VMs stop, start and keep their disk',
  async () => {
    const options = { clients: 1, images, env: process.env }
    const [one, other] = await Promise.all([startLocal(options), startLocal(options)])
    const seen = namespacesNow()
    try {
      const [a, b] = await Promise.all([idsOf(one), idsOf(other)])
      expect(a).toHaveLength(1)
      expect(b).toHaveLength(1)
      expect(a).not.toEqual(b)
      await stopAndStart(one)
      expect(await idsOf(one)).toEqual(a)
      expect(await idsOf(other)).toEqual(b)
    } finally {
      await Promise.all([one.close(), other.close()])
    }
    expect(traces(seen)).toEqual([])
    expect(existsSync(one.file.ssh?.key ?? '')).toBe(false)
  },
)

const connected = ({ file, clock }: LocalCluster) =>
  connect(clusterFileSchema.parse(file), clock, 'local')

async function idsOf(cluster: LocalCluster): Promise<string[]> {
  const hands = connected(cluster)
  try {
    return (await hands.nomad.nodes()).map((node) => node.id)
  } finally {
    await hands.close()
  }
}

/** Both ways of stopping a VM: nothing of it answers then, and what was on its disk is there again. */
async function stopAndStart(cluster: LocalCluster): Promise<void> {
  const hands = connected(cluster)
  const vm = { name: 'box-5', host: '192.168.56.105' }
  const onDisk = '/run/box/kept'
  try {
    await hands.ssh.exec(vm, `echo kept >${onDisk}; docker run -d nginx:1.22.1 || true`)
    for (const how of ['orderly', 'cut'] as const) {
      await stopVm(vm, how, hands)
      for (let tries = 0; tries < 300; tries++) {
        if ((await hands.power.state(vm.name)) === 'off') break
        await sleep(100)
      }
      expect(await hands.power.state(vm.name)).toBe('off')
      expect(await hands.web(vm.host, 4646)).toMatchObject({ error: expect.stringMatching(/\S/) })
      await hands.power.start(vm.name)
      const ran = await hands.ssh.exec(vm, `cat ${onDisk}; docker ps -q | wc -l; hostname`)
      // A container without a restart policy is not started again by anybody: it died with its VM.
      expect(ran.stdout).toBe('kept\n0\nbox-5\n')
    }
  } finally {
    await hands.close()
  }
}
