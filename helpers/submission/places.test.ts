import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { placesOf } from './places.ts'

const fixed = await readFile(
  join(import.meta.dirname, '../../examples/submissions/reference/02.1-nginx.nomad'),
  'utf8',
)

test('the well-known places of the sheet’s job', () => {
  expect(placesOf(fixed, 'hcl')).toMatchObject({
    job: 1,
    datacenters: 2,
    group: 4,
    count: 5,
    network: 7,
    port: 8,
    static: 9,
    to: 10,
    task: 14,
    driver: 15,
    config: 17,
    image: 18,
    ports: 19,
    service: 23,
    'service.name': 24,
    'service.port': 25,
    'service.provider': 26,
    resources: 29,
    cpu: 30,
    memory: 31,
  })
  expect(placesOf(fixed, 'hcl').constraint).toBeUndefined()
})

test('a file that does not parse has its places as well', () => {
  expect(placesOf(fixed.replace('network {', 'network'), 'hcl')).toMatchObject({
    network: 7,
    static: 9,
    image: 18,
    'service.name': 24,
  })
})

test('comments, strings and heredocs hold no places', () => {
  const text = `# job "a" {
// count = 1
/* group "a" {
*/
job "x" {
  group "g" {
    task "t" {
      template {
        data = <<EOF
service { name = "a" }
count = 9
EOF
      }
      config {
        args = ["count = 3", "{", "\${upper("}")}"]
      }
    }
    count = 2
  }
}`
  const places = placesOf(text, 'hcl')
  expect(places).toMatchObject({ job: 5, group: 6, template: 8, count: 18 })
  expect(places.service).toBeUndefined()
})

test('a count in the wrong block is not the group’s', () => {
  const places = placesOf('job "a" {\n task "t" {\n count = 3\n }\n}', 'hcl')
  expect(places.count).toBeUndefined()
  expect(places['task.count']).toBe(3)
})

test('the same places in JSON', () => {
  const group = {
    Name: 'g',
    Count: 3,
    Networks: [{ ReservedPorts: [{ Label: 'http', Value: 80, To: 80 }] }],
    Services: [{ Name: 'nginx', PortLabel: 'http' }],
  }
  const text = JSON.stringify({ Job: { ID: 'a', Type: 'service', TaskGroups: [group] } }, null, 1)
  const lines = text.split('\n')
  const at = (part: string) => lines.findIndex((line) => line.includes(part)) + 1
  expect(placesOf(text, 'json')).toMatchObject({
    job: at('"Job"'),
    type: at('"Type"'),
    group: at('"TaskGroups"'),
    count: at('"Count"'),
    static: at('"Value"'),
    to: at('"To"'),
    'service.name': at('"nginx"'),
    'service.port': at('"PortLabel"'),
  })
})

test.each(['"', '{', '}}}}', 'job "', '<<EOF', '/*', `a = "\${`, '\ufeff', 'a = {[(', '🙂 = {'])(
  'broken text %j ends',
  (text) => {
    expect(placesOf(text, 'hcl')).toBeDefined()
    expect(placesOf(text, 'json')).toBeDefined()
  },
)
