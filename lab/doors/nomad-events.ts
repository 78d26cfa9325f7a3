import type { ServerResponse } from 'node:http'
import { indexOf, Refusal } from './nomad-answer.ts'
import type { Asked } from './nomad-http.ts'

const topics = ['*', 'Job', 'Evaluation', 'Allocation', 'Deployment', 'Node']

/** `/v1/event/stream`: lines of JSON until the client goes (cluster-facts §3.2). */
export function sendEvents({ params, response, nomad, world }: Asked): void {
  const wanted = new Map<string, string[]>()
  for (const given of params.getAll('topic')) {
    const [topic = '', ...rest] = given.split(':')
    if (!topics.includes(topic)) throw new Refusal(400, `Invalid topic "${given}"`)
    const key = rest.join(':') || '*'
    wanted.set(topic, [...(wanted.get(topic) ?? []), key])
  }
  if (wanted.size === 0) wanted.set('*', ['*'])
  const index = indexOf(params)
  const parked = response as ServerResponse & { parked?: boolean }
  parked.parked = true
  response.setHeader('Content-Type', 'application/json')
  response.setHeader('Cache-Control', 'no-cache')
  if (world.versions.nomad === '2.0.5') {
    // As recorded: its stream has no date.
    response.removeHeader('Date')
    response.sendDate = false
  }
  const end = nomad.events.subscribe(wanted, index, (text) => void response.write(text))
  response.once('close', end)
}
