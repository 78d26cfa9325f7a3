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

function ended(ran: Ran): string {
  if (ran.failed) return `could not be run (${ran.failed})`
  return ran.code === undefined ? 'was killed' : `ended with exit code ${ran.code}`
}

export function noProgram(driver: Driver, own?: string): Fault {
  const names = own ?? driver.programs.join(' or ')
  return new Fault(`${driver.title} cannot be asked: ${names} was not found on this machine.`, {
    code: 'POWER_NO_PROGRAM',
    cure:
      `Install ${driver.title} or put its program on PATH, or name it under "power: executable:" ` +
      'in the cluster file; run the grader on the machine where the VMs are.',
  })
}

export function unknownVm(title: string, wanted: string, node: string, known: string[]): Fault {
  const list = known.slice(0, shown).join(', ') + (known.length > shown ? ', …' : '')
  const knows = known.length === 0 ? 'no VM at all' : list
  const called = wanted === node ? node : `${wanted} (for ${node})`
  return new Fault(`${title} knows no VM ${called}; it knows ${knows}.`, {
    code: 'POWER_NO_VM',
    cure:
      known.length === 0
        ? 'VMs belong to one user of the system: run the grader as the one who made them.'
        : `Write which VM it is into the cluster file: power: names: { ${node}: <name of the VM> }.`,
  })
}

export function manyVms(title: string, node: string, vms: string[]): Fault {
  return new Fault(`${title} has more than one VM that could be ${node}: ${vms.join(', ')}.`, {
    code: 'POWER_NO_VM',
    cure: `Write which one it is into the cluster file: power: names: { ${node}: ${vms[0]} }.`,
  })
}

export function stuckVm(title: string, node: string, state: string, cure: string): Fault {
  return new Fault(`${title} says that ${node} is "${state}": a start does not end that.`, {
    code: 'POWER_STUCK',
    cure,
  })
}

export function lateCommand(title: string, node: string, command: string, ms: number): Fault {
  return new Fault(`${title}: "${command}" for ${node} did not end within ${ms / 1000} s.`, {
    code: 'POWER_LATE',
    cure: 'Look at that VM in the hypervisor, and run that command by hand.',
  })
}

/** A command that failed: the recorded meaning of its text, or the text itself. */
export function failedCommand(
  driver: Driver,
  node: string,
  command: string,
  ran: Ran,
  means: keyof typeof usual,
  cure?: string,
): Fault {
  const said = complaintOf(driver, ran)
  const sentence =
    `${driver.title}: "${command}" for ${node} ${ended(ran)}` +
    `${means === 'busy' ? ' again and again' : ''}${said ? `: ${said}` : ''}.`
  const { code, cure: usualCure } = usual[means]
  return new Fault(sentence, { code, cure: cure ?? usualCure, cause: ran })
}

const usual = {
  denied: {
    code: 'POWER_DENIED',
    cure: 'Run the grader as a user who may switch these VMs.',
  },
  busy: {
    code: 'POWER_BUSY',
    cure: 'See what else works on that VM (a window of the hypervisor, another program), and end it.',
  },
  'unknown-vm': {
    code: 'POWER_NO_VM',
    cure: 'See whether it was removed or renamed; "power: names:" in the cluster file says which VM it is.',
  },
  refused: { code: 'POWER_FAILED', cure: 'Run that command by hand and see why it fails.' },
}
