import { linesOf, type Row } from './driver.ts'

/** `"box-1" {uuid}` lines of `list vms` and `list runningvms`; VMs that cannot be read are left out. */
export function rowsOf(stdout: string): Row[] {
  return linesOf(stdout).flatMap((line) => {
    const [, name, id] = /^"(.*)" \{([0-9a-fA-F-]+)\}$/.exec(line.trim()) ?? []
    return name === undefined || name === '<inaccessible>' ? [] : [{ name, id: id ?? name }]
  })
}

/**
 * `showvminfo --machinereadable`: key="value" lines, with quoted keys and bare numbers. What is no
 * such line is skipped: 7.0 prints `Encryption:     disabled`, screens print ` rec_screen0`.
 */
export function infoOf(stdout: string): Map<string, string> {
  const info = new Map<string, string>()
  for (const line of linesOf(stdout)) {
    const [, quoted, bare, string, number] =
      /^(?:"((?:[^"\\]|\\.)*)"|([^="]+))=(?:"((?:[^"\\]|\\.)*)"|(\S*))$/.exec(line.trimEnd()) ?? []
    const key = quoted ?? bare
    if (key === undefined) continue
    info.set(key, (string ?? number ?? '').replace(/\\(["\\])/g, '$1'))
  }
  return info
}

/** Host ports that are forwarded to the guest's SSH: `Forwarding(0)="ssh,tcp,127.0.0.1,2201,,22"`. */
export function sshPorts(info: ReadonlyMap<string, string>): number[] {
  return [...info].flatMap(([key, value]) => {
    if (!/^Forwarding\(\d+\)$/.test(key)) return []
    const [, protocol, host, hostPort, , guestPort] = value.split(',')
    const loopback = host === '' || host === '127.0.0.1' || host === '0.0.0.0'
    return protocol === 'tcp' && loopback && guestPort === '22' ? [Number(hostPort)] : []
  })
}

/** What `guestproperty get` and `getextradata` print: `Value: X`; undefined when nothing is set. */
export function shownValue(stdout: string): string | undefined {
  // The word before the colon is translated since 7.0.
  return /^\S[^:]*: (\S.*)$/.exec(linesOf(stdout)[0] ?? '')?.[1]?.trim()
}
