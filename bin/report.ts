import { Command } from 'commander'
import type { Result } from '../helpers/grade/result.ts'
import {
  inLanguage,
  type Language,
  languages,
  type Message,
  msg,
} from '../helpers/language/message.ts'
import { oneLine } from '../helpers/report/line.ts'
import { moodleUsers } from '../helpers/report/moodle-csv.ts'
import { type RunFolder, readRunFolder } from '../helpers/run-folder.ts'
import { Fault, told } from '../helpers/time/fault.ts'
import { rubric } from '../suites/rubric.ts'
import { exit, Usage } from './exit.ts'
import { wordOf } from './flags.ts'
import { exampleText } from './help.ts'
import { type Dialect, dialects, forClass, forGrades, print } from './report-dialects.ts'
import { byStudent, resultOf } from './report-results.ts'
import { overridesOf, scaleOf, type TeacherFlags } from './teacher-files.ts'

export interface ReportFlags extends TeacherFlags {
  as: string
  out?: string
  lang?: string
  simulatedCounts?: boolean
  worksheet?: string
  dryRun?: boolean
  user?: string
}

/** `grade report`: what runs found, in the dialect of whoever reads it. Never judges anew. */
export function reportCommand(language: Language): Command {
  const word = (text: Message) => inLanguage(text, language)
  const simulated = msg('take results of the lab for grades')
  const worksheet = msg('the grading worksheet that you downloaded from Moodle')
  return new Command('report')
    .description(word(msg('print what runs found, for a reader or a program')))
    .argument('<runs...>', word(msg("folders of runs; several of one student's are merged")))
    .requiredOption('--as <dialect>', word(msg('one of {words}', { words: dialects })))
    .option('--out <path>', word(msg('write it there (a folder for allure and classroom50)')))
    .option('--scale <name>', word(msg('the scale of the grade; otherwise that of grading.yaml')))
    .option('--overrides <file>', word(msg("the teacher's word; otherwise overrides.yaml")))
    .option('--simulated-counts', word(simulated))
    .option('--worksheet <file>', word(worksheet))
    .option('--dry-run', word(msg('print what would change in the worksheet, and change nothing')))
    .option(`--user <${moodleUsers.join('|')}>`, word(msg("what Moodle's import finds users by")))
    .addHelpText(
      'after',
      exampleText('grade report reports/anna/latest --as junit --out junit.xml', language),
    )
    .action(async (runs: string[], flags: ReportFlags) => {
      process.exitCode = await report(runs, flags, language)
    })
}

async function report(runs: string[], flags: ReportFlags, language: Language): Promise<number> {
  const dialect = wordOf('as', flags.as, dialects) as Dialect
  const lang = wordOf('lang', flags.lang, languages)
  try {
    const folders = runs.map(readRunFolder)
    const students = byStudent(folders)
    if (!forClass.has(dialect) && students.size > 1)
      throw new Usage(
        msg('{dialect} is of one student, and these runs are of {students}.', {
          dialect,
          students: [...students.keys()],
        }),
      )
    const overrides = await overridesOf(flags, dirsOf(folders))
    const scale = await scaleOf(flags, dirsOf(folders))
    const results = [...students.values()].map((own) => resultOf(own, { lang, overrides, scale }))
    if (forGrades.has(dialect)) {
      if (!flags.simulatedCounts) refuseSimulated(dialect, results)
      for (const part of results.filter(isPart)) tellPart(part, language)
    }
    return await print(dialect, results, { ...flags, language: lang ?? language }, folders)
  } catch (error) {
    // What the files say wrong is for the user to mend.
    if (error instanceof Fault) {
      process.stderr.write(oneLine(`grade: ${inLanguage(told(error), language)}`))
      return exit.usage
    }
    throw error
  }
}

function refuseSimulated(dialect: Dialect, results: Result[]): void {
  const found = results.find(({ cluster }) => cluster.simulated)
  if (!found) return
  throw new Usage(
    msg(
      'The result of {student} is SIMULATED and {dialect} is for grades: grade on a real cluster, or say {flag}.',
      { student: found.student, dialect, flag: '--simulated-counts' },
    ),
  )
}

const isPart = ({ score }: Result) => score.asked.length < Object.keys(rubric.items).length

/** A full mark of three items looks like one of ten in a gradebook. */
function tellPart({ student, score }: Result, language: Language): void {
  const text = msg('The grade of {student} is over these items only: {items}.', {
    student,
    items: score.asked,
  })
  process.stderr.write(oneLine(`grade: ${inLanguage(text, language)}`))
}

const dirsOf = (folders: readonly RunFolder[]): string[] =>
  folders.flatMap(({ result, run }) => {
    const begun = run?.evidence.find((record) => record.kind === 'run')
    return result?.submission.dir ?? begun?.submission.dir ?? []
  })
