import { msg } from '../../language/message.ts'
import type { Driver } from './driver.ts'
import { heldAgainstTexts, linesOf } from './driver.ts'

/** A script that prints an error by its id, since its text is translated, and not in boxes of 80 columns. */
const script = (line: string) => [
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  "$ErrorActionPreference = 'Stop'; [Console]::OutputEncoding = [Text.Encoding]::UTF8; " +
    `try { ${line} } catch { [Console]::Error.WriteLine('FullyQualifiedErrorId : ' + ` +
    '$_.FullyQualifiedErrorId); [Console]::Error.WriteLine($_.Exception.Message); exit 1 }',
]

/**
 * Hyper-V by PowerShell (power-drivers §7). The VM's name comes in by the environment, so that it is
 * never a part of the script.
 */
export function hyperV(): Driver {
  return {
    name: 'hyper-v',
    title: 'Hyper-V',
    // From WSL the one with .exe is found.
    programs: ['powershell', 'powershell.exe', 'pwsh'],
    places: [
      '%SystemRoot%\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      '/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe',
    ],
    env: {},
    version: [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      '(Get-Module -ListAvailable Hyper-V).Version[0].ToString()',
    ],
    // The module's name is said, since other modules have a Get-VM too.
    list: {
      args: script('Hyper-V\\Get-VM | ForEach-Object { "$($_.Name)`t$($_.State)" }'),
      read: (stdout) =>
        linesOf(stdout).map((line) => {
          const [name = '', state = ''] = line.split('\t')
          return { name, state }
        }),
    },
    state: {
      args: () => script('"$((Hyper-V\\Get-VM -Name $env:GRADE_VM).State)"'),
      read: (stdout) => linesOf(stdout)[0],
    },
    start: { args: () => script('Hyper-V\\Start-VM -Name $env:GRADE_VM'), deadline: 120 },
    cut: {
      args: () => script('Hyper-V\\Stop-VM -Name $env:GRADE_VM -TurnOff -Force -Confirm:$false'),
      deadline: 60,
    },
    // -Force: the guest has up to 5 min, then it is forced.
    stop: {
      args: () => script('Hyper-V\\Stop-VM -Name $env:GRADE_VM -Force -Confirm:$false'),
      deadline: 330,
    },
    // Names, never numbers: those above 32782 differ by version of Windows.
    states: { running: 'running', off: 'off', saved: 'off', fastsaved: 'off' },
    saved: ['saved', 'fastsaved'],
    stuck: { paused: msg('Resume it: {code}.', { code: 'Resume-VM NAME' }) },
    errors: [
      {
        says: /InvalidParameter,Microsoft\.HyperV\.PowerShell\.Commands\.GetVM/,
        means: 'unknown-vm',
      },
      {
        says: /required permission|AccessDenied|UnauthorizedAccess/i,
        means: 'denied',
        cure: msg('Run the grader as administrator, or join the group "{group}".', {
          group: 'Hyper-V Administrators',
        }),
      },
      {
        says: /CommandNotFoundException|not recognized|CouldNotAutoloadMatchingModule/i,
        means: 'refused',
        cure: msg('Switch on the Windows feature "{feature}".', {
          feature: 'Hyper-V Module for Windows PowerShell',
        }),
      },
      { says: /InvalidState/, means: 'again' },
    ],
    untried: heldAgainstTexts('Hyper-V', 'PowerShell'),
  }
}
