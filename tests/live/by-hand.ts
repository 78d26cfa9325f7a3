/**
 * node tests/live/by-hand.ts [--wrong] [--bin DIR] [--nomad 1.4.4|2.0.5] [--speed 5] [--clients 3]
 *                            [--cluster FILE --stop 'LINE' --start 'LINE'] [--server VM]
 *                            [--keep DIR]
 *
 * Does the exercise by hand, with the lines of the sheet typed for real (nomad, consul, dig, ssh,
 * curl), while `grade check --live` watches: on a `grade lab` of its own, or on the cluster of FILE,
 * where VM in LINE stands for a machine's name and N for its number (`--stop './netboxes.sh stop N'`).
 * DIR holds a nomad and a consul; without it they come from PATH. With --wrong the student makes
 * mistakes on the way, and each must be told. Prints what was ticked and told when; exit 1 where an
 * item was not ticked, one was ticked too soon, or a mistake was not told.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { clusterFile } from '../../bin/cluster-file.ts'
import { reference } from '../harness.ts'

const { values } = parseArgs({
  options: {
    wrong: { type: 'boolean', default: false },
    bin: { type: 'string', default: '' },
    nomad: { type: 'string', default: '1.4.4' },
    speed: { type: 'string', default: '5' },
    clients: { type: 'string', default: '3' },
    cluster: { type: 'string' },
    stop: { type: 'string', default: '' },
    start: { type: 'string', default: '' },
    server: { type: 'string', default: '' },
    keep: { type: 'string' },
  },
})
const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'by-hand-'))
const out = values.keep === undefined ? folder : resolve(values.keep)
mkdirSync(out, { recursive: true })
const env: Record<string, string> = { NO_COLOR: '1' }
if (values.bin !== '') env.PATH = resolve(values.bin) + delimiter + process.env.PATH
/** Longest that a tick may take: a VM that boots, a pull, a rolling update. */
const patienceMs = 240_000

interface Event {
  at: string
  seconds: number
  event: 'seen' | 'ticked' | 'notice' | 'waiting'
  item?: string
  text?: string
}

const events: Event[] = []
const failures: string[] = []
const ended: ChildProcess[] = []
// Whatever happens here, nothing of it goes on.
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => process.exit(130))
process.on('exit', () => {
  for (const child of ended) child.kill('SIGTERM')
})

let place: Place
let watcher: ChildProcess | undefined

/** Where the exercise is done: the lines that are only different there. */
interface Place {
  file: string
  dig: string
  stop(vm: string): string
  start(vm: string): string
  server: string
}

