import { type Message, msg } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import { wallSleep } from '../../time/deadline.ts'
import { createAsking, idOf } from './asking.ts'
import type { Driver, Hints, Row, Run, What } from './driver.ts'
import { manyVms, stuckVm, unknownVm } from './faults.ts'
import type { Power } from './power.ts'

export interface EngineOptions {
  how: Power['how']
  /** Node name → name of its VM. */
  names: Readonly<Record<string, string>>
  executable?: string | undefined
  clock: Clock
  say: (sentence: Message) => void
  hints: (node: string) => Promise<Hints>
}

/** Wall milliseconds. A VM that is locked is tried again with ever longer pauses, a minute in all. */
const pauses = { first: 500, last: 8000, all: 60_000 }
const wanted = { start: 'running', cut: 'off', stop: 'off' } as const

/** A power that also says which VM a node is, and the program's version. */
export interface EnginePower extends Power {
  vmOf(node: string): Promise<Row>
  version(): Promise<string>
}

/** Carries out what a driver's data says. Acts and looks on one VM never overlap. */
export function enginePower(driver: Driver, options: EngineOptions): EnginePower {
  const asking = createAsking(driver, options)
  const inTurn = createTurns()
  const known = new Map<string, Row>()

  async function vmOf(node: string): Promise<Row> {
    const before = known.get(node)
    if (before) return before
    const vm = await findVm(driver, node, options, await asking.rows(node), asking.about(node))
    known.set(node, vm)
    return vm
  }

  const refuseStuck = (node: string, native: string, what: What) => {
    const cure = driver.stuck[native]
    if (cure !== undefined && what !== 'cut') throw stuckVm(driver.title, node, native, cure)
  }

  async function carryOut(what: What, node: string, vm: Row): Promise<void> {
    const { args, deadline, succeeds } = driver[what]
    const words = args(idOf(vm))
    let waited = 0
    for (let pause = pauses.first; ; pause = Math.min(pause * 2, pauses.last)) {
      const ran = await asking.about(node, idOf(vm))(words, deadline)
      if (!asking.fails(ran) || succeeds?.test(ran.stdout)) return
      const meaning = await asking.meaning(ran, node, words, what)
      if (meaning === 'done') return
      if (meaning !== 'again') throw meaning
      const native = await asking.look(node, vm, what)
      if (asking.stateOf(native) === wanted[what]) return
      refuseStuck(node, native, what)
      if (waited >= pauses.all) throw await asking.busy(ran, node, words)
      await wallSleep(pause)
      waited += pause
    }
  }

  const act = async (what: What, node: string) => {
    const vm = await vmOf(node)
    await inTurn(idOf(vm), async () => {
      const native = await asking.look(node, vm)
      if (asking.stateOf(native) === wanted[what]) return
      refuseStuck(node, native, what)
      if (what === 'start' && driver.saved.includes(native)) options.say(wakes(node))
      await carryOut(what, node, vm)
    })
  }

  return {
    how: options.how,
    describe: `${driver.title} (${driver.programs[0]})`,
    untried: driver.untried,
    can: { start: true, cut: true, stop: true },
    start: (node) => act('start', node),
    cut: (node) => act('cut', node),
    stop: (node) => act('stop', node),
    async state(node) {
      const vm = await vmOf(node)
      return await inTurn(idOf(vm), async () => asking.stateOf(await asking.look(node, vm)))
    },
    list: async () => (await asking.rows('all VMs')).map(({ name }) => name),
    vmOf,
    async version() {
      const ran = await asking.about('its version')(driver.version, 20)
      return ran.code === 0 ? (ran.stdout.trim().split('\n')[0]?.trim() ?? '') : ''
    },
  }
}

const wakes = (node: string) =>
  msg(
    '{node} was saved, not shut down: it wakes with the memory of then, and its clock may be wrong for a while.',
    { node },
  )

/** The VM of a node: named by the file, of the same name, or what the driver itself recognises. */
export async function findVm(
  driver: Pick<Driver, 'title' | 'match'>,
  node: string,
  { names, hints }: Pick<EngineOptions, 'names' | 'hints'>,
  rows: Row[],
  run?: Run,
): Promise<Row> {
  const given = names[node]
  const name = given ?? node
  const exact = rows.filter((row) => row.name === name || row.id === name)
  const alike = rows.filter((row) => row.name.toLowerCase() === name.toLowerCase())
  let found = exact.length > 0 ? exact : alike
  if (found.length === 0 && given === undefined && driver.match && run) {
    found = await driver.match(rows, await hints(node), run)
  }
  const [vm, other] = found
  if (!vm)
    throw unknownVm(
      driver.title,
      name,
      node,
      rows.map((row) => row.name),
    )
  if (other) throw manyVms(driver.title, node, found.map(idOf))
  return vm
}

/** Does the works of one key one after the other. */
function createTurns() {
  const last = new Map<string, Promise<unknown>>()
  return async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (last.get(key) ?? Promise.resolve()).then(work, work)
    last.set(key, mine)
    return await mine
  }
}
