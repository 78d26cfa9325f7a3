import {
  asMessage,
  inLanguage,
  type Language,
  type Message,
  msg,
  said,
  type Value,
} from '../language/message.ts'
import type { Reason, ReasonCode } from './reason.ts'
import { type Say, s, type Told, value } from './say.ts'
import { besideSentences } from './sentences-beside.ts'
import { consulSentences } from './sentences-consul.ts'
import { nomadSentences, seeLab } from './sentences-nomad.ts'
import { ending, parseSaid, refusedHint, rejectedSaid } from './translate.ts'

const own = (of: Reason['values'][string] | undefined): Message =>
  asMessage(typeof of === 'number' ? `${of}` : (of ?? ''))

/** What a reader is told for each cause: one sentence that stands alone, and what to do. */
const catalogue: Record<ReasonCode, Say> = {
  ...nomadSentences,
  ...consulSentences,
  ...besideSentences,
  'not-stopped': s(
    'Stopping {vm} had no effect: Nomad says {nomad}, Consul says {consul}.',
    seeLab,
  ),
  'not-handed-in': (v) => ({
    sentence: msg('Not handed in: {why}.', {
      why: v.unread || msg('no file of the folder is for this item'),
    }),
    hint: msg('Save the job file as plain text whose name ends in .nomad, in the folder itself.'),
  }),
  ambiguous: (v) => ({
    sentence: msg('Which file is meant? {files} are equally near.', { files: value(v, 'files') }),
    hint: msg('Say it in stages.yaml, for example {code}.', { code: '{ "01.1": first.nomad }' }),
  }),
  parse: ending('The job file does not parse: {text}.', parseSaid),
  refused: (v) => ({
    sentence: msg('The job may not run on this cluster: {sentence}', {
      sentence: value(v, 'sentence'),
    }),
    hint: refusedHint(inLanguage(own(v.sentence), 'en')),
  }),
  rejected: ending('Nomad does not accept the job: {text}.', rejectedSaid),
  'evidence-ends': s('The run ended before this could be known.', msg('Run this item again.')),
  unfit: (v) => ({
    sentence: own(v.sentence),
    hint: v.cure ? own(v.cure) : msg('Fix the cluster and run again.'),
  }),
  control: (v) => ({ sentence: own(v.sentence), hint: seeLab }),
  threw: (v) => ({
    sentence: msg('The grader itself failed: {said}', { said: value(v, 'sentence') }),
    hint: msg('Please report this; nothing of yours.'),
  }),
  fault: (v) => ({ sentence: own(v.sentence), hint: own(v.cure) }),
}

/** Every cause that has a sentence. */
export const causes = Object.keys(catalogue) as ReasonCode[]

/** Text out of what a cluster or a file said, on one line and bounded. */
function oneLine<V extends Value>(of: V): V {
  if (typeof of === 'string') return of.replace(/\s+/g, ' ').trim().slice(0, 400) as V
  if (typeof of === 'number') return of
  if (Array.isArray(of)) return of.map((one) => oneLine(one)) as unknown as V
  const { text, values } = asMessage(of as Message)
  return { text, values: flat(values) } as V
}

const flat = <V extends Value>(values: Readonly<Record<string, V>>): Record<string, V> =>
  Object.fromEntries(Object.entries(values).map(([name, one]) => [name, oneLine(one)]))

/** The sentence and the hint for a reason, in no language yet. */
export const tellReason = (reason: Reason): Told => catalogue[reason.code](flat(reason.values))

/** The sentence and the hint for a reason, '' where there is nothing to do. */
export function explain(reason: Reason, language: Language = 'en') {
  const { sentence, hint = said('') } = tellReason(reason)
  return { sentence: inLanguage(sentence, language), hint: inLanguage(hint, language) }
}
