import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freeze, passed, type RealFault, settling, stopping } from './fault.ts'
import type { Hands } from './hands.ts'

const server = 1
const reboot = async (hands: Hands) => {
  await hands.vm(server, 'cut')
  await hands.vm(server, 'start')
}

/** Answers of DNS over TCP go through a program that keeps each back for 1.5 s. */
const slowDns = (hands: Hands) => {
  const program = `
    require("node:net").createServer((asked) => {
      const on = require("node:net").connect(8600, "127.0.0.1")
      asked.on("data", (data) => on.write(data)).on("error", () => on.destroy())
      asked.on("close", () => on.destroy())
      on.on("data", (told) => setTimeout(() => asked.write(told), 1500))
      on.on("error", () => asked.destroy())
    }).listen(8601)`
  const redirect =
    'iptables -t nat -I PREROUTING -i eth1 -p tcp --dport 8600 -j REDIRECT --to-ports 8601'
  const node = `${process.execPath} -e '${program}' >/dev/null 2>&1 </dev/null &`
  return hands.inVm(server, `${redirect}; ${node}`)
}

const pauseScheduler = (hands: Hands) =>
  hands.nomad('PUT', '/v1/operator/scheduler/configuration', { PauseEvalBroker: true })

/** The server of Nomad and Consul, what it is handed and what it answers. */
export const serverFaults: RealFault[] = [
  {
    name: "Consul's server hangs for 20 s while 01.3 is graded",
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, server, 'consul', 20)
    },
    verdicts: '... ... ....',
  },
  {
    name: "Consul's server hangs from 01.3 on",
    items: '01.3',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, server, 'consul')
    },
    verdicts: '..? ... ....',
  },
  {
    name: "Nomad's server hangs for 20 s while 01.3 is graded",
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, server, 'nomad', 20)
    },
    verdicts: '... ... ....',
  },
  {
    name: "Nomad's server hangs from 01.3 on",
    items: '01.3',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('01.3'))
      await freeze(hands, server, 'nomad')
    },
    verdicts: '..? ... ....',
  },
  {
    name: "Nomad's scheduler is paused as 01.3 begins",
    items: '01',
    maxWait: 1,
    async act(hands) {
      await hands.said(passed('01.2'))
      await pauseScheduler(hands)
    },
    verdicts: '..? ... ....',
    says: /01\.3: .*(scheduler|probe job)/,
  },
  {
    name: 'the server reboots while 01.3 is graded',
    items: '01.3',
    async act(hands) {
      await hands.said(settling('01.3'))
      await reboot(hands)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'the server reboots 3 s after 02.1 has begun',
    items: '02',
    async act(hands) {
      await hands.said(settling('02.1'))
      await hands.sleep(3)
      await reboot(hands)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'the server reboots as the VM of 01.2 goes',
    items: '01.1,01.2',
    // A new leader gives each client five minutes before it misses it.
    maxWait: 8,
    async act(hands) {
      await hands.said(stopping)
      await reboot(hands)
    },
    verdicts: '... ... ....',
  },
  {
    // Over TCP, for that is how the VMs of a local cluster are asked.
    name: 'DNS takes a second and a half for each answer',
    items: '01,02',
    before: async (hands) => void (await slowDns(hands)),
    verdicts: '... ... ....',
  },
  {
    name: 'the jobs handed in as JSON, as nomad job run -output writes them',
    items: '01,02,03',
    async before(hands, folder) {
      for (const name of readdirSync(folder).filter((one) => one.endsWith('.nomad'))) {
        const path = join(folder, name)
        const hcl = readFileSync(path, 'utf8')
        const line = `nomad job run -output - <<'END'\n${hcl}\nEND`
        writeFileSync(path.replace('.nomad', '.json'), await hands.inVm(server, line))
        rmSync(path)
      }
    },
    verdicts: '... ... ....',
  },
]
