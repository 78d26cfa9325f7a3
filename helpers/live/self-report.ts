import { z } from 'zod'
import { rubric } from '../../suites/rubric.ts'
import { inLanguage, type Language, msg, type Text, tellIn, textIn } from '../language/message.ts'
import { simulatedSentence, simulatedWord } from '../report/words.ts'
import { graderVersion } from '../version.ts'
import { type Chain, sha256 } from './chain.ts'
import type { Told } from './follow.ts'

/** A stamp like SIMULATED, the same in every language: the first word of everything that is handed in. */
export const selfReportedWord = 'SELF-REPORTED'

export const names = {
  page: 'self-report.html',
  json: 'self-report.json',
  evidence: 'self-report.evidence.ndjson',
}

const time = z.iso.datetime()

/** self-report.json: what `grade check --live` saw of work that was done by hand. */
export const selfReportSchema = z.object({
  marked: z.string().startsWith(selfReportedWord),
  schema: z.literal('nomad-consul-self-report/1'),
  /** A self-report is never a grade. */
  grade: z.null(),
  grader: z.string(),
  rubric: z.string(),
  language: z.string(),
  cluster: z.object({
    server: z.string(),
    simulated: z.boolean(),
    nomad: z.string(),
    consul: z.string(),
    clients: z.array(z.string()),
  }),
  startedAt: time,
  endedAt: time,
  ended: z.enum(['all seen', 'by hand', 'time']),
  items: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      seen: z.boolean(),
      /** When, and cluster seconds since it began; null where it was not seen. */
      at: time.nullable(),
      seconds: z.number().nullable(),
      evidence: z.array(z.string()),
      /** Line of the evidence file with what proved it; 0: none. */
      line: z.int().min(0),
    }),
  ),
  /** What was done otherwise than the sheet asks, as it was told. */
  notices: z.array(z.object({ at: time, seconds: z.number(), item: z.string(), text: z.string() })),
  /** What was seen to change, by whom; bounded, the evidence file has all of it. */
  changes: z.array(z.object({ at: time, seconds: z.number(), who: z.string(), saw: z.string() })),
  evidence: z.object({
    file: z.string(),
    sha256: z.string(),
    lines: z.int(),
    /** Checksum of the last line: each line carries that of the one before. */
    last: z.string(),
  }),
})

export type SelfReport = z.infer<typeof selfReportSchema>

/** What is known of the cluster when it begins. */
export type Followed = SelfReport['cluster']

/** Longest list of changes that the page shows. */
const mostChanges = 300

/** Writes down what is told, line by line, and makes the report of it at the end. */
export function createReport(by: {
  followed: Followed
  language: Language
  chain: Chain
  /** Cluster time and the wall's when it began, and how fast the cluster's runs. */
  began: { at: number; wall: number; speed: number }
  write(line: string): void
}) {
  const { followed, language, chain, began } = by
  const marked = markOf(followed.simulated, language)
  const secondsOf = (at: number) => Math.round((at - began.at) / 100) / 10
  const wallOf = (at: number) => new Date(began.wall + (at - began.at) / began.speed).toISOString()
  const say = (text: Text) => tellIn(text, language)
  const items = new Map<string, SelfReport['items'][number]>()
  const notices: SelfReport['notices'] = []
  const changes: SelfReport['changes'] = []
  let file = ''
  const add = (record: Record<string, unknown>) => {
    const line = chain.add(record)
    file += line
    by.write(line)
  }
  const rows: Record<string, { title: string }> = rubric.items
  const blank = (id: string) => ({
    ...{ id, title: textIn(rows[id]?.title ?? id, language), seen: false, at: null },
    ...{ seconds: null, evidence: [], line: 0 },
  })
  add({
    ...{ kind: 'begin', marked, schema: 'nomad-consul-self-report-evidence/1' },
    ...{ grader: graderVersion, rubric: rubric.version, cluster: followed, at: wallOf(began.at) },
  })
  return {
    /** What is waited for is only for the screen. */
    hear(told: Told): void {
      if (told.kind === 'waiting') return
      const { at: clusterAt, ...rest } = told
      const when = { at: wallOf(clusterAt), seconds: secondsOf(clusterAt) }
      add({ ...when, ...rest })
      if (told.kind === 'seen') changes.push({ ...when, who: told.who, saw: say(told.saw) })
      else if (told.kind === 'notice')
        notices.push({ ...when, item: told.item, text: say(told.text) })
      else
        items.set(told.item, {
          ...{ ...blank(told.item), ...when, seen: true, line: chain.lines },
          evidence: told.evidence.map(say),
        })
    },
    end(ended: SelfReport['ended'], wall: number): SelfReport {
      const endedAt = new Date(wall).toISOString()
      add({ at: endedAt, kind: 'end', ended })
      return {
        ...{ marked, schema: 'nomad-consul-self-report/1', grade: null, grader: graderVersion },
        ...{ rubric: rubric.version, language, cluster: followed },
        ...{ startedAt: wallOf(began.at), endedAt, ended },
        items: Object.keys(rubric.items)
          .sort()
          .map((id) => items.get(id) ?? blank(id)),
        notices,
        changes: changes.slice(-mostChanges),
        evidence: {
          ...{ file: names.evidence, sha256: sha256(file) },
          ...{ lines: chain.lines, last: chain.last },
        },
      }
    },
  }
}

/** The first words of the report: what it is, and what it is not. */
export function markOf(simulated: boolean, language: Language): string {
  const own = inLanguage(
    msg('by the student with a program that watched; never a grade by itself.'),
    language,
  )
  const lab = simulated ? ` ${simulatedWord} ${simulatedSentence(language)}` : ''
  return `${selfReportedWord} ${own}${lab}`
}
