import { type Message, msg } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import { type Driver, linesOf } from './driver.ts'
import type { Ran } from './program.ts'

const shown = 12

/** A command as a person would type it. */
export function typed(program: string, args: readonly string[]): string {
  const name = program.split(/[\\/]/).at(-1) ?? program
  return [name, ...args]
    .map((word) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word}'`))
    .join(' ')
}

/** What a program complained about, in one line without a stop; '' when it said nothing. */
function complaintOf(driver: Pick<Driver, 'complaint'>, ran: Ran): string {
  const text = ran.stderr.trim() === '' ? ran.stdout : ran.stderr
  const lines = linesOf(text).map((line) => line.trim())
  const errors = lines.filter((line) => /^error\b/i.test(line)).slice(0, 2)
  const joined = errors.map((line) => line.replace(/^error:\s*/i, '').replace(/\.$/, '')).join('; ')
  const said = driver.complaint?.(`${ran.stdout}\n${ran.stderr}`) || joined || lines.at(-1) || ''
  return said.replace(/\s+/g, ' ').slice(0, 300).replace(/\.$/, '')
}

/** The sentence, and what was said to it where something was. */
export const withSaid = (seen: Message, said: string): Message =>
  said ? msg('{seen}: {said}.', { seen, said }) : msg('{seen}.', { seen })

function ended(ran: Ran, about: { title: string; command: string; node: string }): Message {
  if (ran.failed)
    return msg('{title}: "{command}" for {node} could not be run ({code})', {
      ...{ ...about, code: ran.failed },
    })
  return ran.code === undefined
    ? msg('{title}: "{command}" for {node} was killed', about)
    : msg('{title}: "{command}" for {node} ended with exit code {code}', {
        ...{ ...about, code: `${ran.code}` },
      })
}

export function noProgram(driver: Driver, own?: string): Fault {
  const { title } = driver
  const names = own ?? driver.programs.join(' / ')
  return new Fault(
    msg('{title} cannot be asked: {names} was not found on this machine.', { title, names }),
    {
      code: 'POWER_NO_PROGRAM',
      cure: msg(
        'Install {title} or put its program on PATH, or name it under "{key}" in the cluster file; run the grader on the machine where the VMs are.',
        { title, key: 'power: executable:' },
      ),
    },
  )
}

export function unknownVm(title: string, wanted: string, node: string, known: string[]): Fault {
  const list = known.slice(0, shown).join(', ') + (known.length > shown ? ', …' : '')
  const called = wanted === node ? node : `${wanted} (${node})`
  const seen =
    known.length === 0
      ? msg('{title} knows no VM {called}; it knows no VM at all.', { title, called })
      : msg('{title} knows no VM {called}; it knows {list}.', { title, called, list })
  return new Fault(seen, {
    code: 'POWER_NO_VM',
    cure:
      known.length === 0
        ? msg('VMs belong to one user of the system: run the grader as the one who made them.')
        : msg('Write which VM it is into the cluster file: {code}', {
            code: `power: names: { ${node}: NAME }`,
          }),
  })
}

export function manyVms(title: string, node: string, vms: string[]): Fault {
  return new Fault(
    msg('{title} has more than one VM that could be {node}: {vms}.', { title, node, vms }),
    {
      code: 'POWER_NO_VM',
      cure: msg('Write which VM it is into the cluster file: {code}', {
        code: `power: names: { ${node}: ${vms[0]} }`,
      }),
    },
  )
}

export function stuckVm(title: string, node: string, state: string, cure: Message): Fault {
  const about = { title, node, state }
  return new Fault(
    msg('{title} says that {node} is "{state}": a start does not end that.', about),
    {
      code: 'POWER_STUCK',
      cure,
    },
  )
}

export function lateCommand(title: string, node: string, command: string, ms: number): Fault {
  const about = { title, command, node, s: ms / 1000 }
  return new Fault(msg('{title}: "{command}" for {node} did not end within {s} s.', about), {
    code: 'POWER_LATE',
    cure: msg('Look at that VM in the hypervisor, and run that command by hand.'),
  })
}

/** A command that failed: the recorded meaning of its text, or the text itself. */
export function failedCommand(
  driver: Driver,
  node: string,
  command: string,
  ran: Ran,
  means: keyof typeof usual,
  cure?: Message,
): Fault {
  const said = complaintOf(driver, ran)
  const once = ended(ran, { title: driver.title, command, node })
  const seen = means === 'busy' ? msg('{once} again and again', { once }) : once
  const { code, cure: usualCure } = usual[means]
  return new Fault(withSaid(seen, said), { code, cure: cure ?? usualCure, cause: ran })
}

const usual = {
  denied: {
    code: 'POWER_DENIED',
    cure: msg('Run the grader as a user who may switch these VMs.'),
  },
  busy: {
    code: 'POWER_BUSY',
    cure: msg(
      'See what else works on that VM (a window of the hypervisor, another program), and end it.',
    ),
  },
  'unknown-vm': {
    code: 'POWER_NO_VM',
    cure: msg(
      'See whether it was removed or renamed; "{key}" in the cluster file says which VM it is.',
      { key: 'power: names:' },
    ),
  },
  refused: { code: 'POWER_FAILED', cure: msg('Run that command by hand and see why it fails.') },
}
