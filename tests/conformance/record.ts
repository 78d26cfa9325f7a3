/**
 * GRADE_IMAGES=nginx.tar,httpd.tar PATH=DIR:$PATH node tests/conformance/record.ts
 *
 * Records what real Nomad and Consul answer (those on PATH; Linux, as root): the sheet's files graded
 * on a local cluster, then everything that the grader can ask. Of each request the answers are kept
 * that show a field or a type which no earlier one showed. Writes recordings/own-VERSIONS/.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { grade, notPassed, reference } from '../harness.ts'
import { askDenied } from './acl.ts'
import { images, realArm } from './arms.ts'
import { callEverything } from './calls.ts'
import { bodiesOf, type Exchange, telling } from './exchange.ts'
import { listen } from './listen.ts'
import { askAll } from './questions.ts'

const arm = await realArm()
const { version: nomad } = await arm.cluster.nomad.self()
const { version: consul } = await arm.cluster.consul.self()
const folder = new URL(`recordings/own-nomad-${nomad}-consul-${consul}/`, import.meta.url)
mkdirSync(folder, { recursive: true })
const made = new Date().toISOString().slice(0, 10)
const readme = `# What real agents answered: Nomad ${nomad}, Consul ${consul}

Recorded on ${made} by tests/conformance/record.ts on a local cluster (namespaces of one machine as VMs).
Attributes of the machine and its paths were removed; nothing else was changed.

- exchanges.ndjson.gz: while the sheet's files were graded and everything was asked that the grader can
  ask; of each request the answers that show a field, a type or a header which none before them showed.
- nomad-answers.ndjson, consul-answers.ndjson: errors, blocking queries, the event stream, DNS.
- denied.ndjson: with ACLs, for those who may not ask (acl.sh).
`
const save = (name: string, text: string | Buffer) => writeFileSync(new URL(name, folder), text)
const ndjson = (rows: unknown[]) => `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`
const answers = (of: Record<string, unknown>) =>
  ndjson(Object.entries(of).map(([asked, answer]) => ({ asked, answer })))
save('README.md', readme)
save('denied.ndjson', ndjson(await askDenied()))
try {
  const all = await askAll(arm)
  save('nomad-answers.ndjson', answers(all.nomad))
  save('consul-answers.ndjson', answers(all.consul))
  const heard = listen()
  await callEverything(arm)
  const result = await grade(reference, { cluster: 'local', images })
  heard.stop()
  console.log(notPassed(result).join('\n') || 'graded: 10 of 10')
  const kept = telling(heard.exchanges).map(withoutMachine)
  save('exchanges.ndjson.gz', gzipSync(ndjson(kept)))
  console.log(`${folder.pathname}: ${kept.length} of ${heard.exchanges.length} answers kept`)
} finally {
  await arm.close()
}

/** Without what tells of the machine that was recorded on. */
function withoutMachine(one: Exchange): Exchange {
  const clean = (value: unknown, at: string): unknown => {
    if (typeof value === 'string') return /Attributes/.test(at) || /^\//.test(value) ? '' : value
    if (value === null || typeof value !== 'object') return value
    if (Array.isArray(value)) return value.map((each) => clean(each, at))
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, clean(each, `${at}.${key}`)]),
    )
  }
  const bodies = bodiesOf(one).map((body) => clean(body, ''))
  const body = one.request.includes('/event/stream')
    ? bodies.map((each) => JSON.stringify(each)).join('\n')
    : (bodies[0] ?? one.body)
  return { ...one, body }
}
