import { all, put } from '../gallery/edits.ts'
import { right } from '../gallery/entry.ts'
import {
  clientsOf,
  ineligible,
  nodeOf,
  onReturn,
  passed,
  type RealFault,
  settling,
  stopping,
} from './fault.ts'
import type { Hands } from './hands.ts'

/** A folder of a VM in which nothing more can be made; what was there is back when it is unmounted. */
const fill = (folder: string) => `mount -t tmpfs -o size=4k,nr_inodes=1,mode=755 full ${folder}`

const inAll = (hands: Hands, line: string) =>
  Promise.all(clientsOf({}).map((n) => hands.inVm(n, line)))

const noImages = 'echo "{\\"Repositories\\":{}}" >/run/box/docker/image/overlay2/repositories.json'

/** VMs: how they stop and come back, what they lack, and who hears them. */
export const vmFaults: RealFault[] = [
  {
    name: 'the VM of 01.2 comes back without Docker',
    items: '01',
    act: onReturn('echo "{" >/run/box/docker.json'),
    verdicts: '..? ... ....',
    says: /01\.3: .*(Only 2 clients are fit|box-\d)/,
  },
  {
    name: 'the VM of 01.2 comes back without Docker, one of four',
    items: '01,02,03',
    clients: 4,
    act: onReturn('echo "{" >/run/box/docker.json'),
    after: ineligible(),
    verdicts: '... ... ....',
  },
  {
    name: 'the Docker of one of four VMs dies when 02.1 has passed',
    items: '02,03',
    clients: 4,
    async act(hands) {
      await hands.said(passed('02.1'))
      await hands.inVm(8, 'kill -9 $(cat /run/box/dockerd.pid)')
    },
    after: ineligible(),
    verdicts: '... ... ....',
  },
  {
    name: 'the VM of 01.2 comes back without its images, and the registry is out of reach',
    items: '01,02',
    maxWait: 1,
    act: onReturn(noImages),
    verdicts: '..? ??? ....',
    mayPass: 'In 01.3 Nomad may place two replicas on one VM.',
    says: /0[12]\.[13]: .*(pull|download)/,
  },
  {
    name: 'the VM of 01.2 comes back without Consul',
    items: '01',
    act: onReturn('echo "{" >/run/box/consul.hcl'),
    verdicts: '..? ... ....',
    says: /01\.3: .*box-\d/,
  },
  {
    name: 'a stopped VM comes back alone after 8 s',
    items: '01.1,01.2',
    async act(hands) {
      const [, n] = await hands.said(stopping)
      await hands.sleep(8)
      await hands.vm(Number(n), 'start')
    },
    verdicts: '... ... ....',
  },
  {
    name: 'each VM needs 25 s to shut down',
    items: '01.1,01.2',
    async before(hands) {
      const slow =
        'case "$*" in *poweroff*) (sleep 25; kill -TERM 1) >/dev/null 2>&1 & exit 0 ;; esac'
      // Written in place: what is mounted elsewhere is this very file.
      const line =
        `own=/run/box/bin/systemctl; text=$(sed 1d $own); ` +
        `printf '%s\\n' '#!/bin/sh' '${slow}' "$text" >$own`
      await inAll(hands, line)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'SSH takes connections and says nothing for 8 s as 01.2 begins',
    items: '01.1,01.2',
    async act(hands) {
      await hands.said(settling('01.1'))
      const sshd = '$(cat /run/box/sshd.pid)'
      await inAll(hands, `(kill -STOP ${sshd}; sleep 8; kill -CONT ${sshd}) >/dev/null 2>&1 &`)
    },
    verdicts: '... ... ....',
  },
  {
    name: 'the Consul agent of a VM dies before 02.1, and nobody starts it',
    items: '01.3,02.1',
    maxWait: 1,
    async act(hands) {
      await hands.said(passed('01.3'))
      await hands.inVm(5, 'kill -9 $(cat /run/box/consul.pid)')
    },
    verdicts: '... ?.. ....',
    says: /02\.1: .*box-5/,
  },
  {
    name: 'the Consul agent of a VM dies while 02.1 is graded, and nobody starts it',
    items: '02,03',
    maxWait: 1,
    async act(hands) {
      await hands.said(settling('02.1'))
      await hands.inVm(5, 'kill -9 $(cat /run/box/consul.pid)')
    },
    // All three are placed at once: 02.1 and 02.2 are over before anybody misses it.
    verdicts: '... ??? ????',
    mayPass: 'Nobody misses the agent for five seconds.',
    says: /0[12]\.[13]: .*box-5/,
  },
  {
    name: 'the Consul agent of a VM dies when 02.3 has passed, one of four',
    items: '02,03',
    clients: 4,
    async act(hands) {
      await hands.said(passed('02.3'))
      await hands.inVm(5, 'kill -9 $(cat /run/box/consul.pid)')
    },
    after: ineligible(),
    verdicts: '... ... ....',
  },
  {
    name: 'Docker finds no room to make a container on a VM for 40 s of 01.3',
    items: '01.3',
    async act(hands) {
      await hands.sleep(40)
      await hands.inVm(7, 'umount /run/box/docker/containers')
    },
    async before(hands) {
      await hands.inVm(7, fill('/run/box/docker/containers'))
    },
    verdicts: '... ... ....',
  },
  {
    name: 'the disk of a VM is full for Nomad',
    items: '02',
    maxWait: 1,
    async before(hands) {
      await hands.inVm(7, fill('/run/box/nomad/alloc'))
    },
    verdicts: '... ??? ....',
    says: /02\.1: .*(disk|space)/,
  },
  {
    name: 'no packet passes between the server and a VM for 40 s of 02.1',
    items: '02',
    async act(hands) {
      await hands.said(settling('02.1'))
      const rules = (how: string) =>
        `iptables -${how} INPUT -s 192.168.56.101 -j DROP; ` +
        `iptables -${how} OUTPUT -d 192.168.56.101 -j DROP`
      await hands.inVm(7, rules('I'))
      await hands.sleep(40)
      await hands.inVm(7, rules('D'))
    },
    verdicts: '... ... ....',
  },
  {
    name: 'a firewall lets containers answer only from inside their VM',
    items: '01.1',
    maxWait: 1,
    async before(hands) {
      const ports = '-p tcp -m multiport --dports 80,20000:32000'
      await inAll(hands, `iptables -t mangle -I PREROUTING -i eth1 ${ports} -j DROP`)
    },
    verdicts: '?.. ... ....',
    says: /firewall/,
  },
  {
    name: 'containers are paused for 2 s, again and again for 20 s, as 01.3 begins',
    items: '01.3',
    entry: right('a check every second', '01.3', put('provider = "consul"', checkEachSecond())),
    async act(hands) {
      await hands.said(settling('01.3'))
      const each = (verb: string) => `docker ps -q | xargs -r docker ${verb}`
      await inAll(
        hands,
        `for i in 1 2 3 4 5; do ${each('pause')}; sleep 2; ${each('unpause')}; sleep 2; done; true`,
      )
    },
    verdicts: '... ... ....',
  },
  {
    name: 'a check that the container itself lets fail every other 2 s',
    items: '01.1',
    entry: right(
      'a flapping check',
      '01.1',
      all(put('provider = "consul"', checkEachSecond('/up')), flapping),
    ),
    // Once all three witnesses agreed, and the allocation stayed: that is what the sheet asks.
    verdicts: '... ... ....',
  },
  {
    name: 'a VM that Nomad did not know joins while 01.3 is graded',
    items: '01.1,01.3',
    clients: 4,
    async before(hands) {
      const id = await nodeOf(hands, 'box-6')
      await hands.inVm(6, 'rm -f /run/box/nomad/client/client-id')
      await hands.vm(6, 'stop')
      for (let looks = 0; looks < 60; looks++) {
        const { Status } = (await hands.nomad('GET', `/v1/node/${id}`)) as { Status: string }
        if (Status === 'down') break
        await hands.sleep(1)
      }
      await hands.nomad('PUT', `/v1/node/${id}/purge`)
    },
    async act(hands) {
      await hands.said(settling('01.3'))
      await hands.vm(6, 'start')
    },
    verdicts: '... ... ....',
  },
]

function checkEachSecond(path = '/'): string {
  return `provider = "consul"

        check {
          type     = "http"
          path     = "${path}"
          interval = "1s"
          timeout  = "1s"
        }`
}

/** Its page /up is there for two seconds, and then for two seconds not. */
function flapping(text: string): string {
  const script =
    'nginx; cd /var/www/html || cd /usr/share/nginx/html; ' +
    'while true; do touch up; sleep 2; rm up; sleep 2; done'
  return put(
    'auth_soft_fail = true',
    `auth_soft_fail = true
        command        = "sh"
        args           = ["-c", "${script}"]`,
  )(text)
}
