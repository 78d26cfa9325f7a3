import { type Message, msg } from '../../language/message.ts'
import { Fault } from '../../time/fault.ts'
import type { Power } from './power.ts'

/**
 * A person at this terminal switches the VMs: the tool asks and watches. Without a terminal nobody
 * would read the wish, so nothing is promised then: a run that stops a VM must know that it comes
 * back (`can.start` is false, and such a run is refused before it stops anything).
 */
export function manualPower(
  how: Power['how'],
  { say, terminal }: { say: (sentence: Message) => void; terminal: boolean },
): Power {
  const ask = async (vm: string, wish: Message) => {
    if (!terminal) {
      throw new Fault(msg('{vm} is switched by hand, and nobody is at a terminal here.', { vm }), {
        code: 'POWER_BY_HAND',
        cure: msg('Start {name} by hand, then run: {code}', { name: vm, code: 'grade restore' }),
      })
    }
    say(wish)
  }
  return {
    how,
    describe: msg('a person, who is asked at the terminal'),
    untried: '',
    can: { start: terminal, cut: terminal, stop: false },
    start: (vm) => ask(vm, msg('Start {vm} now (it is waited for).', { vm })),
    cut: (vm) =>
      ask(vm, msg('Switch {vm} off now, without shutting it down (that is waited for).', { vm })),
    stop: (vm) => ask(vm, msg('Shut {vm} down now (that is waited for).', { vm })),
    state: async () => 'unknown',
    list: async () => undefined,
  }
}
