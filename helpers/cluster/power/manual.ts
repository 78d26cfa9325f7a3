import { Fault } from '../../time/fault.ts'
import type { Power } from './power.ts'

/**
 * A person at this terminal switches the VMs: the tool asks and watches. Without a terminal nobody
 * would read the wish, so nothing is promised then: a run that stops a VM must know that it comes
 * back (`can.start` is false, and such a run is refused before it stops anything).
 */
export function manualPower(
  how: Power['how'],
  { say, terminal }: { say: (sentence: string) => void; terminal: boolean },
): Power {
  const ask = async (vm: string, wish: string) => {
    if (!terminal) {
      throw new Fault(`${vm} is switched by hand, and nobody is at a terminal here.`, {
        code: 'POWER_BY_HAND',
        cure: `Start ${vm} by hand, then run: grade restore`,
      })
    }
    say(wish)
  }
  return {
    how,
    describe: 'a person, who is asked at the terminal',
    untried: '',
    can: { start: terminal, cut: terminal, stop: false },
    start: (vm) => ask(vm, `Start ${vm} now (it is waited for).`),
    cut: (vm) => ask(vm, `Switch ${vm} off now, without shutting it down (that is waited for).`),
    stop: (vm) => ask(vm, `Shut ${vm} down now (that is waited for).`),
    state: async () => 'unknown',
    list: async () => undefined,
  }
}
