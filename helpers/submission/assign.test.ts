import { expect, test } from 'vitest'
import { groupOf, jobOf } from '../grade/testing.ts'
import { assign } from './assign.ts'
import type { Candidate } from './recognise.ts'
import type { StageId } from './types.ts'

let serial = 0
/** A file of nginx that is no stage exactly and has no id in its name, unless `more` says so. */
const candidate = (file: string, more: Partial<Candidate> = {}): Candidate => ({
  file,
  format: 'hcl',
  text: file,
  parsed: { job: jobOf([groupOf(1)], { id: `job-${serial++}` }) },
  kind: 'nginx',
  hint: undefined,
  exact: undefined,
  count: 1,
  staticPort: 0,
  ...more,
})
const exact: Record<StageId, Partial<Candidate>> = {
  '01.1': { exact: '01.1' },
  '01.3': { exact: '01.3', count: 3 },
  '02.1': { exact: '02.1', count: 3, staticPort: 80 },
  '03.1': { exact: '03.1', kind: 'apache' },
}
const apache = (file: string, more: Partial<Candidate> = {}) =>
  candidate(file, { kind: 'apache', ...more })

/** `02.1 nginx.nomad: why` for each stage, `? 01.1 a b` for each that is not clear, `- x: why`. */
function told(candidates: Candidate[], named: StageId[] = []): string[] {
  const { stages, ambiguous, unused } = assign(candidates, new Set(named))
  return [
    ...[...stages].map(
      ([
        id,
        {
          candidate: { file },
          origin,
        },
      ]) => `${id} ${file}: ${origin.how === 'nearest' ? origin.because : origin.how}`,
    ),
    ...[...ambiguous].map(([id, files]) => `? ${id} ${files.join(' ')}`),
    ...unused.map(({ file, why }) => `- ${file}: ${why}`),
  ]
}

test('what is exactly a stage is that stage, whatever it is called', () => {
  const files = Object.entries(exact).map(([id, more]) => candidate(`${id}x.nomad`, more))
  expect(told(files)).toEqual([
    '01.1 01.1x.nomad: exact',
    '01.3 01.3x.nomad: exact',
    '02.1 02.1x.nomad: exact',
    '03.1 03.1x.nomad: exact',
  ])
})

test('one file whose name says another stage than its content is what it contains', () => {
  expect(told([candidate('01.1.nomad', { ...exact['02.1'], hint: '01.1' })])).toEqual([
    '02.1 01.1.nomad: exact',
  ])
})

test('of files named by stage the names are believed', () => {
  const files = [
    candidate('01.1.nomad', { ...exact['01.1'], hint: '01.1' }),
    candidate('01.3.nomad', { ...exact['01.1'], hint: '01.3' }),
  ]
  expect(told(files)).toEqual(['01.1 01.1.nomad: exact', '01.3 01.3.nomad: its name says 01.3'])
})

test('of files that have each other’s names the content is believed', () => {
  const files = [
    candidate('01.1.nomad', { ...exact['01.3'], hint: '01.1' }),
    candidate('01.3.nomad', { ...exact['01.1'], hint: '01.3' }),
  ]
  expect(told(files)).toEqual(['01.1 01.3.nomad: exact', '01.3 01.1.nomad: exact'])
})

test('a wrong file goes where its name says', () => {
  expect(told([candidate('02.1.nomad', { hint: '02.1' })])).toEqual([
    '02.1 02.1.nomad: its name says 02.1',
  ])
})

test('a lone nginx file is the last state of the one that is edited', () => {
  const why = 'it is the only nginx file, so the last state of the one that is edited'
  expect(told([candidate('nginx.nomad')])).toEqual([`02.1 nginx.nomad: ${why}`])
  expect(told([candidate('nginx.nomad'), apache('apache.nomad')])).toEqual([
    `02.1 nginx.nomad: ${why}`,
    '03.1 apache.nomad: it is the apache job',
  ])
  expect(told([candidate('nginx.nomad')], ['03.1'])).toEqual([`02.1 nginx.nomad: ${why}`])
})

test('of several, or where stages.yaml names some, each goes where it is nearest', () => {
  const files = [
    candidate('a.nomad'),
    candidate('b.nomad', { count: 2 }),
    candidate('c.nomad', { staticPort: 8080, count: 3 }),
  ]
  expect(told(files)).toEqual([
    '01.1 a.nomad: it has a dynamic port and the count 1',
    '01.3 b.nomad: it has a dynamic port and the count 2',
    '02.1 c.nomad: it has the static port 8080',
  ])
  expect(told([candidate('a.nomad')], ['02.1'])).toEqual([
    '01.1 a.nomad: it has a dynamic port and the count 1',
  ])
})

