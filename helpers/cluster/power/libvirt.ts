import { msg } from '../../language/message.ts'
import type { Driver } from './driver.ts'
import { heldAgainstTexts, linesOf } from './driver.ts'

/** virsh (power-drivers §3). Its output is translated unless LC_ALL says otherwise. */
export function libvirt({ uri }: { uri: string }): Driver {
  const virsh = (...args: string[]) => ['-c', uri, ...args]
  return {
    name: 'libvirt',
    title: 'libvirt',
    programs: ['virsh'],
    places: ['/usr/bin/virsh', '/opt/homebrew/bin/virsh'],
    env: { LC_ALL: 'C' },
    version: ['--version'],
    list: {
      args: virsh('list', '--all', '--name'),
      read: (stdout) => linesOf(stdout).map((name) => ({ name: name.trim() })),
    },
    state: { args: (vm) => virsh('domstate', vm), read: (stdout) => linesOf(stdout)[0] },
    start: { args: (vm) => virsh('start', vm), deadline: 120 },
    cut: { args: (vm) => virsh('destroy', vm), deadline: 60 },
    stop: { args: (vm) => virsh('shutdown', vm), deadline: 60 },
    states: { running: 'running', idle: 'running', 'shut off': 'off' },
    saved: [],
    stuck: {
      paused: msg('Resume it: {code}.', { code: 'virsh resume NAME' }),
      pmsuspended: msg('Wake it: {code}.', { code: 'virsh dompmwakeup NAME' }),
      crashed: msg('It crashed and was kept: {code}, then start it.', {
        code: 'virsh destroy NAME',
      }),
    },
    errors: [
      { says: /Domain is already active|domain is not running/i, means: 'again' },
      { says: /cannot acquire state change lock/i, means: 'again' },
      { says: /failed to get domain/i, means: 'unknown-vm' },
      {
        says: /failed to connect to the hypervisor|authentication|permission denied|access denied/i,
        means: 'denied',
        cure: msg(
          'Join the group "{group}" (and log in again), or name another connection than {uri} under "{key}".',
          { group: 'libvirt', uri, key: 'power: uri:' },
        ),
      },
    ],
    untried: heldAgainstTexts('libvirt', 'virsh'),
  }
}
