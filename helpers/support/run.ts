import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Evidence, ItemRecord } from '../grade/evidence.ts'
import type { ItemResult, Result } from '../grade/result.ts'
import type { Rubric } from '../grade/rubric.ts'
import { causes } from '../grade/sentences.ts'
import { tellIn } from '../language/message.ts'
import type { RunFolder } from '../run-folder.ts'
import { codeWord, digits, oneOf, sentenceKeys, tenth } from './allowed.ts'

type Found<K extends string> = Extract<Evidence, { kind: K }>

/** Of a run: verdicts, causes, codes, timings. No student, job, file, address, or name of a VM. */
export function runFacts({ result, run }: RunFolder, rubric: Rubric) {
  const evidence = run?.evidence ?? []
  return {
    ended: evidence.some(({ kind }) => kind === 'finished'),
    ...(result && { result: resultFacts(result, rubric) }),
    records: evidence.length,
    notes: evidence.flatMap((one) => (one.kind === 'note' ? sentenceKeys(one.text) : [])),
    unfit: ofKind(evidence, 'unfit').map(problem),
    faults: ofKind(evidence, 'fault').map((one) => ({
      ...{ item: itemWord(one.item, rubric), attempt: one.attempt, own: one.own },
      ...problem(one),
      at: one.own ? framesIn(tellIn(one.sentence, 'en')) : [],
    })),
    waits: ofKind(evidence, 'check').map((one) => ({
      ...{ item: itemWord(one.item, rubric), attempt: one.attempt, ended: one.ended },
      seconds: tenth(one.spent / 1000),
      budget: tenth(one.budget.ms / 1000),
      looks: tenth(one.looks),
    })),
    stops: ofKind(evidence, 'stop').map((one) => stopFacts(one, itemWord(one.item, rubric))),
  }
}

function ofKind<K extends Evidence['kind']>(evidence: readonly Evidence[], kind: K): Found<K>[] {
  return evidence.filter((one): one is Found<K> => one.kind === kind)
}

const problem = ({ code, sentence }: Found<'unfit'> | Found<'fault'>) => ({
  code: codeWord(code),
  sentences: sentenceKeys(sentence),
})

const states = ['ready', 'down', 'disconnected', 'initializing', 'alive', 'left', 'failed', 'gone']

const stopFacts = (one: Extract<ItemRecord, { kind: 'stop' }>, item: string) => ({
  ...{ item, how: one.how },
  vms: one.vms.map(({ nomad, consul, effective, missedMs, foretoldMs }) => ({
    ...{ effective, nomad: oneOf(states, nomad), consul: oneOf(states, consul) },
    missed: tenth((missedMs ?? Number.NaN) / 1000),
    foretold: tenth((foretoldMs ?? Number.NaN) / 1000),
  })),
})

function resultFacts(result: Result, rubric: Rubric) {
  const { cluster, score } = result
  return {
    grader: digits(result.grader),
    rubric: /^\d{4}-\d\d$/.test(result.rubric) ? result.rubric : 'other',
    seconds: tenth((Date.parse(result.finishedAt) - Date.parse(result.startedAt)) / 1000),
    ...{ exitCode: result.exitCode, points: score.points, low: score.low, high: score.high },
    cluster: {
      ...{ kind: cluster.kind, simulated: cluster.simulated, stop: cluster.stop },
      ...{ nomad: digits(cluster.nomad), consul: digits(cluster.consul) },
      ...{ clients: cluster.clients.length, seed: cluster.seed ?? null },
    },
    stages: result.submission.stages.map(({ id, origin }) => ({
      id: itemWord(id, rubric),
      origin: oneOf(origins, origin),
    })),
    items: [...result.items, ...(result.bonus ?? [])].map((item) => itemFacts(item, rubric)),
  }
}

const origins = ['stages.yaml', 'exact', 'nearest', 'git', 'derived']

const itemFacts = (item: ItemResult, rubric: Rubric) => ({
  ...{ id: itemWord(item.id, rubric), verdict: item.verdict, attempts: item.attempts },
  cause: oneOf(causes, item.cause),
  seconds: tenth(item.seconds),
  criteria: Object.fromEntries(
    item.criteria.map(({ id, met }) => [oneOf(criteriaOf(rubric), id), met]),
  ),
  ...{ overridden: item.override !== undefined, waived: item.waiver !== undefined },
})

const itemWord = (id: string, { items, bonus }: Rubric) =>
  oneOf([...Object.keys(items), ...Object.keys(bonus ?? {})], id)

const criteriaOf = ({ items, bonus }: Rubric) =>
  Object.values({ ...items, ...bonus }).flatMap(({ criteria }) => criteria.map(({ id }) => id))

/** `helpers/http.ts:120`, where the grader itself failed: files of this project, and no other. */
function framesIn(stack: string): string[] {
  const seen = stack.matchAll(
    /\b((?:bin|helpers|suites|lab|locales)\/[\w/.-]+\.[jt]s):(\d{1,5})\b/g,
  )
  return [...seen].flatMap(([frame, file = '']) =>
    existsSync(fileURLToPath(new URL(`../../${file}`, import.meta.url))) ? [frame] : [],
  )
}
