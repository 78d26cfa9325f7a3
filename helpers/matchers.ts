import { askAgents } from './agents.ts'
import { changesBetween } from './grade/changes.ts'
import { judgeCriterion } from './grade/criteria.ts'
import type { AgentLook, CheckRecord, Control, Want } from './grade/evidence.ts'
import { met, type Outcome } from './grade/reason.ts'
import { replicasOf } from './grade/replicas.ts'
import type { CriterionId } from './grade/rubric.ts'
import { unseen, type View } from './grade/view.ts'
import { guardJob } from './guard-job.ts'
import { type Message, msg, type Text } from './language/message.ts'
import { lookAtCluster, pageSeen } from './observe.ts'
import type { Deployed } from './student.ts'
import { holdMs, type Within, within } from './time/budget.ts'
import { eventually, type Waited } from './time/eventually.ts'
import { freshLook, type Look as How } from './time/kept.ts'

/** What a settled job must look like; everything is data, the wait is in the matcher. */
export type Wanted = Pick<
  Want,
  | 'replicas'
  | 'port'
  | 'ownVm'
  | 'avoiding'
  | 'replacing'
  | 'returning'
  | 'heldBack'
  | 'deploymentDone'
  | 'asFits'
>

const settling: CriterionId[] = [
  'moved',
  'replicas',
  'port',
  'own-vm',
  'spread',
  'consul',
  'answers',
  'dns',
  'held-back',
]

/** The expectations a suite is written in. Each waits, records what it saw, and never judges alone. */
export function expect(deployed: Deployed) {
  return {
    /** Settles on exactly this, and stays so. */
    toSettleOn: (wanted: Wanted, budget: Within) => settleAndStay(deployed, wanted, budget),
    /** Every address that DNS can give first serves the page. */
    toServe: (wanted: Wanted) => check(deployed, wanted, ['serves'], within.lookup),
    /** A VM that returned gets one more replica: the scheduler is alive. */
    toGrowTo: (wanted: Wanted) => check(deployed, wanted, ['control'], within.comeback),
    /** The stopped VMs' replicas were replaced on VMs that had none: the scheduler is alive. */
    toHaveReplaced: (wanted: Wanted) => check(deployed, wanted, ['control'], within.lookup),
    /** Exactly the agents of its VMs list it (/v1/agent/services). */
    toBeListedByItsAgents: () => checkAgents(deployed, ['agents'], 'agent/services'),
    /** Every agent gives the same services (/v1/catalog/services). */
    toBeInEveryCatalog: () => checkAgents(deployed, ['catalog'], 'catalog/services'),
    /** The catalog's entries are its replicas (/v1/catalog/service/…). */
    toBeWhereTheCatalogSays: () => checkAgents(deployed, ['entries'], 'catalog/service'),
  }
}

/** What a check waits for, in words of the screen. */
const waitingFor: Record<string, Message> = {
  serves: msg('the page is served at every address'),
  control: msg('the scheduler shows that it is alive'),
  agents: msg('every agent says what it has registered'),
  catalog: msg('every agent gives the same services'),
  entries: msg('the catalog says where it is'),
}

type Look = { view: View; agents?: AgentLook[] }

/** Waits for the criteria without recording a check: for what an item builds on. */
export async function waitFor(
  deployed: Deployed,
  want: Want,
  criteria: CriterionId[],
  budget: Within,
  what: Text,
  look: (how: How) => Promise<Look> = lookOf(deployed, want),
  justAsked = false,
): Promise<Waited<Look>> {
  const { run } = deployed
  const allowed = budget(run.budgetFacts(deployed.job, want.avoiding?.length ?? 0))
  run.teller.begins(what, allowed)
  return eventually({
    clock: run.cluster.clock,
    wakes: run.cluster.wakes,
    budget: allowed,
    signal: run.signal,
    look,
    judge: ({ view, agents }) =>
      judgeAll(criteria, { want, job: deployed.job, views: [view], ...(agents && { agents }) }),
    onNotYet: (reason) => run.teller.notYet(reason),
    justAsked,
  })
}

function judgeAll(
  criteria: CriterionId[],
  facts: Pick<CheckRecord, 'want' | 'job' | 'views' | 'agents'>,
): Outcome {
  for (const id of criteria) {
    const outcome = judgeCriterion(id, facts)
    if (outcome.state !== 'met') return outcome
  }
  return met
}

function lookOf(deployed: Deployed, want: Want): (how?: How) => Promise<Look> {
  const { run, record } = deployed
  return async (how = freshLook()) => {
    const view = await lookAtCluster(run.cluster, run.memory, deployed, want, how)
    run.guardMembership(view)
    guardJob(deployed, view)
    for (const change of changesBetween(run.lastView.get(deployed.jobId), view))
      record.item({ kind: 'change', ...change })
    run.lastView.set(deployed.jobId, view)
    return { view }
  }
}

