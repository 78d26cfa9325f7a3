import type { ItemResult, Result, Verdict } from '../../helpers/grade/result.ts'

/** A result with every verdict, an interval, notes, changes and a file's line: what reports show. */
export function sampleResult(changed: Partial<Result> = {}): Result {
  return {
    schema: 'nomad-consul-grade/1',
    student: 'Núria l·l',
    grader: '0.1.0',
    rubric: '1',
    startedAt: '2026-11-24T23:59:01.000Z',
    finishedAt: '2026-11-25T00:02:17.000Z',
    cluster: {
      kind: 'lab',
      simulated: true,
      server: '192.168.56.101',
      clients: ['box-5', 'box-7', 'box-8'],
      datacenter: 'dc1',
      nomad: '1.4.4',
      consul: '1.14.4',
      stop: 'orderly',
      seed: 7,
    },
    submission: {
      dir: 'submissions/nuria',
      stages: [
        { id: '01.1', file: 'nginx-1.nomad', origin: 'nearest', detail: 'one replica' },
        { id: '02.1', file: 'nginx.nomad', origin: 'exact', detail: '' },
      ],
      unused: [{ file: 'old.nomad', why: 'its image is neither nginx nor httpd' }],
      problems: [],
    },
    items: [
      sampleItem('01.1', 'passed', { title: 'nginx is deployed and found by its name' }),
      sampleItem('01.2', 'passed', {
        title: 'when its VM stops, nginx reappears on another VM',
        seconds: 19.34,
        notes: ['One leftover was set aside: box-7 had not yet left the catalog.'],
      }),
      failedItem(),
      sampleItem('02.2', 'blocked', { sentence: '02.1 was refuted, and this item builds on it.' }),
      sampleItem('02.3', 'inconclusive', {
        points: 0,
        attempts: 2,
        cause: 'vm-not-back',
        sentence: 'box-8 did not come back within 180 s of its start.',
        hint: 'Look at the console of box-8, then grade this item again.',
        criteria: [
          { id: 'victims', title: 'two VMs with a replica are off', met: true, why: '' },
          { id: 'settles', title: 'the job settles on one replica', met: null, why: '' },
        ],
      }),
      sampleItem('03.1', 'partial', {
        points: 0.1 + 0.2,
        sentence: 'apache runs, but it does not answer.',
      }),
      sampleItem('03.4', 'missing', { sentence: 'No job file for apache was handed in.' }),
    ],
    score: {
      points: 2.3,
      low: 2.3,
      high: 3.3,
      max: 7,
      asked: ['01.1', '01.2', '02.1', '02.2', '02.3', '03.1', '03.4'],
    },
    notes: ['An outage of an earlier run was restored first: box-5.'],
    exitCode: 2,
    evidence: { file: 'evidence.ndjson', sha256: 'ab'.repeat(32) },
    ...changed,
  }
}

export function sampleItem(
  id: string,
  verdict: Verdict,
  changed: Partial<ItemResult> = {},
): ItemResult {
  return {
    id,
    title: `the title of ${id}`,
    verdict,
    points: verdict === 'passed' ? 1 : 0,
    max: 1,
    sentence: 'Everything that was wanted was seen.',
    hint: '',
    cause: verdict === 'passed' ? '' : verdict,
    attempts: 1,
    criteria: [{ id: 'registers', title: 'the job registers', met: true, why: '' }],
    notes: [],
    seconds: 4,
    changes: [{ at: 3.2, who: 'nomad', saw: 'allocation 8a1f runs on box-7' }],
    ...changed,
  }
}

function failedItem(): ItemResult {
  return sampleItem('02.1', 'failed', {
    title: 'three replicas, each on its own VM on port 80',
    sentence: 'Nomad gave nginx port 28764, and port 80 was wanted.',
    hint: 'Write static = 80 into the port block.',
    file: 'nginx.nomad',
    line: 12,
    cause: 'port-not-static',
    criteria: [
      { id: 'registers', title: 'the job registers', met: true, why: '' },
      { id: 'port', title: 'all replicas at port 80', met: false, why: 'box-5 has port 28764' },
      { id: 'answers', title: 'each answers on port 80', met: null, why: '' },
    ],
    changes: [
      { at: 31.04, who: 'nomad', saw: 'job nginx, version 1, has 3 allocations' },
      { at: 33.5, who: 'consul', saw: 'nginx is at box-5:28764, box-7:21903, box-8:30011' },
    ],
  })
}

/** Names and texts that students, jobs and servers may bring, each with what it tries. */
export const hostileTexts = [
  "=cmd|'/C calc'!A0",
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '::notice::Points 10/10',
  'a ##[error]b',
  '../../x',
  'line\n::set-output name=x::1\r\n# title\n| a | b |',
  '`code` **bold** [link](http://evil.example) ![p](https://evil.example/p) www.evil.example',
  '\u001b[2J\u001b]0;title\u0007\u009b31mred',
  '\u202eesrever\u202c \u2066x\u2069 zero\u200bwidth',
  ']]> &lt; &amp; \u0000\u0008\ufffe \ud800',
  'Núria l·l',
  'نورة العربي',
  '👩‍🚀 Zoë 🏳️‍🌈',
  '-rf ~',
  'CON',
  'NUL .txt',
  'COM1. ',
  '... x',
  '\u001b]8;;http://evil.example\u001b\\a link\u001b]8;;\u001b\\ \u001b]52;c;cm0gLXJm\u0007',
  '\u009d52;c;cm0gLXJm\u009c \u0090+q544e\u009c \u001bP1$r\u001b\\ \u001bc\u008d x',
  'one\rtwo\u0085three\u2028four\u2029::error file=a::five',
  '::error::x\r::add-mask::a\n##[set-env name=PATH;]x\n ::stop-commands::y',
  '%0A::error::z %0D%0A::add-mask::a',
  '<img src=x onerror=alert(1)>" onmouseover="x\' style=\'x',
  '-->]]><!ENTITY x SYSTEM "file:///etc/passwd"><?xml version="1.0"?>',
  '@SUM(1+1)*cmd|x',
  '+1-1;\t=HYPERLINK("http://evil.example")',
  '![](https://evil.example/p) <https://evil.example> [a]: https://evil.example\n- x\n1. y\n---\n    z',
  `${String.fromCharCode(...Array.from({ length: 0x20 }, (_, n) => n))}x`,
  '\ufffe\uffff\ud800\udfff\udc00\ud83d x',
  'fdp.\u202etxt\u2066\u2069\u061c\u200f\ufeff\u{e0041}',
  'x'.repeat(5000),
]

/** The sample with one text wherever a text of others may stand. */
export function hostileResult(text: string): Result {
  const result = sampleResult({ student: text })
  result.submission = {
    dir: text,
    stages: [{ id: '01.1', file: text, origin: 'nearest', detail: text }],
    unused: [{ file: text, why: text }],
    problems: [text],
  }
  result.notes = [text]
  result.items = result.items.map((item) => ({
    ...item,
    sentence: text,
    hint: text,
    file: text,
    line: 3,
    cause: text,
    notes: [text],
    criteria: item.criteria.map((criterion) => ({ ...criterion, title: text, why: text })),
    changes: [{ at: 1, who: text, saw: text }],
  }))
  return result
}
