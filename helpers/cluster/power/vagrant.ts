import { msg } from '../../language/message.ts'
import type { Driver } from './driver.ts'
import { heldAgainstTexts, linesOf } from './driver.ts'
import { withHome } from './program.ts'

/** Vagrant over any provider (power-drivers §2); slow, since it starts Ruby for each question. */
export function vagrant({ folder }: { folder: string }): Driver {
  const cwd = withHome(folder)
  const plain = (...args: string[]) => [...args, '--machine-readable']
  return {
    name: 'vagrant',
    title: 'Vagrant',
    programs: ['vagrant', 'vagrant.exe'],
    places: [
      '/usr/bin/vagrant',
      '/usr/local/bin/vagrant',
      '/opt/vagrant/bin/vagrant',
      '%ProgramFiles%\\Vagrant\\bin\\vagrant.exe',
    ],
    env: { VAGRANT_CWD: cwd, VAGRANT_CHECKPOINT_DISABLE: '1' },
    cwd,
    version: ['--version'],
    // "global-status" would be a remembered list, never proof.
    list: {
      args: plain('status'),
      read: (stdout) => records(stdout, 'state').map(({ vm, data }) => ({ name: vm, state: data })),
    },
    state: {
      args: (vm) => plain('status', vm),
      read: (stdout) => records(stdout, 'state')[0]?.data,
    },
    // Without the flag, provisioners with run: "always" would change the VM.
    start: { args: (vm) => plain('up', vm, '--no-provision'), deadline: 420 },
    cut: { args: (vm) => plain('halt', '--force', vm), deadline: 120 },
    stop: { args: (vm) => plain('halt', vm), deadline: 180 },
    states: {
      running: 'running',
      poweroff: 'off',
      shutoff: 'off',
      off: 'off',
      not_running: 'off',
      aborted: 'off',
      saved: 'off',
      'aborted-saved': 'off',
      suspended: 'off',
    },
    saved: ['saved', 'aborted-saved', 'suspended'],
    stuck: {
      not_created: msg('It was never made: {code}.', { code: 'vagrant up NAME' }),
      paused: msg('Resume it: {code}.', { code: 'vagrant resume NAME' }),
      gurumeditation: msg('It hangs: {code}.', { code: 'vagrant halt --force NAME' }),
      inaccessible: msg('Its provider cannot read it: open it there and see why.'),
    },
    errors: [
      { says: /another process is already executing an action on the machine/i, means: 'again' },
      { says: /machine with the name '[^']*' was not found|MachineNotFound/i, means: 'unknown-vm' },
      {
        says: /VirtualBoxUserMismatch/,
        means: 'denied',
        cure: msg('Another user made these VMs: run the grader as that user.'),
      },
      {
        says: /NoEnvironmentError/,
        means: 'refused',
        cure: msg('Name the folder of the Vagrantfile under "{key}" in the cluster file.', {
          key: 'power: folder:',
        }),
      },
    ],
    complaint: (said) => records(said, 'error-exit')[0]?.data.split(',').slice(1).join(', '),
    untried: heldAgainstTexts('Vagrant', 'vagrant'),
  }
}

/** Lines `EPOCH,TARGET,TYPE,DATA…` of one type; commas and line ends inside data are unescaped. */
export function records(stdout: string, type: string): { vm: string; data: string }[] {
  return linesOf(stdout).flatMap((line) => {
    const [, vm = '', what, ...data] = line.split(',')
    if (what !== type) return []
    const plain = data
      .join(',')
      .replaceAll('%!(VAGRANT_COMMA)', ',')
      .replace(/\\[nr]/g, ' ')
    return [{ vm, data: plain.trim() }]
  })
}
