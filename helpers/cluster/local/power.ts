import { createHttp, json } from '../../http.ts'
import { msg } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import type { Power, PowerState } from '../power/power.ts'
import { doorRoute } from './route.ts'

/** A VM of namespaces boots in two seconds; a busy machine needs longer. */
const longestAct = 60_000

/** VMs of a local cluster, switched over its door (serve-door.ts). */
export function localPower(door: string, how: Power['how'], clock: Clock): Power {
  const http = createHttp(doorRoute(door), clock)
  const at = { host: 'local', port: 80, fresh: true }
  const act = async (vm: string, what: 'start' | 'cut' | 'stop') => {
    const path = `/vms/${encodeURIComponent(vm)}/${what}`
    const answer = await http.request({ ...at, path, method: 'POST', deadline: longestAct })
    if (answer.status < 300) return
    const said = `${answer.status} ${answer.text.slice(0, 200).trim()}`
    throw new Fault(
      msg('The local cluster did not {what} {vm}: HTTP {said}.', { what, vm, said }),
      { code: 'POWER_REFUSED' },
    )
  }
  const states = async (): Promise<Record<string, unknown>> => {
    const answer = await http.request({ ...at, path: '/vms' })
    return (json(answer, "The local cluster's door") ?? {}) as Record<string, unknown>
  }
  return {
    how,
    describe: msg('the local cluster itself'),
    untried: '',
    can: { start: true, cut: true, stop: true },
    start: (vm) => act(vm, 'start'),
    cut: (vm) => act(vm, 'cut'),
    stop: (vm) => act(vm, 'stop'),
    list: async () => Object.keys(await states()),
    async state(vm): Promise<PowerState> {
      const state = (await states())[vm]
      return state === 'running' || state === 'off' ? state : 'unknown'
    },
  }
}
