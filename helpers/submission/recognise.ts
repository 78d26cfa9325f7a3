import type { Read } from './folder.ts'
import { imageName } from './image.ts'
import type { Group, Job } from './job.ts'
import { groupsRegistering, isForwarded, portOf, servicesOf, wantedReplicas } from './job.ts'
import { jsonStatementsOf } from './json-statements.ts'
import type { Parsed } from './parse.ts'
import { parseJob } from './parse.ts'
import { statementsOf } from './statements.ts'
import type { StageId } from './types.ts'

export type Kind = 'nginx' | 'apache'

/** What a stage's job registers and runs. */
export const kinds: Record<Kind, { service: string; image: string; looksLike: RegExp }> = {
  nginx: { service: 'nginx', image: 'nginx', looksLike: /nginx|ngnix|ngix/i },
  apache: { service: 'apache', image: 'httpd', looksLike: /apache|httpd/i },
}

export const kindOfStage = (id: StageId): Kind => (id === '03.1' ? 'apache' : 'nginx')

/** A job file, with what it says as far as it can be read. */
export interface Candidate extends Read {
  parsed: Parsed
  /** undefined: nothing in it points to nginx or apache. */
  kind: Kind | undefined
  /** The stage that its name says. */
  hint: StageId | undefined
  /** The stage that it is exactly. */
  exact: StageId | undefined
  count: number
  /** 0: dynamic. */
  staticPort: number
}

export async function candidateFrom(read: Read): Promise<Candidate> {
  const parsed = await parseJob(read.text, read.format)
  const said = 'job' in parsed ? sayings(parsed.job) : guesses(read)
  const hint = stageInName(read.file)
  const name = read.file.slice(read.file.lastIndexOf('/') + 1)
  return {
    ...read,
    parsed,
    kind: kindOf(said, name) ?? (hint && kindOfStage(hint)),
    hint,
    exact: 'job' in parsed ? exactStage(parsed.job) : undefined,
    count: said.count,
    staticPort: said.staticPort,
  }
}

/**
 * The stage that a job is exactly. Compared are what the sheet asks of each: the service's name and
 * its provider Consul; the image's repository (not its tag); how many allocations register it; its
 * port, dynamic or static 80, and that it leads to port 80 of a container that publishes it. Not
 * compared are names of jobs, groups and tasks, datacenters, constraints, resources and checks: they
 * do not tell the stages from each other.
 */
export function exactStage(job: Job): StageId | undefined {
  if (job.type !== 'service' || job.unresolved.length > 0) return undefined
  for (const kind of ['nginx', 'apache'] as const) {
    const groups = groupsRegistering(job, kinds[kind].service)
    const ports = groups.map((group) => servedPort(group, kind))
    if (groups.length === 0 || ports.includes(undefined)) continue
    const count = wantedReplicas(job, kinds[kind].service)
    if (kind === 'apache') return count === 1 ? '03.1' : undefined
    if (ports.every((port) => port === 80)) return count === 3 ? '02.1' : undefined
    if (ports.some((port) => port !== 0)) return undefined
    return count === 1 ? '01.1' : count === 3 ? '01.3' : undefined
  }
  return undefined
}

/** The static port (0: dynamic) of a group's service that reaches port 80 of the right image. */
function servedPort(group: Group, kind: Kind): number | undefined {
  const service = servicesOf(group).find((each) => each.name === kinds[kind].service)
  const port = service && portOf(group, service.port)
  const inside = port && (port.to || port.value)
  const task = group.tasks.find((each) => imageName(each.image).name === kinds[kind].image)
  const reached = isForwarded(group) || task?.ports.includes(port?.label ?? '')
  return port && inside === 80 && task && reached ? port.value : undefined
}

interface Sayings {
  services: string[]
  images: string[]
  jobs: string[]
  count: number
  staticPort: number
}

function sayings(job: Job): Sayings {
  const ports = job.groups.flatMap((group) => group.networks.flatMap((network) => network.ports))
  return {
    services: job.groups.flatMap((group) => servicesOf(group).map((service) => service.name)),
    images: job.groups.flatMap((group) => group.tasks.map((task) => imageName(task.image).name)),
    jobs: [job.id],
    count: job.groups.reduce((sum, group) => sum + group.count, 0),
    staticPort: ports.find((port) => port.value > 0)?.value ?? 0,
  }
}

