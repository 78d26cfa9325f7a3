import { msg } from '../../language/message.ts'
import { list, record, text } from '../../loose.ts'
import type { Driver } from './driver.ts'
import { heldAgainstTexts, jsonOf } from './driver.ts'

/** Canonical's Multipass (power-drivers §5). Without a name it would switch its "primary" VM. */
export function multipass(): Driver {
  return {
    name: 'multipass',
    title: 'Multipass',
    programs: ['multipass', 'multipass.exe'],
    places: [
      '/snap/bin/multipass',
      '/usr/local/bin/multipass',
      '%ProgramFiles%\\Multipass\\bin\\multipass.exe',
    ],
    env: { LC_ALL: 'C' },
    version: ['version'],
    list: {
      args: ['list', '--format', 'json'],
      read: (stdout) =>
        list(record(jsonOf(stdout)).list).map((one) => ({
          name: text(record(one).name),
          state: text(record(one).state),
        })),
    },
    start: { args: (vm) => ['start', vm, '--timeout', '300'], deadline: 320 },
    // --force came with 1.14.
    cut: { args: (vm) => ['stop', '--force', vm], deadline: 60 },
    stop: { args: (vm) => ['stop', vm], deadline: 120 },
    states: { running: 'running', stopped: 'off', suspended: 'off' },
    saved: ['suspended'],
    stuck: {
      deleted: msg('It was deleted: {code}.', { code: 'multipass recover NAME' }),
      unavailable: msg('Multipass cannot reach it: see {code}.', { code: 'multipass info NAME' }),
    },
    errors: [
      { says: /already running|not running|exit 4$/i, means: 'again' },
      { says: /instance "[^"]*" does not exist/i, means: 'unknown-vm' },
      {
        says: /cannot connect to the multipass socket|not authenticated|permission denied/i,
        means: 'denied',
        cure: msg('See whether its service runs and this user may use it ({code}).', {
          code: 'multipass authenticate',
        }),
      },
    ],
    untried: heldAgainstTexts('Multipass', 'multipass'),
  }
}
