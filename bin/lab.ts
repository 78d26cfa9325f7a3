import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Command } from 'commander'
import { stringify } from 'yaml'
import { exit, Usage } from './exit.ts'

interface LabFlags {
  out: string
  seed?: string
  speed: string
  clients: string
  stop: string
}

const fastest = 20

/** `grade lab`: the embedded lab in a process of its own, with real ports on loopback. */
export function labCommand(): Command {
  return new Command('lab')
    .description('run a simulated cluster in this process, until Ctrl-C')
    .option('--out <file>', 'where its cluster file is written', 'lab.yaml')
    .option('--seed <n>', 'the same seed gives the same lab')
    .option('--speed <n>', `cluster seconds per second, ${fastest} at most`, '1')
    .option('--clients <n>', 'how many client VMs', '3')
    .option('--stop <orderly|cut>', 'how a grader is to stop its VMs', 'orderly')
    .addHelpText(
      'after',
      '\nExample:\n  grade lab --out lab.yaml &\n  grade --submission . --cluster lab.yaml',
    )
    .action(async (flags: LabFlags) => {
      process.exitCode = await serve(flags)
    })
}

async function serve(flags: LabFlags): Promise<number> {
  const number = (name: string, text: string, min: number, max: number) => {
    const value = Number(text)
    if (!(value >= min && value <= max))
      throw new Usage(`--${name} is a number from ${min} to ${max}.`)
    return value
  }
  const seed =
    flags.seed === undefined
      ? Math.floor(Math.random() * 1e6)
      : number('seed', flags.seed, 0, 2 ** 31)
  const speed = Math.min(fastest, number('speed', flags.speed, 0.1, 1e9))
  const clients = number('clients', flags.clients, 1, 100)
  if (flags.stop !== 'orderly' && flags.stop !== 'cut') throw new Usage('--stop is orderly or cut.')
  const { startLab } = await import('../lab/lab.ts')
  const lab = await startLab({ seed, clients, time: { kind: 'wall', speed }, how: flags.stop })
  const path = resolve(flags.out)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(
    path,
    `# SIMULATED: a lab, not a cluster. Gone when its process ends.\n${stringify(lab.file)}`,
  )
  const doors = Object.entries(lab.doors).map(([name, at]) => `  ${name.padEnd(16)} ${at}`)
  process.stdout.write(
    `SIMULATED cluster, seed ${seed}, ${speed} cluster second(s) a second. Ctrl-C ends it.\n` +
      `Cluster file: ${path}\n${doors.join('\n')}\n`,
  )
  await new Promise<void>((end) => {
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  })
  await lab.close()
  return exit.passed
}