/** The same from a text that does not parse. */
function guesses(read: Read): Sayings {
  const all = read.format === 'json' ? jsonStatementsOf(read.text) : statementsOf(read.text)
  const values = (name: string, parent?: string) =>
    all
      .filter((each) => each.name === name && (!parent || each.path.at(-1) === parent))
      .map((each) => each.value.replace(/^"|"$/g, ''))
  const counts = values('count', 'group')
  return {
    services: values('name', 'service'),
    images: values('image').map((image) => imageName(image).name),
    jobs: all.filter((each) => each.name === 'job').flatMap((each) => [...each.labels, each.value]),
    count: counts.reduce((sum, count) => sum + (Number(count) || 0), 0) || 1,
    staticPort: Number(values('static')[0]) || 0,
  }
}

/** What most of it points to; what it registers counts most, and the file's name decides a draw. */
function kindOf(said: Sayings, name: string): Kind | undefined {
  const votes = (kind: Kind): number => {
    const like = (words: string[]) =>
      words.some((word) => kinds[kind].looksLike.test(word)) ? 1 : 0
    const content = 3 * like(said.services) + 2 * like(said.images) + 2 * like(said.jobs)
    return content + 1.5 * like([name])
  }
  const [nginx, apache] = [votes('nginx'), votes('apache')]
  if (nginx === 0 && apache === 0) return undefined
  return apache > nginx ? 'apache' : 'nginx'
}

/** A stage's id in a path, as `01.1-nginx.nomad`, `ex1_3.nomad` or `02/nginx.nomad`; not a version. */
export function stageInName(file: string): StageId | undefined {
  const ids = [...file.matchAll(/(?<![0-9.])0?([123])[._-]([1-4])(?!\.?[0-9])/g)]
  const id = ids.at(-1)
  if (id) return id[1] === '1' ? firstPart(id[2]!) : id[1] === '2' ? '02.1' : '03.1'
  const folder = /(?:^|\/)(?:\D{0,10})0([23])(?:\D[^/]*)?\//.exec(file)
  return folder ? (folder[1] === '2' ? '02.1' : '03.1') : undefined
}

const firstPart = (n: string): StageId => (n === '1' || n === '2' ? '01.1' : '01.3')

/** The stage that a file is nearest to by what is in it: its port, then how many it asks for. */
export function nearestStage(candidate: Pick<Candidate, 'kind' | 'staticPort' | 'count'>): StageId {
  if (candidate.kind === 'apache') return '03.1'
  if (candidate.staticPort > 0) return '02.1'
  return candidate.count > 1 ? '01.3' : '01.1'
}

/** What a file's name hints at besides ids: used only when the nearest stage is another file's. */
export function stageByWords(file: string): StageId | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.(nomad|hcl|json)/gi, '')
  if (kinds.apache.looksLike.test(name)) return '03.1'
  if (/static|est[aà]tic|80\b/i.test(name)) return '02.1'
  return /3\b|tres|three|replica/i.test(name) ? '01.3' : undefined
}

/** How far a file is from a stage that it is a candidate for; 0 is exact and well named. */
export function distance(candidate: Candidate, stage: StageId): number {
  const kind = kindOfStage(stage)
  const wanted = stage === '01.3' || stage === '02.1' ? 3 : 1
  const isFar = [
    [candidate.exact === stage ? 0 : 16],
    ['job' in candidate.parsed ? 0 : 8],
    [candidate.hint === stage ? 0 : 4],
    [candidate.count === wanted ? 0 : 4],
    [stage === '02.1' && candidate.staticPort !== 80 ? 4 : 0],
    [candidate.format === 'json' ? 2 : 0],
    [kinds[kind].looksLike.test(candidate.file) ? 0 : 1],
  ]
  return isFar.reduce((sum, [points]) => sum + points!, 0)
}

/** The stage that a job is nearest to which runs already, whatever file it came from. */
export function stageOfJob(job: Job): StageId | undefined {
  const said = sayings(job)
  const kind = kindOf(said, '')
  return kind && nearestStage({ ...said, kind })
}
