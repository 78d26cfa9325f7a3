import type { Ssh, Vm } from './cluster/ssh/ssh.ts'
import { type Access, type Answer, type Ask, createHttp, type Http } from './http.ts'
import { msg } from './language/message.ts'
import type { Route } from './socket.ts'
import type { Clock } from './time/clock.ts'
import { codeOf, Fault } from './time/fault.ts'

/** Connections from inside the VM, to `host` whatever is asked for. */
export function insideRoute(ssh: Pick<Ssh, 'forward'>, vm: Vm, host: string): Route {
  return {
    connect: (_host, port, deadline) => ssh.forward(vm, host, port, deadline),
    udp: () => undefined,
  }
}

/**
 * HTTP from inside a VM, over SSH: for an agent that listens on 127.0.0.1 only. The host that is asked
 * for is always the VM itself. Where its sshd forbids forwarding, GET requests go by curl.
 */
export function httpInside(
  ssh: Pick<Ssh, 'forward' | 'exec'>,
  vm: Vm,
  { clock, access }: { clock: Clock; access: Access },
): Pick<Http, 'request'> {
  const http = createHttp(insideRoute(ssh, vm, '127.0.0.1'), clock, access)
  return {
    async request(ask) {
      const way = { ...ask, host: '127.0.0.1', fresh: true }
      try {
        return await http.request(way)
      } catch (error) {
        if (codeOf(error) !== 'SSH_FORWARD_PROHIBITED') throw insideFault(vm, error)
        if (access.tls || (ask.method ?? 'GET') !== 'GET') throw error
      }
      const answer = await byCurl(ssh, vm, ask, access)
      const why = access.denied?.(answer, ask)
      if (why) throw why
      return answer
    },
  }
}

function insideFault(vm: Vm, error: unknown): unknown {
  if (!(error instanceof Fault) || error.message.includes(vm.name)) return error
  const { code, remedy, said } = error
  return new Fault(msg('Inside {vm}: {said}', { vm: vm.name, said }), {
    ...{ code, cure: remedy, cause: error },
  })
}

async function byCurl(
  ssh: Pick<Ssh, 'exec'>,
  vm: Vm,
  { port, path, signal }: Ask,
  { headers = {} }: Access,
): Promise<Answer> {
  // The path goes through the VM's shell: nothing in it may end the quotes.
  if (!/^[\w/.?=&%-]+$/.test(path)) throw refused(vm, path)
  // Headers are read from its input: a token among the arguments is seen by everybody on the VM.
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`)
  const command = `curl -s -i ${lines.length > 0 ? '-H @- ' : ''}'http://127.0.0.1:${port}${path}'`
  const ran = await ssh.exec(vm, command, { signal, input: Buffer.from(lines.join('')) })
  const [head = '', ...body] = ran.stdout.split('\r\n\r\n')
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(head)?.[1] ?? 0)
  if (ran.code !== 0 || status === 0) throw refused(vm, path, ran.code)
  const answered = head
    .split('\r\n')
    .slice(1)
    .map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    })
  return { status, headers: Object.fromEntries(answered), text: body.join('\r\n\r\n') }
}

function refused(vm: Vm, path: string, code?: number | null): Fault {
  const about = { path, vm: vm.name, code: `${code}` }
  return new Fault(
    msg('Asking {path} inside {vm} with curl over SSH gave nothing ({code}).', about),
    {
      code: 'INSIDE_SILENT',
      cure: msg('See that the agent runs on {vm}, and that curl is there.', { vm: vm.name }),
    },
  )
}
