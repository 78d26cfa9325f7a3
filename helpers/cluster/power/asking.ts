import type { Clock } from '../../time/clock.ts'
import type { Fault } from '../../time/fault.ts'
import type { Driver, Row, Run, What } from './driver.ts'
import { failedCommand, lateCommand, noProgram, typed, unknownVm } from './faults.ts'
import type { PowerState } from './power.ts'
import { findProgram, type Ran, runProgram } from './program.ts'

/** Runs a driver's program and reads what it says. */
export interface Asking {
  /** Runs it about one node's VM; `vm`: what the hypervisor calls that. */
  about(node: string, vm?: string): Run
  fails(ran: Ran): boolean
  /** What a command that failed means: success after all, worth another try, or a Fault. */
  meaning(ran: Ran, node: string, args: string[], what?: What): Promise<Fault | 'again' | 'done'>
  /** The Fault of a command that was tried often enough. */
  busy(ran: Ran, node: string, args: string[]): Promise<Fault>
  rows(node: string): Promise<Row[]>
  /** The hypervisor's word on one VM, in lower case; '' when it says none just now. */
  look(node: string, vm: Row, trying?: What): Promise<string>
  stateOf(native: string): PowerState
}

const lookDeadline = 60
export const idOf = (vm: Row) => vm.id ?? vm.name

export function createAsking(
  driver: Driver,
  options: { executable?: string | undefined; clock: Clock },
): Asking {
  const { about, typedWith } = createRunner(driver, options)
  const fails = (ran: Ran) => ran.code !== 0 || driver.failsOn?.test(ran.stderr) === true

  const meaning: Asking['meaning'] = async (ran, node, args, what) => {
    const text = `${ran.stderr}\n${ran.stdout}\nexit ${ran.code}`
    const pattern = driver.errors.find(({ says, of }) => says.test(text) && (of ?? what) === what)
    if (pattern?.means === 'again' || pattern?.means === 'done') return pattern.means
    const means = pattern?.means ?? 'refused'
    return failedCommand(driver, node, await typedWith(args), ran, means, pattern?.cure)
  }

  const busy: Asking['busy'] = async (ran, node, args) =>
    failedCommand(driver, node, await typedWith(args), ran, 'busy')

  const rows: Asking['rows'] = async (node) => {
    const { args, read } = driver.list
    const ran = await about(node)(args)
    if (!fails(ran)) return await read(ran.stdout)
    const means = await meaning(ran, node, args)
    throw typeof means === 'string' ? await busy(ran, node, args) : means
  }

  const look: Asking['look'] = async (node, vm, trying) => {
    const run = about(node, idOf(vm))
    if (driver.look) return (await driver.look(vm, run, trying)).toLowerCase()
    const { state } = driver
    if (!state) {
      const all = await rows(node)
      const row = all.find((one) => idOf(one) === idOf(vm))
      const names = all.map(({ name }) => name)
      if (!row) throw unknownVm(driver.title, vm.name, node, names)
      return (row.state ?? '').trim().toLowerCase()
    }
    const args = state.args(idOf(vm))
    const ran = await run(args)
    if (!fails(ran)) return (state.read(ran.stdout) ?? '').trim().toLowerCase()
    const means = await meaning(ran, node, args)
    if (typeof means !== 'string') throw means
    return ''
  }

  const stateOf: Asking['stateOf'] = (native) => driver.states[native] ?? 'unknown'
  return { about, fails, meaning, busy, rows, look, stateOf }
}

/** Finds the driver's program when it is first needed, and runs it. */
function createRunner(
  driver: Driver,
  { clock, executable }: { executable?: string | undefined; clock: Clock },
) {
  let finding: Promise<string | undefined> | undefined
  const program = () => {
    finding ??= findProgram(driver.programs, driver.places, executable)
    return finding
  }
  const about: Asking['about'] = (node, vm = '') =>
    async function run(args, seconds = lookDeadline) {
      const file = await program()
      if (file === undefined) throw noProgram(driver, executable)
      // Scripts read the name here, so that it never becomes a part of them; WSL must hand it on.
      const handed = [process.env.WSLENV, 'GRADE_VM'].filter(Boolean).join(':')
      const env = { ...driver.env, GRADE_VM: vm, WSLENV: handed }
      const deadline = seconds * 1000
      const at = driver.cwd === undefined ? {} : { cwd: driver.cwd }
      const ran = await runProgram(clock, { file, args, env, deadline, ...at })
      if (ran.late) throw lateCommand(driver.title, node, typed(file, args), deadline)
      return ran
    }
  const typedWith = async (args: string[]) =>
    typed((await program()) ?? driver.programs[0] ?? '', args)
  return { about, typedWith }
}
