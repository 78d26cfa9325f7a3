import { msg } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import { linesOf } from './driver.ts'
import { withSaid } from './faults.ts'
import type { Power, PowerState } from './power.ts'
import { runProgram } from './program.ts'
import type { PowerOf } from './schema.ts'

const longest = 120_000
/** A node names itself: what goes into a shell line must not be able to say more than a name. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

/** The teacher's own shell lines; {vm} is the VM's name and {n} the number at its end. */
export function commandPower(power: PowerOf<'command'>, clock: Clock): Power {
  const nameOf = (node: string) => power.names[node] ?? node
  const run = async (line: string | undefined, what: string, node: string) => {
    if (line === undefined) throw noLine(what, node)
    return await shell(clock, filled(line, nameOf(node)), node)
  }
  return {
    how: power.how,
    describe: msg('the line "{line}"', { line: power.start }),
    untried: '',
    can: { start: true, cut: power.cut !== undefined, stop: power.stop !== undefined },
    ownStop: power.stop !== undefined,
    start: async (vm) => void (await run(power.start, 'start', vm)),
    cut: async (vm) => void (await run(power.cut, 'cut', vm)),
    stop: async (vm) => void (await run(power.stop, 'stop', vm)),
    async list() {
      if (power.list === undefined) return undefined
      return linesOf(await shell(clock, power.list, 'the list')).map((line) => line.trim())
    },
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
      msg('The node calls itself {name}: no shell line is run with that.', {
        name: JSON.stringify(vm),
      }),
      {
        code: 'POWER_NAME',
        cure: msg('Give the VM a name of letters, digits, dots and dashes.'),
      },
    )
  }
  const number = /\d+$/.exec(vm)?.[0]
  if (line.includes('{n}') && number === undefined) {
    throw new Fault(
      msg('{vm} has no number at its end, and the line "{line}" wants one as {n}.', {
        ...{ vm, line, n: '{n}' },
      }),
      {
        code: 'POWER_NAME',
        cure: msg('Use {code} in that line of the cluster file.', { code: '{vm}' }),
      },
    )
  }
  return line.replaceAll('{vm}', vm).replaceAll('{n}', number ?? '')
}

/** By sh, or by cmd.exe on Windows. */
async function shell(clock: Clock, line: string, vm: string): Promise<string> {
  const ran = await runProgram(clock, { file: line, deadline: longest })
  if (ran.code === 0) return ran.stdout
  const said = linesOf(ran.stderr.trim() || ran.stdout)
    .slice(-3)
    .join(' ')
    .slice(0, 300)
  const about = { vm, line }
  const seen = ran.late
    ? msg('For {vm}, "{line}" did not end within {s} s', { ...about, s: longest / 1000 })
    : ran.code === undefined
      ? msg('For {vm}, "{line}" was killed', about)
      : msg('For {vm}, "{line}" ended with exit code {code}', { ...about, code: `${ran.code}` })
  throw new Fault(withSaid(seen, said || ran.failed || ''), {
    code: 'POWER_COMMAND',
    cure: msg('Run that line by hand, and correct it in the cluster file.'),
    cause: ran,
  })
}

function noLine(what: string, vm: string): Fault {
  return new Fault(
    msg('{vm} cannot be switched: "{part}" has no {what} line.', { vm, part: 'power:', what }),
    {
      code: 'POWER_NONE',
      cure: msg('Write "{key}" into the "{part}" part of the cluster file.', {
        ...{ key: `${what}:`, part: 'power:' },
      }),
    },
  )
}
