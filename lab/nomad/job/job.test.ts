import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorList } from './error-list.ts'
import type { RestartPolicy, Update } from './spec.ts'
import { serverJob } from './structs.ts'
import { registerWarnings, validationErrors } from './validate.ts'

const folder = new URL('../../../tests/conformance/recordings/mistakes/', import.meta.url)
const entries = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }))
  .filter((entry) => entry.validate)

test.each(entries)('validates $name as Nomad 1.4.4 did', ({ parse, validate }) => {
  const errors = validationErrors(serverJob(parse.body, '1.4.4'), '1.4.4')
  expect({
    errors: errors.length ? errors : null,
    text: errors.length ? errorList(errors) : '',
  }).toEqual({ errors: validate.body.ValidationErrors, text: validate.body.Error })
})

test('warns of a missing shutdown_delay in Nomad 2 only', () => {
  const { parse } = entries.find((entry) => entry.name === 'right-dynamic.json')!
  expect(registerWarnings(serverJob(parse.body, '1.4.4'), '1.4.4')).toBe('')
  expect(registerWarnings(serverJob(parse.body, '2.0.5'), '2.0.5')).toBe(
    '1 warning:\n\n* task "nginx" in group "nginx" defines services, but has no shutdown_delay set',
  )
})

// Real answers of Nomad 2.0.5, 2026-11-25; that 1.4.4 nests them is in its source (structs.go).
test.each<[Partial<RestartPolicy & Update>, string[]]>([
  [
    { Attempts: 9999, Interval: 86_400e9, Delay: 20e9, Mode: 'delay' },
    ["Nomad can't restart the TaskGroup 9999 times in an interval of 24h0m0s with a delay of 20s"],
  ],
  [
    { Attempts: 2, Interval: 1e9, Delay: 15e9, Mode: 'fail' },
    [
      'Interval can not be less than 5s (got 1s)',
      "Nomad can't restart the TaskGroup 2 times in an interval of 1s with a delay of 15s",
    ],
  ],
  [
    { Attempts: 0, Interval: 1800e9, Delay: 15e9, Mode: 'delay' },
    ['Restart policy "delay" with 0 attempts is ambiguous'],
  ],
  [
    { Attempts: 2, Interval: 1800e9, Delay: 15e9, Mode: 'never' },
    ['Unsupported restart mode: "never"'],
  ],
  [
    { MinHealthyTime: 600e9 },
    ['Minimum healthy time must be less than healthy deadline: 10m0s > 5m0s'],
  ],
])('refuses a group with %j', (given, texts) => {
  const refused = (version: '1.4.4' | '2.0.5') => {
    const { parse } = entries.find((entry) => entry.name === 'right-dynamic.json')!
    const job = serverJob(parse.body, version)
    const [group] = job.TaskGroups
    Object.assign('Attempts' in given ? group!.RestartPolicy : group!.Update!, given)
    return validationErrors(job, version)
  }
  const begin = 'Task group nginx validation failed: '
  expect(refused('2.0.5')).toEqual([begin + errorList(texts)])
  expect(refused('1.4.4')).toEqual([begin + errorList([errorList(texts)])])
})
