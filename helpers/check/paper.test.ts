import { expect, test } from 'vitest'
import { rubric } from '../../suites/rubric.ts'
import { itemResult } from '../grade/conclude.ts'
import {
  apache,
  broken,
  find,
  fixed,
  one,
  reference,
  three,
} from '../submission/submission-folder.ts'
import { readPaper } from './paper.ts'

/** Item → verdict, cause and line, of what the files alone say; nothing for what they do not decide. */
async function onPaper(files: Record<string, string>) {
  const { verdicts } = await readPaper(await find(files))
  return [...verdicts.values()].map((verdict) => {
    const { id, cause, line = 0 } = itemResult(verdict, rubric, 0)
    return `${id} ${verdict.verdict} ${cause}${line ? ` ${line}` : ''}`
  })
}

const with01 = (text: string) => ({ ...reference, '01.1-nginx.nomad': text })
const with02 = (text: string) => ({ ...reference, '02.1-nginx.nomad': text })
const blocked = (items: string[], cause: string, line = 0) =>
  items.map((id) => `${id} blocked ${cause}${line ? ` ${line}` : ''}`)

test('of the sheet’s own files nothing is lost', async () => {
  expect(await onPaper(reference)).toEqual([])
})

test.each<[string, Record<string, string>, string[]]>([
  [
    'a count',
    { ...reference, '01.3-nginx.nomad': three.replace('count = 3', 'count = 2') },
    ['01.3 failed count-asked 5'],
  ],
  [
    'another static port, and what builds on it',
    with02(fixed.replace('static = 80', 'static = 8080')),
    ['02.1 failed port-asked 8', ...blocked(['02.2', '02.3'], 'port-asked', 8)],
  ],
  [
    'a port left to Nomad',
    with02(fixed.replace(/ *static = 80\n/, '')),
    ['02.1 failed port-asked 8', ...blocked(['02.2', '02.3'], 'port-asked', 8)],
  ],
  [
    'no service',
    with01(one.replace(/\n {6}service \{[^}]*\}\n/, '\n')),
    ['01.1 failed service-missing 13', '01.2 blocked service-missing 13'],
  ],
  [
    'a label that no port has',
    with01(one.replace(/port += "http"\n/, 'port = "web"\n')),
    ['01.1 failed label-unknown 24', '01.2 blocked label-unknown 24'],
  ],
  [
    'a published label that no port has',
    with01(one.replace(/ports += \["http"\]/, 'ports = ["http", "admin"]')),
    ['01.1 failed docker-port-label 18', '01.2 blocked docker-port-label 18'],
  ],
  [
    'a service without a port',
    with01(one.replace(/ *port += "http"\n/, '')),
    ['01.1 failed consul-no-port 22', '01.2 blocked consul-no-port 22'],
  ],
  [
    'what the policy forbids: nothing is registered, so all of 03 is lost',
    { ...reference, '03.1-apache.nomad': apache.replace('"docker"', '"raw_exec"') },
    ['03.1 failed refused 14', ...blocked(['03.2', '03.3', '03.4'], 'refused', 14)],
  ],
  [
    'the image of another server: the catalog lists it all the same',
    { ...reference, '03.1-apache.nomad': apache.replace('httpd:2.4.55', 'nginx:1.22.1') },
    ['03.1 failed image-other 17'],
  ],
  [
    'what does not parse, as the last state of the one edited file',
    { 'nginx.nomad': broken, 'apache.nomad': apache },
    [
      ...['01.1 failed parse 7', '01.2 blocked parse 7', '01.3 failed parse 7'],
      ...['02.1 failed parse 7', ...blocked(['02.2', '02.3'], 'parse', 7)],
    ],
  ],
  [
    'nothing handed in for 03',
    { 'nginx.nomad': fixed },
    ['03.1 missing not-handed-in', ...blocked(['03.2', '03.3', '03.4'], 'not-handed-in')],
  ],
])('lost whatever the cluster is like: %s', async (_, files, expected) => {
  expect(await onPaper(files)).toEqual(expected)
})

test.each<[string, Record<string, string>, string[]]>([
  [
    'a port that may lead nowhere',
    with01(one.replace('to = 80', 'to = 8080')),
    ['01.1 inconclusive dead-end 9', '01.2 inconclusive dead-end 9'],
  ],
  [
    'a count that only Nomad can work out',
    with01(one.replace('count = 1', 'count = length(["a"])')),
    ['01.1 inconclusive only-nomad', '01.2 inconclusive only-nomad'],
  ],
  [
    'two files that are equally near',
    {
      'a.nomad': fixed,
      'b.nomad': fixed.replace('memory = 256', 'memory = 128'),
      'apache.nomad': apache,
    },
    ['01.1', '01.2', '01.3', '02.1', '02.2', '02.3'].map((id) => `${id} inconclusive ambiguous`),
  ],
])('not told by the files alone: %s', async (_, files, expected) => {
  expect(await onPaper(files)).toEqual(expected)
})

test('another tag than the sheet’s is a note, and loses nothing', async () => {
  const { notes, verdicts } = await readPaper(await find(with01(one.replace('1.22.1', '1.24'))))
  expect(verdicts.size).toBe(0)
  expect(notes.get('01.1')?.map(({ values }) => values)).toEqual([
    { image: 'nginx:1.24', usual: 'nginx:1.22.1' },
  ])
})