async function settleAndStay(deployed: Deployed, wanted: Wanted, budget: Within): Promise<void> {
  const { run } = deployed
  const want = run.wantOf(deployed, wanted)
  const criteria = run.criteriaOf(settling)
  const start = run.cluster.clock.now()
  let looks = 0
  for (;;) {
    const what = msg('{service} settles on {replicas} replica(s)', {
      service: want.service,
      replicas: want.replicas,
    })
    const waited = await waitFor(deployed, want, criteria, budget, what, undefined, looks === 0)
    looks += waited.looks
    const spent = () => run.cluster.clock.now() - start
    const both: CriterionId[] = [...criteria, 'stays']
    const report = { want, criteria: both, budget, spent, looks }
    if (waited.ended !== 'met')
      return recordCheck(deployed, { ...report, ended: waited.ended, looks: [waited.seen] }, waited)
    const held = await hold(deployed, want, waited.seen.view)
    looks += held.length
    const facts = { want, job: deployed.job, views: held }
    const still = judgeAll([...criteria, 'stays'], facts)
    const views = held.map((view) => ({ view }))
    if (still.state === 'met') {
      noteSpread(deployed, held)
      // What later items of the stage want with VMs off is not what stands again.
      if (run.teller.item === deployed.stage) run.proved.set(deployed.stage, want)
      return recordCheck(deployed, { ...report, ended: 'met', looks: views })
    }
    const allowed = budget(run.budgetFacts(deployed.job, want.avoiding?.length ?? 0)).ms
    if (spent() <= allowed) continue
    if (judgeAll(['stays'], facts).state !== 'met') {
      // What the last look of a broken hold lacks besides is only the change itself, half done.
      await recordCheck(deployed, { ...report, criteria, ended: 'met', looks: views.slice(0, 1) })
      report.criteria = ['stays']
    }
    return recordCheck(deployed, { ...report, ended: 'time', looks: views })
  }
}

/** Where the replicas are is worth a note where two share a VM; it costs nothing by itself. */
function noteSpread({ job, service, record }: Deployed, held: View[]): void {
  const nomad = held.at(-1)?.nomad
  if (!nomad || unseen(nomad)) return
  const vms = replicasOf(nomad, job, { service }).map((r) => r.vm)
  const used = [...new Set(vms)].sort()
  if (used.length < vms.length)
    record.note(
      msg('{replicas} replicas on {count} VM(s) ({vms}): DNS gives {count} address(es).', {
        replicas: vms.length,
        count: used.length,
        vms: used,
      }),
    )
}

/** Watches for the length of the hold; returns the first look and every differing one, and the last. */
async function hold(deployed: Deployed, want: Want, first: View): Promise<View[]> {
  const { clock, wakes } = deployed.run.cluster
  const until = clock.now() + (want.asFits ? holdMs.twoOff : holdMs.settled)
  const views = [first]
  const look = lookOf(deployed, want)
  while (clock.now() < until) {
    await wakes.next(wakes.heard, Math.max(1, until - clock.now()), deployed.run.signal)
    const { view } = await look()
    const last = views.at(-1)
    if (views.length > 1 && last && sameView(last, view)) views.pop()
    views.push(view)
  }
  return views
}

const sameView = (a: View, b: View) =>
  JSON.stringify({ ...a, at: 0 }) === JSON.stringify({ ...b, at: 0 })

async function check(
  deployed: Deployed,
  wanted: Wanted,
  criteria: CriterionId[],
  budget: Within,
  look?: (how: How) => Promise<Look>,
): Promise<void> {
  const { run } = deployed
  const want = run.wantOf(deployed, wanted)
  const what = waitingFor[criteria[0] ?? ''] ?? want.service
  const waited = await waitFor(deployed, want, criteria, budget, what, look)
  await recordCheck(
    deployed,
    {
      want,
      criteria,
      budget,
      spent: () => waited.spent,
      ended: waited.ended,
      looks: [waited.seen],
    },
    waited,
  )
}

async function checkAgents(
  deployed: Deployed,
  criteria: CriterionId[],
  path: 'agent/services' | 'catalog/services' | 'catalog/service',
): Promise<void> {
  const { run } = deployed
  const want = run.wantOf(deployed, { replicas: deployed.count })
  const look = lookOf(deployed, want)
  await check(deployed, want, criteria, within.lookup, async (how) => {
    const { view } = await look(how)
    return askAgents(run, view, want.service, path)
  })
}

interface Report {
  want: Want
  criteria: CriterionId[]
  budget: Within
  spent: () => number
  ended: CheckRecord['ended']
  looks: Look[]
}

/** Nothing (more) was placed: only a probe tells a dead scheduler from a job that cannot be placed. */
const probing =
  /^(placement-|replaced-by-none|not-moved|not-held-back|held-back-otherwise|deployment-failed)/

/** Writes the check down, with a live control where the wait did not end well, and ends the item. */
async function recordCheck(
  deployed: Deployed,
  report: Report,
  waited?: Waited<Look>,
): Promise<void> {
  const { run, record, job, places, file } = deployed
  const last = report.looks.at(-1)
  let control: Control | undefined
  if (report.ended !== 'met') {
    const code = waited && waited.outcome.state !== 'met' ? waited.outcome.reason.code : ''
    control = await run.control(report.want.clients.length, probing.test(code))
  }
  record.item({
    kind: 'check',
    want: report.want,
    criteria: report.criteria,
    budget: report.budget(run.budgetFacts(job, report.want.avoiding?.length ?? 0)),
    spent: report.spent(),
    looks: waited?.looks ?? report.looks.length,
    ended: report.ended,
    job,
    places,
    file,
    views: report.looks.map((l) => l.view),
    ...(report.criteria.includes('serves') && pageSeen(run.memory, last?.view)),
    ...(last?.agents && { agents: last.agents }),
    ...(control && { control }),
  })
  if (report.ended !== 'met') throw record.enough()
}
