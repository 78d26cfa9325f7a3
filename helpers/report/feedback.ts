import { standingIn } from '../grade/overrides.ts'
import type { Result } from '../grade/result.ts'
import { standingOf, stateOf } from '../grade/standing.ts'
import { inLanguage, msg } from '../language/message.ts'
import { clean } from './clean.ts'
import { stateIn } from './csv.ts'

/**
 * What a student reads in the gradebook, as one line of plain text: the mark or what it is instead,
 * and what each item lost with the sentence, the hint and the teacher's word.
 */
export function feedbackLines(foreign: Result): string[] {
  const result = clean(foreign)
  const language = result.language ?? 'en'
  const state = stateOf(foreign)
  const { points, max } = result.score
  const first =
    state === 'graded'
      ? inLanguage(msg('{points, number} of {max, number} marks', { points, max }), language)
      : stateIn(state, language)
  const lost = result.items
    .filter((item) => standingOf(item) !== 'passed' || item.override)
    .map((item) => {
      const word = item.override || item.waiver ? item.notes[0] : item.sentence
      const hint = item.override || item.waiver ? '' : item.hint
      const told = [word, hint].filter((part) => part !== '').join(' ')
      return `${item.id} ${standingIn(item, language)}: ${told}`
    })
  const simulated = result.cluster.simulated
    ? [inLanguage(msg('Graded on a simulated cluster.'), language)]
    : []
  return [...simulated, first, ...(state === 'not handed in' ? [] : lost)]
}
