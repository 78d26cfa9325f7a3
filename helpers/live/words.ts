import type { CheckRecord } from '../grade/evidence.ts'
import type { Timed } from '../grade/recorded.ts'
import { replicasOf } from '../grade/replicas.ts'
import { unseen } from '../grade/view.ts'
import { type Message, msg } from '../language/message.ts'

/** What proved an item, for a reader: who was off, where its replicas are, who said so. */
export function whatWasSeen(item: string, records: readonly Timed[]): Message[] {
  const seen: Message[] = []
  for (const record of records) {
    if (record.kind === 'stop')
      for (const { name, nomad, consul } of record.vms)
        seen.push(
          msg('{vm} was off: Nomad said {nomad}, Consul {consul}.', { vm: name, nomad, consul }),
        )
    if (record.kind === 'check') seen.push(...ofCheck(record))
  }
  if (item === '02.2')
    seen.push(msg('Whether it was opened in a browser cannot be seen from here.'))
  if (['03.2', '03.3', '03.4'].includes(item))
    seen.push(msg('The agents were asked here: what you typed yourself cannot be seen.'))
  return seen
}

function ofCheck({ job, want, views, agents }: CheckRecord): Message[] {
  const view = views.at(-1)
  if (!view || unseen(view.nomad)) return []
  const replicas = replicasOf(view.nomad, job, want).map(({ allocation, vm, address, port }) => {
    const answer = view.web.find((one) => one.allocation === allocation.id)
    return msg('{service} ({id}) runs on {vm} at {where} and answers {answer}.', {
      ...{ service: want.service, id: allocation.id.slice(0, 8), vm, where: `${address}:${port}` },
      answer: answer ? `${answer.status} ${answer.server || answer.page}`.trim() : '—',
    })
  })
  const dns = unseen(view.dns)
    ? []
    : [
        msg('DNS gives {addresses} for {name}.', {
          addresses: view.dns.addresses.toSorted().join(', ') || view.dns.rcode,
          name: view.dns.name,
        }),
      ]
  const asked = agents?.length
    ? [msg('Consul agents asked: {vms}.', { vms: agents.map(({ vm }) => vm) })]
    : []
  return [...replicas, ...dns, ...asked]
}
