import { fitClients, tooFew } from './clients.ts'
import { datacenterWords } from './datacenter.ts'
import { fewestClients } from './doctor/standing.ts'
import { itemResult } from './grade/conclude.ts'
import { type ItemVerdict, judge } from './grade/judge.ts'
import type { ItemResult } from './grade/result.ts'
import type { Item } from './item.ts'
import { asMessage, msg, said, sentences } from './language/message.ts'
import { meshWords } from './mesh.ts'
import { Enough, type Recorder, recorderOf } from './recorder.ts'
import type { Run } from './run.ts'
import { studentOf } from './student.ts'
import type { NoStage, Stage, StageName } from './submission/types.ts'
import { Fault, told } from './time/fault.ts'
import { clusterWords } from './words.ts'

const verdictsOf = (run: Run) => judge(run.evidence.records, run.rubric)

/**
 * Grades one item: what it builds on first, where that was not graded; a second try where it is
 * inconclusive by itself.
 */
export async function gradeItem(run: Run, item: Item, all: readonly Item[]): Promise<ItemResult> {
  const basis = run.rubric.items[item.id]?.buildsOn?.item
  const before = all.find((other) => other.id === basis)
  const basisDone = before && verdictsOf(run).get(before.id)?.attempts
  if (before && !basisDone && !isUnfit(run)) await run.grade(before, all)
  for (let attempt = 1; attempt <= 2; attempt++) {
    run.teller.item = item.id
    if (attempt > 1) await letItPass(run, item.id)
    await tryItem(run, item, attempt)
    const verdict = verdictsOf(run).get(item.id)
    if (run.signal.aborted || !verdict || !worthAnotherTry(verdict)) break
  }
  return resultOf(run, item.id)
}

/** Cluster ms: a server that was elected or booted meanwhile answers again. */
const faultPassesMs = 30_000

/** What one question met (a server that refused it) may be over soon: the second try is not at once. */
async function letItPass(run: Run, id: string): Promise<void> {
  if (verdictsOf(run).get(id)?.reason?.code !== 'fault') return
  await run.cluster.clock.sleep(faultPassesMs, run.signal).catch(() => {})
}

/** The cluster was not fit: nothing is tried on it. */
const isUnfit = (run: Run) => run.evidence.records.some((r) => r.kind === 'unfit')

/** What is inconclusive by itself is tried once more; what inherits it, or waits for a person, is not. */
function worthAnotherTry(verdict: ItemVerdict) {
  return (
    verdict.verdict === 'inconclusive' &&
    verdict.because === undefined &&
    !['ambiguous', 'unfit', 'not-here'].includes(verdict.reason?.code ?? '')
  )
}

function resultOf(run: Run, id: string): ItemResult {
  const verdict = verdictsOf(run).get(id)
  if (!verdict) throw new Error(`no evidence of ${id}`)
  return itemResult(verdict, run.rubric, run.evidence.records[0]?.at ?? 0, run.options.language)
}

async function tryItem(run: Run, item: Item, attempt: number): Promise<void> {
  if (isUnfit(run)) return
  const record = recorderOf(run.evidence, run.cluster.clock, item.id, attempt)
  record.item({ kind: 'begin' })
  if (attempt > 1) record.note(msg('The first try was inconclusive; this is the second.'))
  try {
    const basis = run.rubric.items[item.id]?.buildsOn
    const before = basis && verdictsOf(run).get(basis.item)
    if (basis?.needs === 'passed' && before?.verdict !== 'passed') return
    // What was not handed in is known whatever the cluster is like.
    if (before?.verdict === 'missing') return
    if (run.options.lock.lost) throw run.options.lock.lost
    if (run.timeLeft() <= 0)
      throw new Fault(
        msg('The run had taken all the time that {flag} allows.', { flag: '--deadline' }),
        {
          code: 'deadline',
          cure: msg('Run this item again, alone ({items}) or with a later {flag}.', {
            items: '--items',
            flag: '--deadline',
          }),
        },
      )
    if (isHandedIn(run, item.id)) await haveEnoughClients(run, item.id, record)
    const cluster = clusterWords(run, record)
    const datacenter = datacenterWords(run, record)
    const mesh = meshWords(run, record)
    await item.body({ cluster, student: studentOf(run, record), datacenter, mesh })
  } catch (error) {
    if (run.signal.aborted) return
    if (!(error instanceof Enough)) record.item(faultRecord(error))
  } finally {
    if (!run.signal.aborted) {
      // Their boot need not be waited for here: the next item waits for what it needs.
      await startAll(run, record)
      record.item({ kind: 'end' })
    }
  }
}

/** Of an item that deploys a stage: the stage has the item's number. */
function isHandedIn(run: Run, id: string): boolean {
  const stages: Record<string, Stage<StageName> | NoStage<StageName>> = {
    ...run.submission.stages,
    ...run.submission.beside,
  }
  const stage = stages[id]
  return !(stage && 'missing' in stage && stage.missing === 'not handed in')
}

async function startAll(run: Run, record: Recorder): Promise<void> {
  for (const vm of run.machines.off) {
    record.item({ kind: 'start', vm })
    await run.machines.start(vm).catch((error) => record.note(told(error)))
  }
}

const sentenceIn = (error: unknown) => (error instanceof Error ? error.message : String(error))

function faultRecord(error: unknown) {
  const fault = error instanceof Fault
  const stack =
    error instanceof Error && !fault ? ` (${error.stack?.split('\n')[1]?.trim() ?? ''})` : ''
  return {
    kind: 'fault' as const,
    code: fault ? error.code : 'threw',
    sentence: fault ? error.said : said(`${sentenceIn(error)}${stack}`),
    cure: (fault && error.remedy) || '',
    own: !fault,
  }
}

/** 02.3 and 03.2–03.4 need every VM back, the others at least three (rubric, The items). */
async function haveEnoughClients(run: Run, id: string, record: Recorder): Promise<void> {
  const { machines } = run
  const all = ['00.1', '00.2', '02.3', '03.2', '03.3', '03.4'].includes(id)
  // What boots meanwhile boots beside an item that has enough without it.
  const wait = all || run.clientsUp().length < fewestClients
  const trouble = wait ? await machines.bringBack() : ''
  const expected = run.clientsUp()
  const now = await fitClients(run.cluster, expected, machines.aside, run.signal)
  for (const changed of await machines.takeClients(now)) record.note(changed)
  const up = run.clientsUp().length
  if (trouble !== '' && (all || up < fewestClients))
    throw new Fault(asMessage(trouble), {
      code: 'vm-not-back',
      cure: msg(
        'See that the VM runs, with Nomad, Docker and Consul on it, and grade this item again.',
      ),
    })
  if (trouble !== '')
    record.note(
      sentences(
        asMessage(trouble),
        msg('{up, plural, one {# client is} other {# clients are}} enough here.', { up }),
      ),
    )
  if (up < fewestClients) throw tooFew(up, now.troubles)
}
