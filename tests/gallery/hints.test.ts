import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Reason } from '../../helpers/grade/reason.ts'
import { explain } from '../../helpers/grade/sentences.ts'
import { gallery } from './tables.ts'

const facts = fileURLToPath(new URL('../../docs/facts/cluster-facts.md', import.meta.url))
/** The first column of the table of mistakes (cluster-facts §6). */
const rows = (/^## 6\.[\s\S]*?(?=^## 7)/m.exec(readFileSync(facts, 'utf8'))?.[0] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (mistake|---)/.test(line))
  .map((line) => line.split('|')[1]?.trim() ?? '')

type Shown =
  /** Names of gallery entries that tell a student so. */
  | { entries: string[] }
  /** The lab's fault, which no submission makes: the sentence that it gives. */
  | { lab: Reason['code']; values: Reason['values'] }
  | { notShown: string }

const shown: Record<string, Shown> = {
  'no `service` block': { entries: ['no-service'] },
  'service port label not in network': {
    entries: ['service-port-label-unknown', 'group-service-port-label-unknown'],
  },
  'no `port` in service': { entries: ['service-without-port'] },
  'no service name': { entries: ['service-without-name'] },
  'no `ports=["http"]` in docker config': { entries: ['docker-ports-missing'] },
  'label in `ports` wrong': { entries: ['docker-port-label-unknown'] },
  'dynamic port without `to = 80`': { entries: ['network-without-to'] },
  '`static = 80` without `to`': { entries: ['static without to'] },
  '`to = 8080`': { entries: ['network-to-8080'] },
  '`count` in job/task/network block': { entries: ['count-in-task', 'no group around the task'] },
  '`count` in docker `config`': { entries: ['count-in-config'] },
  '`provider = "nomad"`': { entries: ['provider-nomad'] },
  'mixed providers in a group': { entries: ['two providers in one group'] },
  'wrong datacenter': { entries: ['datacenter-dc2'] },
  'no `datacenters` on 1.4': {
    entries: ['datacenters-missing', 'on Nomad 2 without datacenters'],
  },
  'image typo': { entries: ['image-typo', 'a tag that does not exist'] },
  'registry rate limit / no internet': {
    lab: 'registry',
    values: { vm: 'box-7', text: 'API error (500): toomanyrequests' },
  },
  'no `auth_soft_fail` with broken auth helper': {
    lab: 'registry',
    values: { vm: 'box-7', text: 'Failed to find docker auth for repo "nginx"' },
  },
  'old job not purged (03.1)': {
    notShown: 'the grader purges nginx itself: if that fails it is nobody’s mark (rubric, 03.1)',
  },
  'failing check': { entries: ['check-failing', 'a check of a page that is not there'] },
  "port 80 taken by the VM's own apache": {
    lab: 'host-port-taken',
    values: { vm: 'box-7', text: 'listen tcp4 192.168.56.107:80: bind: address already in use' },
  },
  'memory/cpu too large': {
    entries: ['memory-too-large', 'cpu for ten'],
  },
  'constraint/driver problems': { entries: ['constraint-unknown-node', 'raw-exec'] },
  'client advertises 10.0.2.15 (Vagrant NAT; `network_interface` unset → default-route interface)':
    { lab: 'nat-address', values: { vm: 'box-7' } },
  'static port for 03 left from 02': { entries: ['apache at the static port of 02'] },
  'job name ≠ expected': { entries: ['a job of another name'] },
}

test('every row of the table of mistakes is shown by the gallery, or says why not', () => {
  expect(Object.keys(shown)).toEqual(rows)
})

for (const [row, how] of Object.entries(shown)) {
  test(`${row}: a sentence that stands alone`, () => {
    if ('notShown' in how) return expect(how.notShown).not.toBe('')
    if ('lab' in how) {
      const said = explain({ code: how.lab, blame: 'lab', values: how.values })
      expect(said.sentence).toMatch(/^.*box-7.*$/)
      return expect(said.hint).not.toBe('')
    }
    for (const name of how.entries) {
      const entries = gallery.filter((entry) => entry.name === name)
      expect(entries, name).not.toEqual([])
      // What looks like a mistake and is none has nothing to say; the others name the file's line.
      for (const { says, verdicts } of entries)
        if (verdicts.includes('F')) expect(says, name).toMatch(/\(\S+\.nomad, line \d+\)\.$/)
    }
  })
}

test('every sentence of the gallery is one line of at most 300 letters', () => {
  for (const { name, says = '' } of gallery) {
    expect(says, name).not.toContain('\n')
    expect(says.length, name).toBeLessThan(300)
  }
})
