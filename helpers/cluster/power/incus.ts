import { msg } from '../../language/message.ts'
import { list, record, text } from '../../loose.ts'
import type { Driver } from './driver.ts'
import { heldAgainstTexts, jsonOf } from './driver.ts'

/** Incus, and LXD whose lxc speaks the same words (power-drivers §4). */
export function incus(
  { project }: { project?: string | undefined },
  of: 'incus' | 'lxd' = 'incus',
): Driver {
  const said = (...args: string[]) => [...args, ...(project ? ['--project', project] : [])]
  const title = of === 'incus' ? 'Incus' : 'LXD'
  const program = of === 'incus' ? 'incus' : 'lxc'
  return {
    name: of,
    title,
    programs: [program],
    places: [`/usr/bin/${program}`, `/snap/bin/${program}`],
    env: { LC_ALL: 'C' },
    version: ['version'],
    list: {
      args: said('list', '--format', 'json'),
      // A name given to "list" is a prefix, so all are listed and names compared.
      read: (stdout) =>
        list(jsonOf(stdout)).map((one) => {
          const { name, status, stateful } = record(one)
          const stopped = text(status) === 'Stopped' && stateful === true
          return { name: text(name), state: stopped ? 'stopped with its memory' : text(status) }
        }),
    },
    start: { args: (vm) => said('start', vm), deadline: 120 },
    cut: { args: (vm) => said('stop', vm, '--force'), deadline: 60 },
    // Without a time-out the server waits 600 s for the guest.
    stop: { args: (vm) => said('stop', vm, '--timeout', '60'), deadline: 90 },
    states: {
      running: 'running',
      ready: 'running',
      stopped: 'off',
      'stopped with its memory': 'off',
    },
    saved: ['stopped with its memory'],
    stuck: {
      error: msg('Look at it: {code}.', { code: `${program} info --show-log NAME` }),
      frozen: msg('Thaw it: {code}.', {
        code: `${program} ${of === 'incus' ? 'resume' : 'start'} NAME`,
      }),
    },
    errors: [
      { says: /already running|already stopped|Instance is not running/i, means: 'again' },
      { says: /is busy/i, means: 'again' },
      { says: /Instance not found/i, means: 'unknown-vm' },
      {
        says: /needed permissions|permission denied/i,
        means: 'denied',
        cure: msg('Join the group "{group}" and log in again.', {
          group: of === 'incus' ? 'incus-admin' : 'lxd',
        }),
      },
      {
        says: /Failed shutting down instance/i,
        means: 'refused',
        cure: msg('The guest did not follow; stop VMs over SSH or with "{code}".', {
          code: 'how: cut',
        }),
      },
    ],
    untried: heldAgainstTexts(title, program),
  }
}
