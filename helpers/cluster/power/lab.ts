import { createHttp, json } from '../../http.ts'
import { msg } from '../../language/message.ts'
import type { Clock } from '../../time/clock.ts'
import { Fault } from '../../time/fault.ts'
import { hostAndPort } from '../lab-route.ts'
import { straightRoute } from '../straight.ts'
import type { Power, PowerState } from './power.ts'

/** The lab's power door: GET /vms, POST /vms/NAME/start, POST /vms/NAME/cut. */
export function labPower(address: string, how: Power['how'], clock: Clock): Power {
  const door = hostAndPort(address.replace(/^http:\/\//, '').replace(/\/$/, ''))
  const http = createHttp(straightRoute(), clock)
  const act = async (vm: string, what: 'start' | 'cut') => {
    const path = `/vms/${encodeURIComponent(vm)}/${what}`
    const answer = await http.request({ ...door, path, method: 'POST', fresh: true })
    if (answer.status < 300) return
    const said = `${answer.status} ${answer.text.slice(0, 200).trim()}`
    throw new Fault(msg('The lab did not {what} {vm}: HTTP {said}.', { what, vm, said }), {
      code: 'POWER_REFUSED',
    })
  }
  return {
    how,
    describe: msg("the lab's power door at {address}", { address }),
    untried: '',
    can: { start: true, cut: true, stop: false },
    start: (vm) => act(vm, 'start'),
    cut: (vm) => act(vm, 'cut'),
    stop: (vm) => act(vm, 'cut'),
    list: async () => undefined,
    async state(vm): Promise<PowerState> {
      const answer = await http.request({ ...door, path: '/vms' })
      const all = json(answer, "The lab's power door") as Record<string, unknown> | null
      const state = all?.[vm]
      return state === 'running' || state === 'off' ? state : 'unknown'
    },
  }
}
