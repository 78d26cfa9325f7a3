import { decode, encode, type Packet, type RecordType } from 'dns-packet'
import { expect, test } from 'vitest'
import { datacenter, recordedText, taskService } from '../consul/testing.ts'
import { consulDns } from './consul-dns.ts'

function replicas(vms: string[]) {
  const { world, consul } = datacenter(5)
  for (const [n, vm] of vms.entries()) {
    const alloc = `0000000${n}-1111-2222-3333-444444444444`
    const { ip } = world.vms.get(vm)!
    consul.agent(vm).register(taskService(alloc, 'nginx', ip, 20000 + n))
  }
  const dns = consulDns(consul, world)
  const ask = (name: string, type: string, edns = 0): Packet => {
    const additionals = edns
      ? [{ type: 'OPT' as const, name: '.', udpPayloadSize: edns, flags: 0, options: [] }]
      : []
    const query = {
      id: 0x1234,
      type: 'query',
      flags: 0x0100,
      questions: [{ name, type: type as RecordType }],
      additionals,
    }
    return decode(dns.udp(encode(query as unknown as Packet)) as Buffer)
  }
  return { world, consul, ask }
}

/** What must be equal: the header's flags, and of each record all but random order and the serial. */
function essence(packet: Packet) {
  const record = (one: NonNullable<Packet['answers']>[number]) => {
    if (one.type === 'OPT') return `OPT ${one.udpPayloadSize}`
    const data = one.type === 'SOA' ? { ...one.data, serial: 0 } : one.data
    return `${one.name} ${one.type} ${JSON.stringify(data)}`
  }
  const sorted = (list: Packet['answers']) => (list ?? []).map(record).sort()
  return {
    flags: (packet.flags ?? 0).toString(16),
    questions: packet.questions,
    answers: sorted(packet.answers),
    authorities: sorted(packet.authorities),
    additionals: sorted(packet.additionals),
  }
}

/** Ports differ from run to run. */
function withoutPorts<T extends ReturnType<typeof essence>>(it: T): T {
  return { ...it, answers: it.answers.map((one) => one.replace(/"port":\d{5}/, '"port":0')).sort() }
}

const linePattern = /^(?:(\S+) )?(A|AAAA|ANY|SRV|TXT|SOA) (udp|tcp)(?: edns=(\d+))? .* ([0-9a-f]+)$/

function recorded(file: string) {
  return recordedText(file)
    .split('\n')
    .flatMap((line) => {
      const [, name, type, transport, edns, hex] = linePattern.exec(line) ?? []
      if (!type || !hex || transport === 'tcp') return []
      const real = decode(Buffer.from(hex, 'hex'))
      return [{ name: name ?? 'nginx.service.consul', type, edns: Number(edns ?? 0), real }]
    })
}

test.each([
  { file: 'dns.txt', vms: ['box-5'], least: 100 },
  { file: 'dns-nginx.txt', vms: ['box-5', 'box-8', 'box-8'], least: 10 },
])('answers every question of $file as the real Consul did', ({ file, vms, least }) => {
  const { ask } = replicas(vms)
  const questions = recorded(file)
  expect(questions.length).toBeGreaterThanOrEqual(least)
  for (const { name, type, edns, real } of questions) {
    const ours = ask(name, type, edns)
    expect([name, type, edns, withoutPorts(essence(ours))]).toEqual([
      name,
      type,
      edns,
      withoutPorts(essence(real)),
    ])
  }
})

test('plain UDP gives three addresses at most and no TC bit; EDNS gives all', () => {
  const { ask } = replicas(['box-5', 'box-6', 'box-7', 'box-8', 'box-9'])
  const plain = ask('nginx.service.consul', 'A')
  expect(plain.answers).toHaveLength(3)
  expect((plain.flags ?? 0) & 0x0200).toBe(0)
  expect(ask('nginx.service.consul', 'A', 1232).answers).toHaveLength(5)
})

test('a critical instance is not resolved, a warning one is', () => {
  const { ask, consul } = replicas([])
  const service = taskService('x', 'nginx', '192.168.56.107', 20000)
  const check = { id: 'c', name: 'c', status: 'critical' as const, type: 'http' }
  consul.agent('box-7').register({ ...service, checks: [check] })
  expect(ask('nginx.service.consul', 'A').flags! & 15).toBe(3)
  consul.agent('box-7').setCheck('c', 'warning', 'slow')
  expect(ask('nginx.service.consul', 'A').answers).toHaveLength(1)
})

test('a fault of Consul is SERVFAIL', () => {
  const { ask, world } = replicas(['box-5'])
  world.faults.consulDown = true
  expect(ask('nginx.service.consul', 'A').flags! & 15).toBe(2)
})
