import { expect, test } from 'vitest'
import { familiar, registryAnswer } from './registry.ts'
import { recorded, testCluster } from './test-cluster.ts'

const right = recorded('right-dynamic')
const inConfig = (line: string) => right.replace(/image +=/, `${line}\n image =`)
const inTask = (line: string) => right.replace(/driver +=/, `${line}\n driver =`)
const inGroup = (line: string) => right.replace(/count +=/, `${line}\n count =`)
const imaged = (image: string) => right.replace(/image += "[^"]*"/, `image = "${image}"`)

test.each([
  ['an entrypoint', inConfig('entrypoint = ["/bin/sh"]'), 'entrypoint in the docker config'],
  [
    'a command',
    inConfig('command = "sh"\n args = ["-c", "x"]'),
    'the image "nginx:1.22.1" with the command "sh -c x"',
  ],
  ['another image', imaged('postgres:15'), 'the image "postgres:15"'],
  ['an image of somebody', imaged('anna/nginx:1'), 'the image "anna/nginx:1"'],
  ['a digest', imaged('nginx@sha256:ab'), 'the image "nginx@sha256:ab"'],
  ['a mount', inConfig('volumes = ["local/conf:/etc/nginx/conf.d"]'), 'volumes of the allocation'],
  ['a user', inTask('user = "www"'), 'the user "www"'],
  [
    'a template',
    inTask('template {\n data = "{{ key \\"a\\" }}"\n destination = "local/a"\n }'),
    'a template with more than plain text',
  ],
  ['a lifecycle', inTask('lifecycle {\n hook = "prestart"\n }'), 'a task with Lifecycle'],
  ['a volume', inGroup('volume "v" {\n type = "host"\n source = "v"\n }'), 'a group with Volumes'],
  ['a bridge', right.replace('network {', 'network {\n mode = "bridge"'), 'network mode "bridge"'],
  [
    'a namespace',
    right.replace('datacenters', 'namespace = "x"\n datacenters'),
    'the namespace "x"',
  ],
  [
    'a periodic job',
    right.replace('datacenters', 'periodic {\n cron = "* * * * *"\n }\n datacenters'),
    'a job with Periodic',
  ],
  [
    'an operator',
    inGroup('constraint {\n attribute = "a"\n operator = "~"\n value = "b"\n }'),
    'the constraint a ~ b',
  ],
  [
    'a pattern of Go',
    inGroup('constraint {\n attribute = "a"\n regexp = "[[:alpha:]]"\n }'),
    'the constraint a regexp [[:alpha:]]',
  ],
  [
    'a health check by hand',
    inGroup('update {\n health_check = "manual"\n }'),
    'health_check = "manual"',
  ],
])('%s is a gap with its name', async (_, text, name) => {
  const { register, store } = testCluster()
  await expect(register(text)).rejects.toThrow(`lab: ${name} is not simulated`)
  expect(store.jobs.size).toBe(0)
})

test.each([
  ['nginx', ''],
  ['nginx:1.22.1', ''],
  ['docker.io/library/nginx:1.25-alpine', ''],
  ['public.ecr.aws/docker/library/httpd:2.4.55', ''],
  ['ngnix:1.22.1', /pull access denied for ngnix/],
  ['apache', /pull access denied for apache/],
  ['nginx:1.22.9', /manifest for nginx:1.22.9 not found/],
  ['nginx:1.221', /manifest for nginx:1.221 not found/],
  ['httpd:1.22.1', /manifest for httpd:1.22.1 not found/],
  ['nginx:latst', /manifest for nginx:latst not found/],
  ['nginx:1.99', /manifest for nginx:1.99 not found/],
  ['nginx:1.28.7', 'gap'],
  ['registry.example.org/nginx:1.22.1', 'gap'],
  ['bitnami/nginx', 'gap'],
])('the registry is asked for %s', (image, answer) => {
  if (typeof answer === 'string') expect(registryAnswer(image)).toBe(answer)
  else expect(registryAnswer(image)).toMatch(answer)
})

test.each([
  ['true', [], 0],
  ['/bin/false', [], 1],
  ['/usr/bin/sleep', ['4'], 0],
  ['sleep', ['0.1m'], 0],
  ['sleep', ['abc'], 1],
])('the program %s %j ends with its code, and is started again', async (command, args, code) => {
  const { register, until, store } = testCluster()
  await register(inConfig(`command = "${command}"\n args = ${JSON.stringify(args)}`))
  const events = () => store.allocsOf('nginx')[0]?.TaskStates?.nginx?.Events ?? []
  const ms = until(() => events().some((one) => one.Type === 'Restarting'))
  const texts = events().map((one) => one.DisplayMessage)
  expect(texts).toContain(`Exit Code: ${code}`)
  const seconds = args[0] === '4' ? 4 : args[0] === '0.1m' ? 6 : 0
  expect(Math.floor(ms / 1000)).toBeGreaterThanOrEqual(seconds)
  expect(Math.floor(ms / 1000)).toBeLessThanOrEqual(seconds + 2)
  until(() => store.allocsOf('nginx')[0]?.ClientStatus === 'failed')
  expect(events().filter((one) => one.Type === 'Started')).toHaveLength(3)
})

test.each(['sleep infinity', 'sleep 1d'])('%s runs and nobody listens', async (line) => {
  const [command, argument] = line.split(' ')
  const { register, until, pass, running, world } = testCluster()
  await register(inConfig(`command = "${command}"\n args = ["${argument}"]`))
  until(() => running('nginx').length === 1)
  pass(60_000)
  const [alloc] = running('nginx')
  expect(world.vms.get(alloc!.NodeName)!.isListening(alloc!.Ports[0]!.Value)).toBe(false)
})

test.each(['nginx', '/usr/sbin/nginx'])(
  'the image’s own command line with %s serves',
  async (program) => {
    const { register, until, running, world } = testCluster()
    await register(inConfig(`command = "${program}"\n args = ["-g", "daemon off;"]`))
    until(() => running('nginx').length === 1)
    const [alloc] = running('nginx')
    expect(world.vms.get(alloc!.NodeName)!.isListening(alloc!.Ports[0]!.Value)).toBe(true)
  },
)

test.each([
  ['nginx:1.22.1', 'nginx:1.22.1'],
  ['docker.io/library/nginx:1.22.1', 'nginx:1.22.1'],
  ['library/nginx', 'nginx:latest'],
  ['localhost:5000/nginx', 'localhost:5000/nginx:latest'],
  ['nginx@sha256:00', 'nginx@sha256:00'],
])('%s is kept as %s', (image, name) => {
  expect(familiar(image)).toBe(name)
})