async function onLab(): Promise<Place> {
  const file = join(folder, 'lab.yaml')
  const args = [
    'lab',
    '--clients',
    values.clients,
    '--out',
    file,
    '--seed',
    '1',
    '--speed',
    values.speed,
    '--nomad',
    values.nomad,
  ]
  const lab = spawn(process.execPath, [program, ...args, '--lang', 'en'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  ended.push(lab)
  let printed = ''
  for await (const chunk of lab.stdout.iterator({ destroyOnReturn: false })) {
    printed += chunk
    if (/agent\/services\n/.test(printed)) break
  }
  lab.stdout.resume()
  for (const [, line = ''] of printed.matchAll(/^ {2}export (.*)$/gm))
    for (const [, name = '', value = ''] of line.matchAll(/(\w+)=(\S+)/g)) env[name] = value
  const ssh = /^ {2}(ssh -F \S+)/m.exec(printed)?.[1] ?? ''
  const power = /(http:\S+\/vms)\/\S+\/start/.exec(printed)?.[1] ?? ''
  const dig = /^ {2}(dig @\S+ -p \d+)/m.exec(printed)?.[1] ?? ''
  return {
    file,
    dig,
    stop: (vm) => `${ssh} ${vm} sudo -n systemctl poweroff`,
    // What is still shutting down cannot be started.
    start: (vm) => `until curl -sf -X POST ${power}/${vm}/start; do sleep 0.1; done`,
    server: 'box-1',
  }
}

async function onCluster(file: string): Promise<Place> {
  const { server, nomad, consul, dns } = await clusterFile(file)
  env.NOMAD_ADDR = `http://${server}:${nomad.port}`
  env.CONSUL_HTTP_ADDR = `http://${server}:${consul.port}`
  const line = (text: string) => (vm: string) =>
    text.replace(/\bVM\b/g, vm).replace(/\bN\b/g, vm.replace(/\D/g, ''))
  const dig = `dig @${server} -p ${dns.port}`
  return { file, dig, stop: line(values.stop), start: line(values.start), server: values.server }
}

/** `grade check --live` in another terminal; its events are what a student reads. */
async function watch(file: string): Promise<ChildProcess> {
  const args = ['check', '--live', '--json', '--cluster', file, '--minutes', '30', '--out', out]
  const child = spawn(process.execPath, [program, ...args, '--lang', 'en'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  ended.push(child)
  let rest = ''
  child.stdout.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) take(JSON.parse(line))
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  child.on('exit', (code) =>
    process.stdout.write(`grade check --live: exit ${code}\n${said.slice(-900)}\n`),
  )
  await until('the watch begins', () => /\n/.test(said))
  return child
}

function take(event: Event): void {
  events.push(event)
  if (event.event === 'seen') return
  const sign = { ticked: '✓', notice: '!', waiting: '…' }[event.event]
  const last = events.slice(0, -1).findLast((one) => one.event === 'waiting')
  if (
    event.event === 'waiting' &&
    last?.text?.replace(/\d/g, '') === event.text?.replace(/\d/g, '')
  )
    return
  process.stdout.write(
    `${`${event.seconds}`.padStart(8)} s  ${sign} ${event.item ?? ''} ${event.text ?? ''}\n`,
  )
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + patienceMs
  while (!holds()) {
    if (Date.now() > end || watcherEnded()) {
      failures.push(`not seen: ${what}`)
      throw new Error(`not seen: ${what}`)
    }
    await sleep(50)
  }
}

const watcherEnded = () => watcher !== undefined && watcher.exitCode !== null

const ticked = async (...items: string[]) => {
  for (const item of items) await until(`${item} is ticked`, () => isTicked(item))
}

/** What is waited for now says this; its first group. */
async function asked(pattern: RegExp): Promise<string> {
  const now = () => events.findLast(({ event }) => event === 'waiting')?.text ?? ''
  await until(`it asks ${pattern}`, () => pattern.test(now()))
  return pattern.exec(now())?.[1] ?? ''
}

const isTicked = (id: string) => events.some(({ event, item }) => event === 'ticked' && item === id)
const isTold = (pattern: RegExp) =>
  events.some(({ event, text = '' }) => event === 'notice' && pattern.test(text))

const told = (pattern: RegExp) => until(`it is told ${pattern}`, () => isTold(pattern))

function notYet(...items: string[]): void {
  for (const item of items) if (isTicked(item)) failures.push(`${item} was ticked too soon`)
}

/** Types a line, and shows it with the end of what it printed. */
async function type(line: string, mayFail = false): Promise<string> {
  process.stdout.write(`${' '.repeat(10)}$ ${line.replaceAll(process.execPath, 'node')}\n`)
  const ran = await execa('sh', ['-c', line], {
    cwd: folder,
    env,
    reject: false,
    timeout: 120_000,
    stdin: 'ignore',
  })
  if (ran.exitCode !== 0 && !mayFail)
    failures.push(`${line}: ${ran.exitCode} ${ran.stderr.slice(0, 300)}`)
  return ran.stdout
}

/** What stops a machine may lose its way back. */
const stops = (vm: string) => type(place.stop(vm), true)

const stage = (file: string) => readFileSync(join(reference, file), 'utf8')
/** Saves the file as the student has edited it, and registers it. */
async function run(file: string, text: string): Promise<void> {
  writeFileSync(join(folder, file), text)
  await type(`nomad job run -detach ${file}`)
}
const nginx = () => type(`${place.dig} nginx.service.consul ANY`)
const one = stage('01.1-nginx.nomad')
const three = stage('01.3-nginx.nomad')
const fixed = stage('02.1-nginx.nomad')
const apache = stage('03.1-apache.nomad')

async function twoOff(): Promise<string[]> {
  const all = (await asked(/^Stop two of the VMs where nginx runs: (.*)\.$/)).split(', ')
  const two = all.slice(0, 2)
  for (const vm of two) await stops(vm)
  // With five clients both are replaced, which is the proof already.
  if (Number(values.clients) < 5) await asked(/^Start one of (.*) again/)
  else await ticked('02.3')
  await nginx()
  return two
}

async function rightly(): Promise<void> {
  await type('consul members')
  await run('nginx.nomad', one)
  await ticked('01.1')
  const home = await asked(/^Stop (\S+), where nginx runs/)
  await nginx()
  await stops(home)
  await ticked('01.2')
  await nginx()
  await type(place.start(home))
  await seenBack(home)
  await run('nginx.nomad', three)
  await ticked('01.3')
  await nginx()
  await run('nginx.nomad', fixed)
  await ticked('02.1', '02.2')
  const two = await twoOff()
  await type(place.start(two[0] ?? ''))
  await ticked('02.3')
  await type(place.start(two[1] ?? ''))
  for (const vm of two) await seenBack(vm)
  await type('nomad job stop -detach -purge nginx')
  await run('apache.nomad', apache)
  await ticked('03.1', '03.2', '03.3', '03.4')
  if (events.some(({ event }) => event === 'notice'))
    failures.push('something was told though nothing was wrong')
}

/** Ten mistakes on the way, each mended as soon as it is told. */
async function wrongly(): Promise<void> {
  if (place.server !== '') {
    await stops(place.server)
    await told(/does not answer: was it stopped/)
    await type(place.start(place.server))
    await until('the server is back', () => events.at(-1)?.event === 'waiting')
  }
  await run(
    'web.nomad',
    one.replace('job "nginx"', 'job "web"').replace('name     = "nginx"', 'name = "web"'),
  )
  await told(/called web, not nginx/)
  await told(/registers the service web/)
  await type('nomad job stop -detach -purge web')
  await run('nginx.nomad', three.replace('count = 3', 'count = 2'))
  await told(/asks for 2 replicas/)
  notYet('01.1', '01.3')
  await run('nginx.nomad', one)
  await ticked('01.1')
  const home = await asked(/^Stop (\S+), where nginx runs/)
  const other = ['box-5', 'box-7', 'box-8'].find((vm) => vm !== home) ?? ''
  await stops(other)
  await told(/no nginx ran there/)
  await type(place.start(other))
  await seenBack(other)
  // Started again at once. A lab may boot more slowly than its Nomad misses it.
  await stops(home)
  await asked(/has not missed it yet/)
  await type(place.start(home))
  const early = /came back before/
  await until('it is told, or 01.2 is ticked', () => isTold(early) || isTicked('01.2'))
  let last = home
  if (isTold(early)) {
    notYet('01.2')
    await seenBack(home)
    last = await asked(/^Stop (\S+), where nginx runs/)
    await stops(last)
    await ticked('01.2')
  } else {
    await seenBack(home)
    await stops(home)
  }
  // Never started again: three replicas begin with three VMs.
  await run('nginx.nomad', three)
  await told(/is off, and 01\.3 begins/)
  notYet('01.3')
  await type(place.start(last))
  await ticked('01.3')
  if (values.cluster === undefined) {
    // Another program of the VM has the port.
    const fault = `${process.execPath} ${program} lab fault --lab ${place.file}`
    await type(`${fault} port-80-taken box-5`)
    await run('nginx.nomad', fixed)
    await told(/holds the port on box-5/)
    notYet('02.1')
    await type(`${fault} none`)
    await run('nginx.nomad', fixed.replace('memory = 256', 'memory = 255'))
  } else await run('nginx.nomad', fixed)
  await ticked('02.1', '02.2')
  const two = await twoOff()
  notYet('02.3')
  for (const vm of two) await type(place.start(vm))
  await ticked('02.3')
  await type('nomad job stop -detach nginx')
  await told(/stopped, and not purged/)
  await run('nginx.nomad', fixed)
  await run('apache.nomad', apache)
  await told(/runs beside nginx/)
  notYet('03.1')
  await type('nomad job stop -detach -purge nginx')
  await ticked('03.1', '03.2', '03.3', '03.4')
}

async function seenBack(vm: string): Promise<void> {
  const last = (who: string) =>
    events.findLast(
      (one) => one.event === 'seen' && seenOf(one) === who && sawOf(one).startsWith(`${vm} is `),
    )
  await until(`${vm} is back`, () =>
    ['consul alive', 'nomad ready'].every((pair) => {
      const [who = '', status = ''] = pair.split(' ')
      const one = last(who)
      return one === undefined || sawOf(one) === `${vm} is ${status}`
    }),
  )
}
const seenOf = (event: Event) => (event as { who?: string }).who ?? ''
const sawOf = (event: Event) => (event as { saw?: string }).saw ?? ''

async function finished(): Promise<void> {
  for (let tries = 0; tries < 400 && watcher?.exitCode === null; tries++) await sleep(50)
  if (watcher?.exitCode !== 0) failures.push(`it ended with ${watcher?.exitCode}`)
}

place = values.cluster === undefined ? await onLab() : await onCluster(resolve(values.cluster))
watcher = await watch(place.file)
try {
  if (values.wrong) await wrongly()
  else await rightly()
  await finished()
} finally {
  for (const child of ended) if (child.exitCode === null) child.kill('SIGTERM')
  if (values.cluster === undefined)
    await execa(process.execPath, [program, 'lab', 'end', '--lab', place.file], { reject: false })
  await Promise.all(
    ended.map((child) => child.exitCode ?? new Promise((end) => child.on('exit', end))),
  )
  rmSync(folder, { recursive: true, force: true })
}
const ticks = events.filter(({ event }) => event === 'ticked').map(({ item }) => item)
process.stdout.write(`\n${ticks.length} of 10 ticked: ${ticks.join(' ')}\n`)
for (const one of failures) process.stdout.write(`WRONG: ${one}\n`)
process.exitCode = failures.length > 0 || ticks.length < 10 ? 1 : 0
