import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { hostAndPort, labIsGone } from '../../helpers/cluster/lab-route.ts'
import { loadClusterFile } from '../../helpers/cluster/load.ts'
import { straightRoute } from '../../helpers/cluster/straight.ts'
import { type Answer, createHttp } from '../../helpers/http.ts'
import { msg } from '../../helpers/language/message.ts'
import { wallClock } from '../../helpers/time/clock.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { Usage } from '../exit.ts'
import { type LabState, labStateSchema } from './state.ts'

/** A lab that runs in another process, found by the cluster file that it wrote. */
export interface RunningLab {
  /** Of its page. */
  address: string
  state: LabState
  post(path: string): Promise<Answer>
  /** Ends it, and waits until nothing of it is open any more. */
  end(): Promise<void>
}

export interface Named {
  lab?: string
  name?: string
}

/** How long an end may take, in ms. */
const lookEvery = 50
const mostTries = 100

const plainName = /^[\w-]{1,40}$/

/** The cluster file of a lab: `--lab FILE`, that of `--name`, or the usual one. */
export function labFileOf({ lab, name }: Named): string {
  if (lab !== undefined) return lab
  if (name === undefined) return 'lab.yaml'
  if (!plainName.test(name)) {
    throw new Usage(
      msg('{flag} is a name of letters, digits, - and _, not "{text}".', {
        flag: '--name',
        text: name,
      }),
    )
  }
  return `lab-${name}.yaml`
}

/** The running lab of a file; throws Usage when there is none. */
export async function runningLab(path: string): Promise<RunningLab> {
  if (!existsSync(path)) {
    throw new Usage(
      msg(
        'There is no lab here: no file {path}. Begin one with {code}, or say which with {flag}.',
        {
          ...{ path, code: 'grade lab', flag: '--lab FILE' },
        },
      ),
    )
  }
  const lab = await reach(path)
  if (lab === 'none') throw new Usage(msg('{path} is not the file of a lab.', { path }))
  if (lab !== 'ended') return lab
  throw new Usage(
    msg('The lab of {path} has ended. Begin one with {code}.', { path, code: 'grade lab' }),
  )
}

/** Throws Usage when a lab would write over the file of another that runs, or over what is no lab's. */
export async function mustBeFree(path: string): Promise<void> {
  if (!existsSync(path)) return
  const lab = await reach(path).catch((): 'none' => 'none')
  if (lab === 'ended') return
  const other = { name: '--name NAME', out: '--out FILE' }
  if (lab === 'none') {
    throw new Usage(
      msg(
        '{path} is there already and is no lab’s: give another file with {out}, or a name with {name}.',
        {
          ...{ path: resolve(path), ...other },
        },
      ),
    )
  }
  throw new Usage(
    msg(
      'A lab runs here already: {address} ({path}). End it with {end}, or give this one a name with {name}.',
      {
        ...{ address: lab.address, path: resolve(path), end: 'grade lab end', name: other.name },
      },
    ),
  )
}

async function reach(path: string): Promise<RunningLab | 'ended' | 'none'> {
  const file = await loadClusterFile(resolve(path))
  const { lab, power } = file
  if (!lab || power?.driver !== 'lab') return 'none'
  const address = power.address
  const door = hostAndPort(address.replace(/^http:\/\//, '').replace(/\/$/, ''))
  const http = createHttp(straightRoute(), wallClock())
  const post = (at: string) =>
    http.request({
      ...door,
      path: at,
      method: 'POST',
      headers: { 'x-grade-lab': '1' },
      fresh: true,
    })
  try {
    const { text } = await http.request({ ...door, path: '/state', fresh: true })
    const state = labStateSchema.safeParse(jsonIn(text)).data
    // Another program may have its port by now.
    const end = async () => {
      await post('/end')
      for (let tries = 0; tries < mostTries && !(await labIsGone(file)); tries++)
        await sleep(lookEvery)
    }
    return state?.id === lab.id ? { address, state, post, end } : 'ended'
  } catch (error) {
    if (error instanceof Fault) return 'ended'
    throw error
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
