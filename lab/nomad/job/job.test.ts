import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { serverJob } from './structs.ts'
import { errorList, registerWarnings, validationErrors } from './validate.ts'

const folder = new URL('../../../tests/conformance/recordings/mistakes/', import.meta.url)
const entries = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), 'utf8')) }))
  .filter((entry) => entry.validate)

test.each(entries)('validates $name as Nomad 1.4.4 did', ({ parse, validate }) => {
  const errors = validationErrors(serverJob(parse.body, '1.4.4'))
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
