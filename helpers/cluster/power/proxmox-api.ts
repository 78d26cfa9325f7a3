import { type Answer, createHttp, json } from '../../http.ts'
import { msg } from '../../language/message.ts'
import { list, record, text } from '../../loose.ts'
import type { Clock } from '../../time/clock.ts'
import { wallSleep } from '../../time/deadline.ts'
import { Fault } from '../../time/fault.ts'
import { straightRoute } from '../straight.ts'
import type { Row } from './driver.ts'
import { withSaid } from './faults.ts'
import type { PowerOf } from './schema.ts'

/** Wall milliseconds: how often a task is looked at, and for how long. */
const task = { every: 500, longest: 150_000 }

export interface Proxmox {
  /** VMs and containers; `id` is the path below /nodes, `name` what the web page shows. */
  rows(): Promise<(Row & { id: string; vmid: string })[]>
  current(id: string): Promise<{ status: string; native: string }>
  /** Begins a task and waits for its end; resolves with what it says: OK, or why not. */
  act(id: string, what: 'start' | 'stop' | 'shutdown'): Promise<string>
}

/** Proxmox VE's REST interface (power-drivers §6). The token goes nowhere but into its header. */
export function createProxmox(file: PowerOf<'proxmox'>, clock: Clock): Proxmox {
  const url = new URL(file.url)
  const at = {
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
  }
  const token = (file.token ?? process.env.PROXMOX_TOKEN ?? '').replace(/^PVEAPIToken=/, '')
  const http = createHttp(straightRoute(), clock, {
    headers: { authorization: `PVEAPIToken=${token}` },
    ...(url.protocol === 'https:' && {
      tls: { verify: file.verify, ...(file.ca !== undefined && { ca: file.ca }) },
    }),
  })

  async function ask(path: string, method: 'GET' | 'POST' = 'GET'): Promise<unknown> {
    if (token === '') throw noToken()
    const whole = `/api2/json${path}`
    const how = { path: whole, method, deadline: 15_000, fresh: true }
    const answer = await http.request({ ...at, ...how }).catch((error) => {
      throw ownCertificate(error)
    })
    if (answer.status !== 200) throw refused(answer, `${method} ${path}`)
    return record(json(answer, 'Proxmox')).data
  }

  return {
    async rows() {
      const all = list(await ask('/cluster/resources?type=vm')).map(record)
      return all
        .filter((one) => file.node === undefined || one.node === file.node)
        .filter((one) => one.template !== 1)
        .map(({ name, node, type, vmid }) => ({
          name: text(name),
          id: `${text(node)}/${text(type)}/${vmid}`,
          vmid: String(vmid),
        }))
    },
    async current(id) {
      const { status, qmpstatus, lock } = record(await ask(`/nodes/${id}/status/current`))
      // Hibernated: off, and it wakes with the memory of then.
      const native = lock === 'suspended' ? 'suspended' : text(qmpstatus) || text(status)
      return { status: text(status), native }
    },
    async act(id, what) {
      const upid = text(await ask(`/nodes/${id}/status/${what}`, 'POST'))
      const node = id.split('/')[0]
      for (let waited = 0; waited < task.longest; waited += task.every) {
        const path = `/nodes/${node}/tasks/${encodeURIComponent(upid)}/status`
        const { status, exitstatus } = record(await ask(path))
        if (status === 'stopped') return text(exitstatus)
        await wallSleep(task.every)
      }
      return `the task did not end within ${task.longest / 1000} s`
    },
  }
}

/** A Proxmox host signs its certificate itself unless someone gave it another. */
function ownCertificate(error: unknown): unknown {
  if (!(error instanceof Fault) || !/CERT|VERIFY|ISSUER/.test(error.code)) return error
  return new Fault(error.said, {
    code: error.code,
    cure: msg(
      'Copy {file} from the host and name it under "{key}" in the cluster file, or write "{other}" there.',
      { file: '/etc/pve/pve-root-ca.pem', key: 'power: ca:', other: 'verify: false' },
    ),
    cause: error,
  })
}

function noToken(): Fault {
  return new Fault(msg('Proxmox cannot be asked: there is no token.'), {
    code: 'POWER_DENIED',
    cure: msg(
      'Make one (Datacenter, Permissions, API Tokens) and put {form} into the environment variable {variable}, or under "{key}" in the cluster file.',
      { form: 'USER@REALM!TOKENID=UUID', variable: 'PROXMOX_TOKEN', key: 'power: token:' },
    ),
  })
}

/** The reason stands in the status line, which is not kept; the body repeats it in "message". */
function refused(answer: Answer, what: string): Fault {
  const said = sentenceIn(answer.text)
  const status = `${answer.status}`
  const sentence = withSaid(
    msg('Proxmox answered {what} with HTTP {status}', { what, status }),
    said,
  )
  if (answer.status === 401) {
    return new Fault(sentence, {
      code: 'POWER_DENIED',
      cure: msg('See that the token is written {form} and has not expired.', {
        form: 'USER@REALM!TOKENID=UUID',
      }),
    })
  }
  if (answer.status === 403) {
    return new Fault(sentence, {
      code: 'POWER_DENIED',
      cure: msg(
        'Give the token itself the rights VM.PowerMgmt and VM.Audit on its VMs: a token has no rights of its user unless its privilege separation is switched off.',
      ),
    })
  }
  return new Fault(sentence, {
    code: 'POWER_FAILED',
    cure: msg('See the task log in its web page.'),
  })
}

function sentenceIn(body: string): string {
  try {
    const { message } = record(JSON.parse(body))
    return text(message).trim().slice(0, 200)
  } catch {
    return body.trim().slice(0, 200)
  }
}
