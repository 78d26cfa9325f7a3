import { expect, test } from 'vitest'
import { constraint as c, groupOf, jobOf, taskOf } from './testing.ts'
import { mayUse, pinnedBy, unclearConstraints } from './usable.ts'

const host = '$' + '{attr.unique.hostname}'
const node = '$' + '{node.unique.name}'
const withOne = (...constraints: ReturnType<typeof c>[]) => jobOf([groupOf(1)], { constraints })

test.each([
  [host, '=', 'box-1', true],
  [host, '=', 'box-2', false],
  [host, '', 'box-1', true],
  [host, '', 'box-2', false],
  [node, '==', 'box-1', true],
  [node, '==', 'box-2', false],
  [node, 'is', 'box-1', true],
  [node, 'is', 'box-2', false],
  [host, '!=', 'box-1', false],
  [host, '!=', 'box-2', true],
  [host, 'not', 'box-1', false],
  [host, 'not', 'box-2', true],
  [host, 'set_contains_any', 'box-2, box-1', true],
  [host, 'set_contains_any', 'box-2,box-3', false],
  [host, 'regexp', 'box-2', true],
  ['$' + '{meta.x}', '=', 'box-2', true],
  [`x${host}`, '=', 'box-2', true],
  [`${host}x`, '=', 'box-2', true],
])('%s %s %s lets box-1 be used: %s', (attribute, operator, value, may) => {
  expect(mayUse(withOne(c(attribute, operator, value)), 'box-1')).toBe(may)
})

test('a constraint of the job, a group or a task counts, and each must hold', () => {
  const not1 = c(host, '!=', 'box-1')
  expect(mayUse(jobOf([groupOf(1, { constraints: [not1] })]), 'box-1')).toBe(false)
  expect(mayUse(jobOf([groupOf(1, { tasks: [taskOf({ constraints: [not1] })] })]), 'box-1')).toBe(
    false,
  )
  expect(mayUse(withOne(c(host, '=', 'box-1'), not1), 'box-1')).toBe(false)
  expect(mayUse(jobOf([]), 'box-1')).toBe(true)
})

test.each([
  [host, '=', 'box-1', []],
  [node, '!=', 'box-1', []],
  [host, 'regexp', 'box-.', [`${host} regexp box-.`]],
  ['$' + '{meta.rack}', '=', 'r1', ['$' + '{meta.rack} = r1']],
  ['$' + '{node.unique.id}', '=', 'x', ['$' + '{node.unique.id} = x']],
  ['', 'distinct_hosts', 'true', []],
  ['$' + '{meta.rack}', 'distinct_property', '', []],
  ['$' + '{attr.kernel.name}', '=', 'linux', []],
  ['$' + '{attr.cpu.arch}', '=', 'amd64', []],
  ['$' + '{attr.driver.docker}', '=', '1', []],
  ['$' + '{attr.nomad.version}', '>', '1', []],
  ['$' + '{attr.consul.version}', '>', '1', []],
])(
  'of %s %s %s it is said which clients it leaves, or not: %j',
  (attribute, operator, value, unclear) => {
    expect(unclearConstraints(withOne(c(attribute, operator, value)))).toEqual(unclear)
  },
)

test.each([
  [host, '=', `${host} = box-1`],
  [host, '', `${host} = box-1`],
  [host, 'regexp', `${host} regexp box-1`],
  [host, '!=', undefined],
  [host, 'not', undefined],
  ['$' + '{meta.rack}', '=', undefined],
  ['$' + '{node.unique.id}', '=', '$' + '{node.unique.id} = box-1'],
])('%s %s box-1 pins: %s', (attribute, operator, pinned) => {
  expect(pinnedBy(withOne(c(attribute, operator, 'box-1')))).toBe(pinned)
})

test('an affinity of the job, a group or a task pins too, but not one against', () => {
  const towards = c(host, '=', 'box-1', 50)
  const against = c(host, '=', 'box-1', -50)
  const pinned = `${host} = box-1`
  expect(pinnedBy(jobOf([groupOf(1)], { affinities: [towards] }))).toBe(pinned)
  expect(pinnedBy(jobOf([groupOf(1, { affinities: [towards] })]))).toBe(pinned)
  expect(pinnedBy(jobOf([groupOf(1, { tasks: [taskOf({ affinities: [towards] })] })]))).toBe(pinned)
  expect(pinnedBy(jobOf([groupOf(1)], { affinities: [against] }))).toBeUndefined()
  expect(pinnedBy(jobOf([groupOf(1)], { affinities: [c(host, '=', 'box-1', 0)] }))).toBeUndefined()
})
