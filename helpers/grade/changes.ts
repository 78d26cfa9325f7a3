import { unseen, type View } from './view.ts'

export interface Change {
  who: 'nomad' | 'consul' | 'dns' | 'wire'
  saw: string
}

/** What differs between two looks, in words: for the screen and the report's timeline. */
export function changesBetween(before: View | undefined, after: View): Change[] {
  const old = before ? factsOf(before) : new Map<string, Change>()
  const now = factsOf(after)
  const changes: Change[] = []
  for (const [key, change] of now) {
    if (old.get(key)?.saw !== change.saw) changes.push(change)
  }
  for (const [key, change] of old) {
    if (!now.has(key) && key.startsWith('instance'))
      changes.push({ who: 'consul', saw: `${change.saw.split(' is ')[0]} is gone` })
  }
  return changes
}

function factsOf(view: View): Map<string, Change> {
  const facts = new Map<string, Change>()
  if (unseen(view.nomad)) facts.set('nomad', { who: 'nomad', saw: view.nomad.error })
  else {
    for (const node of view.nomad.nodes)
      facts.set(`node ${node.id}`, { who: 'nomad', saw: `${node.name} is ${node.status}` })
    for (const a of view.nomad.allocations)
      facts.set(`allocation ${a.id}`, {
        who: 'nomad',
        saw: `${a.name} (${a.id.slice(0, 8)}, version ${a.version}) on ${a.nodeName} is ${a.client}`,
      })
    for (const e of view.nomad.evaluations)
      if (e.status === 'blocked')
        facts.set(`evaluation ${e.id}`, {
          who: 'nomad',
          saw: `evaluation ${e.id.slice(0, 8)} is blocked`,
        })
  }
  if (unseen(view.consul)) facts.set('consul', { who: 'consul', saw: view.consul.error })
  else {
    for (const m of view.consul.members)
      facts.set(`member ${m.name}`, { who: 'consul', saw: `${m.name} is ${m.status}` })
    for (const i of view.consul.instances) {
      const state = i.checks.some((c) => c.status === 'critical') ? 'critical' : 'listed'
      facts.set(`instance ${i.id}`, {
        who: 'consul',
        saw: `${i.allocation.slice(0, 8) || i.id} at ${i.address}:${i.port} is ${state}`,
      })
    }
  }
  const dns = unseen(view.dns)
    ? view.dns.error
    : `${view.dns.name} → ${view.dns.addresses.toSorted().join(', ') || view.dns.rcode}`
  facts.set('dns', { who: 'dns', saw: dns })
  for (const w of view.web)
    facts.set(`web ${w.allocation}`, {
      who: 'wire',
      saw: `${w.address}:${w.port} ${w.error || `answers ${w.status} ${w.server}${w.title && ` “${w.title}”`}`}`,
    })
  return facts
}
