import type { Ssh, Vm } from './cluster/ssh/ssh.ts'
import type { Http } from './http.ts'
import { Fault } from './time/fault.ts'

/**
 * HTTP from inside a VM, by curl over SSH: for an agent that listens on 127.0.0.1 only. GET requests
 * of our own paths; the host that is asked for is always the VM itself.
 */
export function httpInside(ssh: Ssh, vm: Vm): Pick<Http, 'request'> {
  return {
    async request({ port, path, method = 'GET', signal }) {
      // The path goes through the VM's shell: nothing in it may end the quotes.
      if (method !== 'GET' || !/^[\w/.?=&%-]+$/.test(path)) throw refused(vm, path)
      const ran = await ssh.exec(vm, `curl -s -i 'http://127.0.0.1:${port}${path}'`, { signal })
      const [head = '', ...body] = ran.stdout.split('\r\n\r\n')
      const status = Number(/^HTTP\/\S+ (\d{3})/.exec(head)?.[1] ?? 0)
      if (ran.code !== 0 || status === 0) throw refused(vm, path, ran.code)
      const lines = head.split('\r\n').slice(1)
      const headers = Object.fromEntries(
        lines.map((line) => {
          const colon = line.indexOf(':')
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
        }),
      )
      return { status, headers, text: body.join('\r\n\r\n') }
    },
  }
}

function refused(vm: Vm, path: string, code?: number | null): Fault {
  return new Fault(`Asking ${path} inside ${vm.name} with curl over SSH gave nothing (${code}).`, {
    code: 'INSIDE_SILENT',
    cure: `See that the agent runs on ${vm.name}, and that curl is there.`,
  })
}
