import { type Message, msg, type Text } from '../language/message.ts'
import { unseen, type View } from './view.ts'

export interface Change {
  who: 'nomad' | 'consul' | 'dns' | 'wire'
  saw: Text
}

/** A change, and what is told when it is not seen any more. */
type Fact = Change & { gone?: Message }

/** Most facts are sentences filled with words and numbers: compared without being written down. */
function same(a: Text | undefined, b: Text): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a.text !== b.text) return a === b
  const names = Object.keys(b.values)
  return (
    Object.keys(a.values).length === names.length &&
    names.every((name) => {
      const [old, now] = [a.values[name], b.values[name]]
      return typeof now === 'object' ? JSON.stringify(old) === JSON.stringify(now) : old === now
    })
  )
}

/** What differs between two looks, in words: for the screen and the report's timeline. */
export function changesBetween(before: View | undefined, after: View): Change[] {
  const old = before ? factsOf(before) : new Map<string, Fact>()
  const now = factsOf(after)
  const changes: Change[] = []
  for (const [key, { who, saw }] of now) {
    if (!same(old.get(key)?.saw, saw)) changes.push({ who, saw })
  }
  for (const [key, { gone }] of old) {
    if (!now.has(key) && gone) changes.push({ who: 'consul', saw: gone })
  }
  return changes
}

const is = (name: string, status: string) => msg('{name} is {status}', { name, status })

function factsOf(view: View): Map<string, Fact> {
  const facts = new Map<string, Fact>()
  if (unseen(view.nomad)) facts.set('nomad', { who: 'nomad', saw: view.nomad.error })
  else {
    for (const node of view.nomad.nodes)
      facts.set(`node ${node.id}`, { who: 'nomad', saw: is(node.name, node.status) })
    for (const a of view.nomad.allocations) {
      const about = { name: a.name, id: a.id.slice(0, 8), version: a.version }
      facts.set(`allocation ${a.id}`, {
        who: 'nomad',
        saw: msg('{name} ({id}, version {version}) on {vm} is {status}', {
          ...about,
          vm: a.nodeName,
          status: a.client,
        }),
      })
    }
    for (const e of view.nomad.evaluations)
      if (e.status === 'blocked')
        facts.set(`evaluation ${e.id}`, {
          who: 'nomad',
          saw: msg('evaluation {id} is blocked', { id: e.id.slice(0, 8) }),
        })
  }
  if (unseen(view.consul)) facts.set('consul', { who: 'consul', saw: view.consul.error })
  else {
    for (const m of view.consul.members)
      facts.set(`member ${m.name}`, { who: 'consul', saw: is(m.name, m.status) })
    for (const i of view.consul.instances) {
      const at = { id: i.allocation.slice(0, 8) || i.id, where: `${i.address}:${i.port}` }
      const critical = i.checks.some((c) => c.status === 'critical')
      facts.set(`instance ${i.id}`, {
        who: 'consul',
        saw: critical
          ? msg('{id} at {where} is critical', at)
          : msg('{id} at {where} is listed', at),
        gone: msg('{id} at {where} is gone', at),
      })
    }
  }
  for (const [key, fact] of wireFacts(view)) facts.set(key, fact)
  return facts
}

function wireFacts({ dns, web }: View): [string, Fact][] {
  const given = unseen(dns)
    ? dns.error
    : `${dns.name} → ${dns.addresses.toSorted().join(', ') || dns.rcode}`
  return [
    ['dns', { who: 'dns', saw: given }],
    ...web.map((w): [string, Fact] => {
      const where = `${w.address}:${w.port}`
      const what = `${w.status} ${w.server}${w.title && ` “${w.title}”`}`
      const saw = w.error ? `${where} ${w.error}` : msg('{where} answers {what}', { where, what })
      return [`web ${w.allocation}`, { who: 'wire', saw }]
    }),
  ]
}
