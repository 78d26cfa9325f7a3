import { execa } from 'execa'
import { type Clock, held } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import type { Power, PowerState } from './power.ts'
import type { PowerFile } from './schema.ts'

const longest = 120_000
/** A node names itself: what goes into a shell line must not be able to say more than a name. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** The teacher's own shell lines; {vm} is the node's name and {n} the number at its end. */
export function commandPower(
  power: Extract<PowerFile, { driver: 'command' }>,
  clock: Clock,
): Power {
  const run = async (line: string | undefined, what: string, vm: string) => {
    if (line === undefined) throw noLine(what, vm)
    return await held(clock, () => shell(filled(line, vm), vm))
  }
  return {
    how: power.how,
    describe: `the line "${power.start}"`,
    untried: '',
    can: { start: true, cut: power.cut !== undefined, stop: power.stop !== undefined },
    start: async (vm) => void (await run(power.start, 'start', vm)),
    cut: async (vm) => void (await run(power.cut, 'cut', vm)),
    stop: async (vm) => void (await run(power.stop, 'stop', vm)),
    list: async () => undefined,
    async state(vm): Promise<PowerState> {
      if (power.state === undefined) return 'unknown'
      const said = (await run(power.state, 'state', vm)).trim()
      return said === 'running' || said === 'off' ? said : 'unknown'
    },
  }
}

function filled(line: string, vm: string): string {
  if (!plainName.test(vm)) {
    throw new Fault(
      `The node calls itself ${JSON.stringify(vm)}: no shell line is run with that.`,
      {
        code: 'POWER_NAME',
        cure: 'Give the VM a name of letters, digits, dots and dashes.',
      },
    )
  }
  const number = /\d+$/.exec(vm)?.[0]
  if (line.includes('{n}') && number === undefined) {
    throw new Fault(`${vm} has no number at its end, and the line "${line}" wants one as {n}.`, {
      code: 'POWER_NAME',
      cure: 'Use {vm} in that line of the cluster file.',
    })
  }
  return line.replaceAll('{vm}', vm).replaceAll('{n}', number ?? '')
}

async function shell(line: string, vm: string): Promise<string> {
  const ran = await execa(line, {
    shell: true,
    stdin: 'ignore',
    timeout: longest,
    maxBuffer: 1024 * 1024,
    reject: false,
    all: true,
  })
  if (!ran.failed) return ran.stdout
  const ended = ran.timedOut
    ? `did not end within ${longest / 1000} s`
    : `ended with exit code ${ran.exitCode ?? ran.signal ?? ran.shortMessage}`
  const said = (ran.all ?? '').trim().split('\n').slice(-3).join(' ').slice(0, 300)
  throw new Fault(`For ${vm}, "${line}" ${ended}${said ? `: ${said}` : ''}.`, {
    code: 'POWER_COMMAND',
    cure: 'Run that line by hand, and correct it in the cluster file.',
    cause: ran,
  })
}

function noLine(what: string, vm: string): Fault {
  return new Fault(`${vm} cannot be switched: "power:" has no ${what} line.`, {
    code: 'POWER_NONE',
    cure: `Write "${what}:" into the "power:" part of the cluster file.`,
  })
}
