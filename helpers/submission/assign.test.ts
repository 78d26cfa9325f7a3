import { expect, test } from 'vitest'
import { groupOf, jobOf } from '../grade/testing.ts'
import { tellIn } from '../language/message.ts'
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
      ]) =>
        `${id} ${file}: ${origin.how === 'nearest' ? tellIn(origin.because, 'en') : origin.how}`,
    ),
    ...[...ambiguous].map(([id, files]) => `? ${id} ${files.join(' ')}`),
    ...unused.map(({ file, why }) => `- ${file}: ${tellIn(why, 'en')}`),
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

test('… nor for a stage of the other server, nor when two stages are free, nor the second of two', () => {
  const json = { ...exact['01.1'], format: 'json' as const }
  const three = [candidate('a.nomad', exact['01.1']), candidate('b.nomad', json)]
  const withApache = [
    ...three,
    candidate('c.nomad', exact['02.1']),
    apache('d.nomad', exact['03.1']),
    apache('e.nomad'),
  ]
  expect(told(withApache)).toContain('- e.nomad: d.nomad is nearer to 03.1')
  const twoFree = [three[0]!, candidate('c.nomad'), candidate('d.nomad')]
  expect(told(twoFree)).toContain('- c.nomad: a.nomad is nearer to 01.1')
  const two = [three[0]!, candidate('c.nomad'), apache('d.nomad', exact['03.1'])]
  expect(told(two, ['02.1'])).toContain('- c.nomad: a.nomad is nearer to 01.1')
})

/** Files named `h` for the stage that their names say, and `e` what they are exactly. */
const hinted = (...files: [h: StageId | undefined, e: StageId | undefined][]) =>
  files.map(([hint, is], i) => candidate(`${'abc'[i]}.nomad`, { ...(is && exact[is]), hint }))
const says = (id: StageId, file: string) => `${id} ${file}.nomad: its name says ${id}`

test.each<[string, ReturnType<typeof hinted>, string[]]>([
  [
    'one name alone is not believed',
    hinted(['01.1', '02.1'], [undefined, '01.3']),
    ['01.3 b.nomad: exact', '02.1 a.nomad: exact'],
  ],
  [
    'two are exchanged, a third is wrong',
    hinted(['01.1', '01.3'], ['01.3', '01.1'], ['02.1', undefined]),
    ['01.1 b.nomad: exact', '01.3 a.nomad: exact', says('02.1', 'c')],
  ],
  [
    'one has the name of another that is named rightly',
    hinted(['01.3', '01.1'], ['01.3', '01.3'], ['02.1', '02.1']),
    ['01.3 b.nomad: exact', '02.1 c.nomad: exact', '- a.nomad: b.nomad is nearer to 01.3'],
  ],
  [
    'two of three are the same stage',
    hinted(['01.1', '01.3'], ['01.3', '01.1'], ['01.1', '01.3']),
    [says('01.3', 'b'), '? 01.1 a.nomad c.nomad'],
  ],
  [
    'one is named after a stage that no file is',
    hinted(['01.1', '01.3'], ['02.1', '01.1']),
    [says('01.1', 'a'), says('02.1', 'b')],
  ],
])('names against contents: %s', (_, files, wanted) => {
  expect(told(files)).toEqual(wanted)
})

test('of two copies that are named for one stage the first stays', () => {
  const parsed = { job: jobOf([groupOf(1)]) }
  const copies = ['a', 'b'].map((name) => candidate(`${name}.nomad`, { parsed, hint: '01.1' }))
  expect(told(copies)).toEqual([says('01.1', 'a'), '- b.nomad: it is a copy of a.nomad'])
})
