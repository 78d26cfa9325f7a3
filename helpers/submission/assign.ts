import { type Message, msg, type Text } from '../language/message.ts'
import type { Candidate } from './recognise.ts'
import { distance, kindOfStage, nearestStage, stageByWords } from './recognise.ts'
import type { Origin, StageId } from './types.ts'
import { stageIds } from './types.ts'

export interface Taken {
  candidate: Candidate
  origin: Origin
}

export interface Assigned {
  stages: Map<StageId, Taken>
  /** Files that are equally near to a stage. */
  ambiguous: Map<StageId, string[]>
  unused: { file: string; why: Text }[]
}

interface Claim {
  candidate: Candidate
  stage: StageId
  because: Text
}

/**
 * Gives each job file to the stage it is meant to be. A file that is exactly a stage goes there
 * (where files only have each other's names, too);
 * a wrong one goes where its name says, else where its content is nearest. `named` stages are
 * already taken by stages.yaml.
 */
export function assign(candidates: Candidate[], named: ReadonlySet<StageId>): Assigned {
  const assigned: Assigned = { stages: new Map(), ambiguous: new Map(), unused: [] }
  const distinct = withoutCopies(candidates, assigned)
  const claims = distinct.map((candidate) => claimOf(candidate, distinct, named))
  const losers: Claim[] = []
  for (const stage of stageIds) {
    const rivals = claims.filter((claim) => claim.stage === stage)
    if (named.has(stage)) losers.push(...rivals)
    else losers.push(...settle(stage, rivals, assigned))
  }
  for (const loser of losers) secondChance(loser, distinct, named, assigned)
  return assigned
}

/** What a file says, without its layout and comments. */
const sense = ({ parsed, text }: Candidate): string =>
  'job' in parsed ? JSON.stringify(parsed.job) : text

/** Of files that say the same, the best named stays. */
function withoutCopies(candidates: Candidate[], assigned: Assigned): Candidate[] {
  const kept: Candidate[] = []
  const byName = [...candidates].sort((a, b) => Number(!a.hint) - Number(!b.hint))
  for (const candidate of byName) {
    const twin = kept.find((each) => sense(each) === sense(candidate) && sameHint(each, candidate))
    if (twin)
      assigned.unused.push({
        file: candidate.file,
        why: msg('it is a copy of {file}', { file: twin.file }),
      })
    else kept.push(candidate)
  }
  return kept
}

/** `a` is one that was kept before `b`: those with a hint come first. */
const sameHint = (a: Candidate, b: Candidate): boolean => a.hint === b.hint || b.hint === undefined

function claimOf(candidate: Candidate, all: Candidate[], named: ReadonlySet<StageId>): Claim {
  const { exact, hint } = candidate
  const claim = (stage: StageId, because: Text): Claim => ({ candidate, stage, because })
  // Names are believed against the content only where the folder names several files by stage.
  const hints = new Set(all.flatMap((each) => each.hint ?? []))
  const byContent = !hint || hint === exact || hints.size < 2 || areSwapped(all)
  if (exact && byContent) return claim(exact, '')
  if (hint) return claim(hint, msg('its name says {hint}', { hint }))
  const ofKind = all.filter((each) => each.kind === candidate.kind)
  const isLone = ofKind.length === 1 && ![...named].some((stage) => stage !== '03.1')
  if (candidate.kind === 'nginx' && isLone) {
    return claim(
      '02.1',
      msg('it is the only nginx file, so the last state of the one that is edited'),
    )
  }
  return claim(nearestStage(candidate), whyNearest(candidate))
}

/** Every stage is there, only under the name of another: the content says which is which. */
function areSwapped(all: Candidate[]): boolean {
  const misnamed = all.filter(({ hint, exact }) => hint && exact && hint !== exact)
  const exacts = new Set(misnamed.flatMap(({ exact }) => exact ?? []))
  return exacts.size === misnamed.length && misnamed.every(({ hint }) => hint && exacts.has(hint))
}

function whyNearest({ kind, staticPort, count }: Candidate): Message {
  if (kind === 'apache') return msg('it is the apache job')
  if (staticPort > 0) return msg('it has the static port {port}', { port: staticPort })
  return msg('it has a dynamic port and the count {count}', { count })
}

/** Gives the stage to the nearest of its rivals; gives back those that lost. */
function settle(stage: StageId, rivals: Claim[], assigned: Assigned): Claim[] {
  const far = (claim: Claim) => distance(claim.candidate, stage)
  const [best, next] = [...rivals].sort((a, b) => far(a) - far(b))
  if (!best) return []
  if (next && far(next) === far(best)) {
    const files = rivals.filter((each) => far(each) === far(best))
    assigned.ambiguous.set(
      stage,
      files.map((each) => each.candidate.file),
    )
    return rivals.filter((each) => !files.includes(each))
  }
  assigned.stages.set(stage, { candidate: best.candidate, origin: originOf(best) })
  return rivals.filter((each) => each !== best)
}

const originOf = ({ candidate, stage, because }: Claim): Origin =>
  candidate.exact === stage ? { how: 'exact' } : { how: 'nearest', because }

/**
 * A file whose stage is another's: it may be meant for a free one, when words of its name say so or
 * when it is the third of three nginx files.
 */
function secondChance(
  { candidate, stage }: Claim,
  all: Candidate[],
  named: ReadonlySet<StageId>,
  assigned: Assigned,
): void {
  const isFree = (id: StageId | undefined): id is StageId =>
    id !== undefined && !named.has(id) && !assigned.stages.has(id) && !assigned.ambiguous.has(id)
  const words = stageByWords(candidate.file)
  const free = stageIds.filter((id) => kindOfStage(id) === 'nginx' && isFree(id))
  const isThird =
    candidate.kind === 'nginx' &&
    free.length === 1 &&
    all.filter((each) => each.kind === 'nginx').length === 3
  const chance = isFree(words) ? words : isThird ? free[0] : undefined
  if (chance && candidate.exact === undefined) {
    const because = msg('{stage} is another file, and this one fits no other stage', { stage })
    assigned.stages.set(chance, { candidate, origin: { how: 'nearest', because } })
    return
  }
  const winner = assigned.stages.get(stage)?.candidate.file
  const why = named.has(stage)
    ? msg('stages.yaml names another file for {stage}', { stage })
    : winner
      ? msg('{winner} is nearer to {stage}', { winner, stage })
      : msg('others are nearer to {stage}', { stage })
  assigned.unused.push({ file: candidate.file, why })
}
