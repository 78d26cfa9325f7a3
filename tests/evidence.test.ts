import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { evidenceIn } from '../helpers/evidence-file.ts'
import { conclude } from '../helpers/grade/conclude.ts'
import type { Evidence } from '../helpers/grade/evidence.ts'
import { judge } from '../helpers/grade/judge.ts'
import { rubric } from '../suites/rubric.ts'
import { signsOf, slugOf, titleOf } from './gallery/entry.ts'
import { gallery } from './gallery/tables.ts'
import { verdictsOf } from './harness.ts'
import { lostWith, mistakes } from './mistakes.ts'
import { cheats, onlyReal } from './real/hardest.ts'

/**
 * Evidence of runs on real clusters: versions and outcome are in the name, the mark or the mistake
 * that was handed in.
 */
const folder = fileURLToPath(new URL('evidence/', import.meta.url))
const kept = readdirSync(folder)
const recorded = kept.filter((name) => name.includes('10-of-10'))
const read = (name: string) =>
  evidenceIn(gunzipSync(readFileSync(`${folder}${name}`)).toString('utf8'), name)
const file = { file: 'evidence.ndjson', sha256: '' }

const verdicts = (records: Evidence[]) =>
  Object.fromEntries([...judge(records, rubric)].map(([id, v]) => [id, v.verdict]))

for (const name of recorded) {
  test(`${name}: judged again it gives the mark in its name, the same each time`, () => {
    const mark = Number(/(\d+)-of-10/.exec(name)?.[1])
    const result = conclude(read(name), rubric, file)
    expect(result.score.points).toBe(mark)
    expect(result.cluster.simulated).toBe(false)
    expect(JSON.stringify(conclude(read(name), rubric, file))).toBe(JSON.stringify(result))
  })

  test(`${name}: cut anywhere it gives inconclusive, never another mark`, () => {
    const records = read(name)
    const whole = verdicts(records)
    for (let length = 1; length < records.length; length++) {
      const cut = verdicts(records.slice(0, length))
      for (const [id, verdict] of Object.entries(cut)) {
        // blocked needs a refuted basis, which the cut has too or it has not.
        if (verdict !== 'inconclusive')
          expect(`${length} ${id} ${verdict}`).toBe(`${length} ${id} ${whole[id]}`)
      }
    }
  })
}

const entries = [...gallery, ...onlyReal, ...cheats]

for (const name of kept.filter((one) => !recorded.includes(one))) {
  test(`${name}: judged again it loses what that submission loses on the lab`, () => {
    const result = conclude(read(name), rubric, file)
    expect(result.cluster.simulated).toBe(false)
    const entry = entries.find((one) => name.endsWith(`-${slugOf(titleOf(one))}.ndjson.gz`))
    if (entry) return expect(signsOf(verdictsOf(result))).toBe(entry.verdicts)
    const [mistake, stage] = mistakes.find(([one]) => name.includes(`-${one}.`)) ?? []
    expect(verdictsOf(result), mistake).toEqual(lostWith[stage ?? '01.1'])
  })
}

/** Changes one kind of fact in every look of the evidence of one item. */
function spoil(records: Evidence[], item: string, change: (view: Evidence) => void): Evidence[] {
  const copy = structuredClone(records)
  for (const record of copy) if ('item' in record && record.item === item) change(record)
  return copy
}

