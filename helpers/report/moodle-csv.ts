import type { Result } from '../grade/result.ts'
import { stateOf } from '../grade/standing.ts'
import { inLanguage, msg } from '../language/message.ts'
import { csvOf, numberCell, textCell } from './csv.ts'
import { feedbackLines } from './feedback.ts'

/** What a user is found by when Moodle imports grades. */
export const moodleUsers = ['username', 'email', 'idnumber', 'userid'] as const
export type MoodleUser = (typeof moodleUsers)[number]

/**
 * A file for Moodle's gradebook (Grades, Import, CSV): user, grade, feedback. `-` is no grade: for a
 * result that is not one, and for nothing handed in. The grade is on the scale, else in marks: never
 * above the maximum, for one such value makes Moodle refuse the whole file.
 */
export function renderMoodleCsv(
  results: readonly Result[],
  language: string,
  user: MoodleUser,
): string {
  const head = [user, inLanguage(msg('grade'), language), inLanguage(msg('feedback'), language)]
  const rows = results.map((result) => [
    textCell(result.student.replace(/\p{Cc}/gu, '').replaceAll('##[', '## [')),
    gradeCell(result, language),
    textCell(feedbackLines(result).join(' · ')),
  ])
  return csvOf([head, ...rows], language)
}

function gradeCell(result: Result, language: string): string {
  const { points, scaled } = result.score
  if (stateOf(result) !== 'graded') return '-'
  return numberCell(scaled?.value ?? points, language)
}
