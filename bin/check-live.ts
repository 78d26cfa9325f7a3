import { appendFileSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import type { ClusterFile } from '../helpers/cluster/file.ts'
import { type Connected, connect } from '../helpers/connect.ts'
import { inLanguage, type Language, msg } from '../helpers/language/message.ts'
import { createChain } from '../helpers/live/chain.ts'
import { follow, type Told } from '../helpers/live/follow.ts'
import { selfReportPage } from '../helpers/live/page.ts'
import { createScreen, renderEnd } from '../helpers/live/screen.ts'
import {
  createReport,
  type Followed,
  names,
  type SelfReport,
  selfReportSchema,
} from '../helpers/live/self-report.ts'
import { verify } from '../helpers/live/verify.ts'
import { runFolder } from '../helpers/report/folder.ts'
import { safeJson } from '../helpers/report/json.ts'
import { eachLine, oneLine } from '../helpers/report/line.ts'
import { lookOf } from '../helpers/report/screen.ts'
import { wallClock } from '../helpers/time/clock.ts'
import { clusterFile } from './cluster-file.ts'
import { exit, Usage } from './exit.ts'
import { notWritten, numberOf } from './flags.ts'

export interface LiveFlags {
  cluster: string
  minutes?: string
  out?: string
  verify?: string
  json?: boolean
}

/** `grade check --live`: follows what a student does by hand, and makes a page of what was seen. */
export async function checkLive(flags: LiveFlags, language: Language): Promise<number> {
  if (flags.verify !== undefined) return verifyReport(flags.verify, language)
  const minutes =
    flags.minutes === undefined ? undefined : numberOf('minutes', flags.minutes, 0.01, 24 * 60)
  const file = await clusterFile(flags.cluster)
  const ending = new AbortController()
  const interrupt = () => ending.abort('by hand')
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, interrupt)
  const timer =
    minutes === undefined ? undefined : setTimeout(() => ending.abort('time'), minutes * 60_000)
  try {
    const report = await followInto(file, { ...flags, language, signal: ending.signal })
    return report.items.every(({ seen }) => seen) ? exit.passed : exit.inconclusive
  } finally {
    clearTimeout(timer)
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, interrupt)
  }
}

async function followInto(
  file: ClusterFile,
  how: { out?: string; json?: boolean; language: Language; signal: AbortSignal },
): Promise<SelfReport> {
  const { language, signal } = how
  const screen = how.json ? process.stderr : process.stdout
  const look = { ...lookOf(screen, process.env), language }
  const speed = file.lab?.speed ?? 1
  const clock = wallClock(speed)
  const cluster = connect(file, clock, 'file')
  try {
    const followed = await aboutCluster(cluster)
    const dir = await folderIn(how.out ?? '.')
    const began = { at: clock.now(), wall: Date.now(), speed }
    const shown = createScreen(look, began.at)
    const write = (line: string) => appendFileSync(join(dir, names.evidence), line)
    const report = createReport({ followed, language, chain: createChain(), began, write })
    screen.write(shown.opening(followed))
    await follow(cluster, signal, (told) => {
      report.hear(told)
      screen.write(shown.show(told))
      if (how.json) process.stdout.write(eventLine(told, began, language))
    })
    const ended = signal.aborted ? (signal.reason as 'by hand' | 'time') : 'all seen'
    const made = report.end(ended, Date.now())
    await writeFile(join(dir, names.json), safeJson(made))
    await writeFile(join(dir, names.page), selfReportPage(made))
    screen.write(renderEnd(made, relative('', join(dir, names.page)), look))
    return made
  } finally {
    await cluster.close()
  }
}

/** Who is followed. A cluster that does not answer at first is told at once, as a Fault. */
async function aboutCluster({ nomad, consul, file }: Connected): Promise<Followed> {
  const [nodes, of, other] = await Promise.all([nomad.nodes(), nomad.self(), consul.self()])
  return {
    ...{ server: file.server, simulated: file.lab !== undefined },
    ...{ nomad: of.version, consul: other.version },
    clients: nodes.map(({ name }) => name).sort(),
  }
}

async function folderIn(out: string): Promise<string> {
  try {
    return await runFolder(resolve(out), 'self-report', new Date())
  } catch (error) {
    throw notWritten(out, error)
  }
}

/** One event as a line of `--json`; what proves an item is in the evidence file. */
function eventLine(
  told: Told,
  began: { at: number; wall: number; speed: number },
  language: Language,
): string {
  const seconds = Math.round((told.at - began.at) / 100) / 10
  const at = new Date(began.wall + (told.at - began.at) / began.speed).toISOString()
  const say = (text: Parameters<typeof inLanguage>[0] | string) =>
    typeof text === 'string' ? text : inLanguage(text, language)
  const { kind } = told
  const rest =
    kind === 'seen'
      ? { who: told.who, saw: say(told.saw) }
      : kind === 'ticked'
        ? { item: told.item, evidence: told.evidence.map(say) }
        : { item: told.item, text: say(told.text) }
  return `${JSON.stringify({ at, seconds, event: kind, ...rest })}\n`
}

/** Holds a self-report against the evidence beside it. */
function verifyReport(path: string, language: Language): number {
  const { report, evidence } = readReport(path)
  const { same, brokenAt, notShown } = verify(report, evidence)
  const told = [
    ...(same ? [] : [msg('The evidence is not the file that the report was made of.')]),
    ...(brokenAt > 0
      ? [msg('Line {line} of the evidence was changed, or what is before it.', { line: brokenAt })]
      : []),
    ...(notShown.length > 0
      ? [
          msg('The evidence does not show what the report says was seen: {items}.', {
            items: notShown,
          }),
        ]
      : []),
  ]
  const none = msg('The report and its evidence are as they were written.')
  for (const one of [
    ...(told.length > 0 ? told : [none]),
    msg('A self-report is never a grade by itself.'),
  ])
    process.stdout.write(oneLine(inLanguage(one, language)))
  return told.length > 0 ? exit.lost : exit.passed
}

function readReport(path: string): { report: SelfReport; evidence: string } {
  try {
    const report = selfReportSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    // Beside it, whatever path the report names.
    const evidence = readFileSync(join(dirname(path), names.evidence), 'utf8')
    return { report, evidence }
  } catch (error) {
    const why = eachLine(error instanceof Error ? error.message : `${error}`).trim()
    throw new Usage(
      msg('{path} is no self-report with its evidence beside it: {why}', {
        path,
        why: why.slice(0, 200),
      }),
    )
  }
}
