import { expect, test } from 'vitest'
import { apache, find, fixed, one, reference, three } from './submission-folder.ts'
import type { StageId } from './types.ts'

const wrongStages: [string, StageId, string, (text: string) => string][] = [
  ['no service', '01.1', one, (text) => text.replace(/service \{[^}]*\}/, '')],
  [
    'service of another name',
    '01.1',
    one,
    (text) => text.replace('name     = "nginx"', 'name = "web"'),
  ],
  ['ports not published', '01.1', one, (text) => text.replace(/ports\s+= .*/, '')],
  ['port 8080', '01.1', one, (text) => text.replace('to = 80', 'to = 8080')],
  ['count 2', '01.3', three, (text) => text.replace('count = 3', 'count = 2')],
  ['datacenter dc2', '01.1', one, (text) => text.replace('dc1', 'dc2')],
  ['too much memory', '01.1', one, (text) => text.replace('256', '64000')],
  [
    'unknown node',
    '01.1',
    one,
    (text) => text.replace('  group', '  constraint {\n    value = "box-9"\n  }\n  group'),
  ],
  ['provider nomad', '01.1', one, (text) => text.replace('"consul"', '"nomad"')],
  ['syntax error', '01.1', one, (text) => text.replace('network {', 'network')],
  ['static port 8080', '02.1', fixed, (text) => text.replace('static = 80', 'static = 8080')],
  [
    'count only in the config',
    '01.3',
    one,
    (text) => text.replace('auth_soft', 'count = 3\n auth_soft'),
  ],
  [
    'an apache made of nginx',
    '03.1',
    apache,
    (text) => text.replace('httpd:2.4.55', 'nginx:1.22.1'),
  ],
  ['nginx handed in as apache', '03.1', one, (text) => text],
  ['three apaches', '03.1', apache, (text) => text.replace('count = 1', 'count = 3')],
]

test.each(wrongStages)('%s: the file goes to %s, the others stay', async (_, id, from, change) => {
  const file = Object.keys(reference).find((name) => name.startsWith(id))!
  const found = await find({ ...reference, [file]: change(from) })
  for (const stage of Object.values(found.stages)) {
    expect(stage).toMatchObject({ file: expect.stringContaining(stage.id) })
    if (stage.id !== id) expect(stage).toMatchObject({ origin: { how: 'exact' } })
  }
  expect(found.unused).toEqual([])
})