const spoilers: { name: string; item: string; criterion: string; change: (r: Evidence) => void }[] =
  [
    {
      name: 'a replica that answers as something else',
      item: '01.1',
      criterion: 'answers',
      change: (r) => {
        if (r.kind === 'check')
          for (const v of r.views) for (const w of v.web) w.server = 'BaseHTTP/0.6'
      },
    },
    {
      name: 'DNS without an answer',
      item: '01.3',
      criterion: 'dns',
      change: (r) => {
        if (r.kind === 'check')
          for (const v of r.views) if ('addresses' in v.dns) v.dns.addresses = []
      },
    },
    {
      name: 'an entry of Consul at another port',
      item: '02.1',
      criterion: 'consul',
      change: (r) => {
        if (r.kind === 'check')
          for (const v of r.views)
            if ('instances' in v.consul) for (const i of v.consul.instances) i.port = 8080
      },
    },
    {
      name: 'a hold in which a replica restarted',
      item: '03.1',
      criterion: 'stays',
      change: (r) => {
        if (r.kind !== 'check') return
        const last = r.views.at(-1)
        if (last && 'allocations' in last.nomad)
          for (const a of last.nomad.allocations) for (const t of a.tasks) t.restarts += 1
      },
    },
    {
      name: 'an agent that lists none',
      item: '03.2',
      criterion: 'agents',
      change: (r) => {
        if (r.kind === 'check') for (const a of r.agents ?? []) a.entries = []
      },
    },
    {
      name: 'nobody held back',
      item: '02.3',
      criterion: 'held-back',
      change: (r) => {
        if (r.kind === 'check')
          for (const v of r.views) if ('evaluations' in v.nomad) v.nomad.evaluations = []
      },
    },
    {
      name: 'a page that is not found',
      item: '02.2',
      criterion: 'serves',
      change: (r) => {
        if (r.kind === 'check') for (const v of r.views) for (const w of v.web) w.status = 404
      },
    },
    {
      name: 'an allocation that nothing replaced',
      item: '01.2',
      criterion: 'moved',
      change: (r) => {
        if (r.kind === 'check')
          for (const v of r.views)
            if ('allocations' in v.nomad) for (const a of v.nomad.allocations) a.next = ''
      },
    },
    {
      name: 'a VM that hosted two',
      item: '02.1',
      criterion: 'own-vm',
      change: (r) => {
        if (r.kind === 'check')
          for (const v of r.views)
            if ('allocations' in v.nomad) for (const a of v.nomad.allocations) a.nodeName = 'box-5'
      },
    },
  ]

for (const { name, item, criterion, change } of spoilers) {
  test(`${item} does not pass with ${name}: ${criterion} is what stops it`, () => {
    const [first = ''] = recorded
    const verdict = judge(spoil(read(first), item, change), rubric).get(item)
    expect(verdict?.verdict).not.toBe('passed')
    const stops = verdict?.criteria.find((c) => c.met !== true)
    expect(stops?.criterion.id).toBe(criterion)
  })
}

test('what the matcher called met and the judge does not is never a lost mark without a control', () => {
  const [first = ''] = recorded
  for (const { item, change } of spoilers) {
    expect(judge(spoil(read(first), item, change), rubric).get(item)?.verdict).toBe('inconclusive')
  }
})

/**
 * 03.1 as it would be recorded if its replica was replaced, again and again, while nothing was done
 * to it: settled, and then a hold that broke.
 */
function replacedInTheHold(records: Evidence[], ended: 'lost' | 'failed'): Evidence[] {
  return structuredClone(records).flatMap((r) => {
    if (r.kind !== 'check' || !('item' in r) || r.item !== '03.1') return [r]
    const broken: typeof r = structuredClone(r)
    broken.criteria = ['stays']
    broken.ended = 'time'
    broken.control = { leader: true, fit: 3, needed: 3, trouble: '' }
    r.criteria = r.criteria.filter((id) => id !== 'stays')
    const nomad = broken.views.at(-1)?.nomad
    if (!nomad || !('allocations' in nomad)) return [r]
    const old = nomad.allocations.find((a) => a.client === 'running' && a.desired === 'run')
    if (!old) return [r]
    nomad.allocations.push({ ...old, id: '11111111-2222-3333-4444-555555555555' })
    Object.assign(old, { client: ended, desired: 'stop' })
    return [r, broken]
  })
}

for (const [ended, wanted] of [
  ['lost', 'inconclusive'],
  ['failed', 'failed'],
] as const) {
  test(`a replica that is replaced in the hold because it was ${ended}: ${wanted}`, () => {
    const [first = ''] = recorded
    const verdict = judge(replacedInTheHold(read(first), ended), rubric).get('03.1')
    expect(verdict?.verdict).toBe(wanted)
    expect(verdict?.criteria.find((c) => c.met !== true)?.criterion.id).toBe('stays')
  })
}
