import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { setTimeout as wallSleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { makeTime } from './clock.ts'
import { makePipe } from './doors/pipe.ts'

const virtually = () => makeTime({ kind: 'virtual' }, 0)

test('sleeps end in order of cluster time, with the events of the world between them', async () => {
  const { clock, after } = virtually()
  const seen: string[] = []
  const say = (what: string) => seen.push(`${what} ${clock.now()}`)
  after(1500, () => say('event'))
  after(5000, () => say('never: nobody waits that long'))
  const sleeper = async (ms: number) => {
    await clock.sleep(ms)
    say('woke')
  }
  await Promise.all([sleeper(2000), sleeper(1000), sleeper(86_400)].slice(0, 2))
  expect(seen).toEqual(['woke 1000', 'event 1500', 'woke 2000'])
})

test('time stands still while nobody sleeps, whatever the world has planned', async () => {
  const { clock, after } = virtually()
  let happened = false
  after(10, () => {
    happened = true
  })
  await wallSleep(30)
  expect([happened, clock.now()]).toEqual([false, 0])
})

test('time stands still while a hold is out', async () => {
  const { clock } = virtually()
  const release = clock.hold()
  let woke = false
  const sleeping = clock.sleep(1).then(() => {
    woke = true
  })
  await wallSleep(30)
  expect(woke).toBe(false)
  release()
  await sleeping
})

test('what an event asks for before the next sleep ends still happens first', async () => {
  const { clock, after } = virtually()
  const seen: number[] = []
  const beat = () => {
    seen.push(clock.now())
    after(100, beat)
  }
  after(100, beat)
  await clock.sleep(350)
  expect(seen).toEqual([100, 200, 300])
})

test('an aborted sleep rejects with the reason, and an undone event does not happen', async () => {
  const { clock, after } = virtually()
  const control = new AbortController()
  const sleeping = clock.sleep(1e9, control.signal)
  control.abort(new Error('enough'))
  await expect(sleeping).rejects.toThrow('enough')
  await expect(clock.sleep(1, control.signal)).rejects.toThrow('enough')
  let happened = false
  after(1, () => {
    happened = true
  })()
  await clock.sleep(10)
  expect(happened).toBe(false)
})

test('an error of the world reaches whoever sleeps, then and later', async () => {
  const time = virtually()
  time.after(5, () => {
    throw new Error('broken')
  })
  await expect(time.clock.sleep(10)).rejects.toThrow('broken')
  await expect(time.clock.sleep(10)).rejects.toThrow('broken')
  expect(time.failure?.message).toBe('broken')
})

test('closing ends every sleep', async () => {
  const time = virtually()
  const release = time.clock.hold()
  const sleeping = time.clock.sleep(10)
  time.close()
  release()
  await expect(sleeping).rejects.toThrow('closed')
})

test('an unanswered request holds time, a parked one does not', async () => {
  const time = virtually()
  const responses: (ServerResponse & { parked?: boolean })[] = []
  const server = createServer((_, response) => void responses.push(response))
  time.quiet.watch(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const asked = fetch(url).then((response) => response.text())
  while (responses.length === 0) await wallSleep(1)
  let woke = false
  const sleeping = time.clock.sleep(1000).then(() => {
    woke = true
  })
  await wallSleep(30)
  expect(woke).toBe(false)
  responses[0]!.parked = true
  await sleeping
  responses[0]!.end('late')
  expect(await asked).toBe('late')
  server.close()
})

test('a channel within a connection, which has no port of its own, is not the end of a wire', async () => {
  const time = virtually()
  const [, first] = makePipe()
  time.quiet.serverSocket(first)
  const channel = new PassThrough()
  time.clock.track(channel as unknown as Socket)
  channel.destroy()
  await once(channel, 'close')
  await time.clock.sleep(10)
  expect(time.now()).toBe(10)
})

test('on the wall clock events happen when due, speeded up', async () => {
  const time = makeTime({ kind: 'wall', speed: 20 }, 0)
  const seen: string[] = []
  time.after(200, () => seen.push('b'))
  time.after(100, () => seen.push('a'))
  await time.clock.sleep(400)
  expect(seen).toEqual(['a', 'b'])
  expect(time.now()).toBeGreaterThanOrEqual(400)
  time.close()
})

test('a pace delays jumps and changes nothing else', async () => {
  const time = makeTime({ kind: 'virtual', pace: 20 }, 0)
  const began = performance.now()
  await time.clock.sleep(1000)
  expect(time.now()).toBe(1000)
  expect(performance.now() - began).toBeGreaterThanOrEqual(40)
})
