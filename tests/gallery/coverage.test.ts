import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { evidenceIn } from '../../helpers/evidence-file.ts'
import type { CheckRecord, Evidence } from '../../helpers/grade/evidence.ts'
import { judge } from '../../helpers/grade/judge.ts'
import type { CriterionId } from '../../helpers/grade/rubric.ts'
import type { NomadView, View } from '../../helpers/grade/view.ts'
import { rubric } from '../../suites/rubric.ts'
import { firstLost } from './entry.ts'
import { gallery } from './tables.ts'

/** `01.1 parses` for every criterion of the rubric that `by` can refute. */
const criteria = (by: 'submission' | 'cluster'): [item: string, criterion: CriterionId][] =>
  Object.entries(rubric.items).flatMap(([item, { criteria }]) =>
    criteria.filter((c) => c.by === by).map((c): [string, CriterionId] => [item, c.id]),
  )

/** Evidence of a run on a real cluster; four clients, so that 02.3 ends on two replicas. */
const folder = fileURLToPath(new URL('../evidence/', import.meta.url))
const name = readdirSync(folder).find((n) => n.includes('10-of-10') && /4-clients/.test(n)) ?? ''
const recorded = () =>
  evidenceIn(gunzipSync(readFileSync(`${folder}${name}`)).toString('utf8'), name)

const nomadOf = (view: View) => view.nomad as NomadView
const eachAllocation = (
  check: CheckRecord,
  change: (a: NomadView['allocations'][number]) => void,
) =>
  check.views.forEach((view) => {
    nomadOf(view).allocations.forEach(change)
  })
const eachLook = (check: CheckRecord, change: (w: View['web'][number]) => void) =>
  check.views.forEach((view) => {
    view.web.forEach(change)
  })

/** What a cluster would say if a criterion did not hold, and nothing else were otherwise. */
const otherwise: Partial<Record<CriterionId, (check: CheckRecord) => void>> = {
  dns: ({ views }) => {
    for (const { dns } of views) if ('addresses' in dns) dns.addresses = []
  },
  port: (check) =>
    eachAllocation(check, (a) => {
      for (const port of a.ports) port.value = 8080
    }),
  'own-vm': (check) =>
    eachAllocation(check, (a) => {
      a.nodeName = check.want.clients[0] ?? ''
    }),
  consul: ({ views }) => {
    for (const { consul } of views)
      if ('instances' in consul) for (const instance of consul.instances) instance.port = 8080
  },
  answers: (check) =>
    eachLook(check, (w) => {
      w.error = 'ECONNREFUSED'
    }),
  stays: ({ views }) => {
    const last = views.at(-1)
    for (const a of last ? nomadOf(last).allocations : [])
      for (const task of a.tasks) task.restarts += 1
  },
  'held-back': ({ views }) => {
    for (const view of views)
      for (const e of nomadOf(view).evaluations)
        for (const f of Object.values(e.failed)) f.dimensionExhausted = { memory: 1 }
  },
  control: (check) =>
    eachAllocation(check, (a) => {
      a.desired = 'stop'
    }),
  agents: ({ agents }) => {
    for (const agent of agents ?? []) agent.entries = []
  },
}

/** The recorded run, in which one criterion of one item did not hold while the cluster was fit. */
function without(item: string, criterion: CriterionId): Evidence[] {
  const records = structuredClone(recorded())
  for (const record of records) {
    if (!('item' in record) || record.item !== item) continue
    if (criterion === 'stopped' && record.kind === 'stop')
      for (const vm of record.vms) vm.effective = false
    if (record.kind !== 'check' || !record.criteria.includes(criterion)) continue
    record.ended = 'time'
    record.control = { leader: true, fit: 4, needed: 3, probe: true, trouble: '' }
    otherwise[criterion]?.(record)
  }
  return records
}

function stopsAt(item: string, criterion: CriterionId) {
  const verdict = judge(without(item, criterion), rubric).get(item)
  const at = verdict?.criteria.find((c) => c.met !== true)
  return { verdict: verdict?.verdict, at: at?.criterion.id, met: at?.met }
}

for (const [item, criterion] of criteria('submission')) {
  test(`${item} ${criterion}: a submission refutes it, and nothing earlier`, () => {
    const shown = gallery.filter(
      (entry) =>
        (firstLost(entry) === item && entry.refutes === criterion) ||
        entry.also?.[item] === criterion,
    )
    expect(shown.map((entry) => entry.name)).not.toEqual([])
  })
}

for (const [item, criterion] of criteria('cluster')) {
  test(`${item} ${criterion}: a cluster that does not show it makes it inconclusive`, () => {
    expect(stopsAt(item, criterion)).toEqual({ verdict: 'inconclusive', at: criterion, met: null })
  })
}

test('the gallery has sixty submissions and more, each with a name of its own', () => {
  const names = gallery.map((e) => `${Object.keys(e.files ?? {}).join()} ${e.name} ${e.refutes}`)
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(60)
})