test('a copy is set aside, the better named one stays', () => {
  const same = { job: jobOf([groupOf(1)]) }
  const copies = [
    candidate('copy.nomad', { parsed: same }),
    candidate('01.1.nomad', { parsed: same, hint: '01.1' }),
  ]
  expect(told(copies)).toEqual([
    '01.1 01.1.nomad: its name says 01.1',
    '- copy.nomad: it is a copy of 01.1.nomad',
  ])
  const problem = { problem: { code: 'x', sentence: 'x' } }
  const torn = [
    candidate('a.nomad', { parsed: problem, text: 'same' }),
    candidate('b.nomad', { parsed: problem, text: 'same' }),
  ]
  expect(told(torn).at(-1)).toBe('- b.nomad: it is a copy of a.nomad')
})

test('what says the same under two stages’ names is both', () => {
  const same = { job: jobOf([groupOf(1)]) }
  const files = [
    candidate('01.1.nomad', { parsed: same, hint: '01.1' }),
    candidate('01.3.nomad', { parsed: same, hint: '01.3' }),
  ]
  expect(told(files)).toEqual([
    '01.1 01.1.nomad: its name says 01.1',
    '01.3 01.3.nomad: its name says 01.3',
  ])
})

test('two that are equally near are asked about, and a third that is farther is not', () => {
  const files = [
    apache('a.nomad', exact['03.1']),
    apache('b.nomad', exact['03.1']),
    apache('c.nomad'),
  ]
  expect(told(files)).toEqual(['? 03.1 a.nomad b.nomad', '- c.nomad: others are nearer to 03.1'])
})

test('of two the nearer one is taken', () => {
  const files = [apache('b.nomad'), apache('a.nomad', exact['03.1'])]
  expect(told(files)).toEqual(['03.1 a.nomad: exact', '- b.nomad: a.nomad is nearer to 03.1'])
})

test('a stage that stages.yaml names is not taken again', () => {
  expect(told([apache('a.nomad', exact['03.1'])], ['03.1'])).toEqual([
    '- a.nomad: stages.yaml names another file for 03.1',
  ])
})

test('a file whose stage is another’s may be meant for a free one: by words of its name', () => {
  const files = [
    candidate('nginx.nomad', exact['01.1']),
    candidate('static.nomad'),
    candidate('x.nomad', exact['01.3']),
    candidate('y.nomad', exact['01.3']),
  ]
  expect(told(files)).toContain(
    '02.1 static.nomad: 01.1 is another file, and this one fits no other stage',
  )
})

test('… or as the third of three nginx files', () => {
  const files = [
    candidate('a.nomad', exact['01.1']),
    candidate('b.nomad', exact['02.1']),
    candidate('c.nomad'),
  ]
  expect(told(files)).toContain(
    '01.3 c.nomad: 01.1 is another file, and this one fits no other stage',
  )
  expect(told([...files, candidate('d.nomad', { count: 9, staticPort: 80 })])).not.toContain(
    '01.3 c.nomad: 01.1 is another file, and this one fits no other stage',
  )
  expect(told(files, ['01.3'])).toContain('- c.nomad: a.nomad is nearer to 01.1')
  const notNginx = [files[0]!, files[1]!, apache('c.nomad', exact['03.1']), apache('d.nomad')]
  expect(told(notNginx)).toContain('- d.nomad: c.nomad is nearer to 03.1')
})

test('… but never a file that is exactly a stage, nor a stage that is not clear', () => {
  const double = [
    candidate('a.nomad', { ...exact['01.1'], text: 'nginx' }),
    candidate('static.nomad', { ...exact['01.1'], format: 'json' }),
  ]
  expect(told(double)).toEqual(['01.1 a.nomad: exact', '- static.nomad: a.nomad is nearer to 01.1'])
  const unclear = [
    candidate('a.nomad', exact['02.1']),
    candidate('b.nomad', exact['02.1']),
    candidate('c.nomad', exact['01.1']),
    candidate('static.nomad'),
  ]
  expect(told(unclear)).toEqual([
    '01.1 c.nomad: exact',
    '? 02.1 a.nomad b.nomad',
    '- static.nomad: c.nomad is nearer to 01.1',
  ])
})
