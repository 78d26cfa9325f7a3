import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { makeContainers } from './web.ts'

const container = makeContainers(() => {})

async function ask(image: string, path: string, method = 'GET') {
  const port = container(image, [])
  if (typeof port === 'string') throw new Error(`${image} ${port}`)
  const server = createServer(port).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  const response = await fetch(url, { method, headers: { connection: 'close' } })
  const body = await response.text()
  server.close()
  return { status: response.status, server: response.headers.get('server'), body }
}

test('nginx and httpd say who they are and show their page', async () => {
  const nginx = await ask('nginx:1.22.1', '/')
  expect(nginx).toMatchObject({ status: 200, server: 'nginx/1.22.1' })
  expect(nginx.body).toContain('Welcome to nginx!')
  expect(nginx.body).toHaveLength(615)
  const httpd = await ask('registry.example.org:5000/library/httpd:2.4.55', '/')
  expect(httpd).toMatchObject({ status: 200, server: 'Apache/2.4.55 (Unix)' })
  expect(httpd.body).toContain('It works!')
  expect(await ask('nginx:1.25.3-alpine', '/nope')).toMatchObject({
    status: 404,
    server: 'nginx/1.25.3',
  })
  expect((await ask('nginx', '/', 'HEAD')).body).toBe('')
})

test.each([
  ['nginx:1.22.1', ['sleep', '3600'], 'nothing listens'],
  ['nginx:1.22.1', ['true'], 'exits'],
  ['httpd:2.4.55', ['false'], 'exits'],
  ['postgres:15', [], 'gap'],
  ['nginx:1.22.1', ['sh', '-c', 'nginx'], 'gap'],
])('%s %j is %s', (image, command, expected) => {
  expect(container(image, command)).toBe(expected)
})

test('the usual foreground commands serve', () => {
  expect(container('nginx', ['nginx', '-g', 'daemon off;'])).toBeTypeOf('function')
  expect(container('httpd', ['httpd-foreground'])).toBeTypeOf('function')
})
