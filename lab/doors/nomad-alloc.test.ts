import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Lab, World } from '../contract.ts'
import { startLab } from '../lab.ts'

const recordings = new URL('../../tests/conformance/recordings/mistakes/', import.meta.url)
const nginx = readFileSync(new URL('right-dynamic.nomad', recordings), 'utf8')

interface Shown {
  ID: string
  DesiredStatus: string
  ClientStatus: string
  NextAllocation?: string
  TaskStates: Record<string, { Restarts: number; Events: { Type: string }[] }>
}

async function deployed(nomad: World['versions']['nomad']) {
  const versions = { nomad, consul: '1.14.4' } as const
  const lab: Lab = await startLab({ seed: 1, time: { kind: 'wall', speed: 20 }, versions })
  await lab.world.others.runJob(nginx)
  const replicas = () => lab.view().replicas.filter(({ status }) => status === 'running')
  await expect.poll(replicas, { timeout: 5000 }).toHaveLength(1)
  const { id } = replicas()[0]!
  const ask = async (path: string, method = 'GET', body?: string) => {
    const url = `http://${lab.doors['nomad box-1']}/v1/${path}`
    const answer = await fetch(url, { method, ...(body && { body }) })
    return { status: answer.status, text: await answer.text() }
  }
  const shown = async () => JSON.parse((await ask(`allocation/${id}`)).text) as Shown
  return { lab, id, ask, shown }
}

test.each(['1.4.4', '2.0.5'] as const)(
  '%s: an allocation is restarted, stopped and replaced, and its logs are read',
  async (version) => {
    const { lab, id, ask, shown } = await deployed(version)
    try {
      const logs = await ask(`client/fs/logs/${id}?task=nginx&type=stdout&plain=true`)
      expect(logs.text).toMatch(/ready for start up\n$/)
      const tail = await ask(`client/fs/logs/${id}?task=nginx&type=stdout&origin=end&offset=9`)
      const { Data, File } = JSON.parse(tail.text) as { Data: string; File: string }
      expect(Buffer.from(Data, 'base64').toString()).toBe('start up\n')
      expect(File).toBe('alloc/logs/nginx.stdout.0')
      const wrong = await ask(`client/fs/logs/${id}?task=nope&type=stdout`)
      expect(wrong).toEqual({ status: 400, text: 'unknown task name "nope"' })

      expect(await ask(`client/allocation/${id}/restart`, 'PUT', '{"TaskName":"nope"}')).toEqual({
        status: 500,
        text: 'Could not find task runner for task: nope',
      })
      const restarted = await ask(`client/allocation/${id}/restart`, 'PUT', '{}')
      expect(restarted).toEqual({ status: 200, text: '{"Index":0}' })
      const events = async () => (await shown()).TaskStates.nginx?.Events.map(({ Type }) => Type)
      // As of a real client (2026-11-25): no `Killing` among them.
      const [again, started] = ['Restart Signaled', 'Started']
      const whole = ['Received', 'Task Setup', started, again, 'Terminated', 'Restarting', started]
      await expect.poll(events, { timeout: 5000 }).toEqual(whole)
      expect((await shown()).TaskStates.nginx?.Restarts).toBe(1)
      await expect.poll(() => lab.view().instances.length, { timeout: 5000 }).toBe(1)

      const stopped = await ask(`allocation/${id}/stop`, 'PUT')
      expect(stopped.status).toBe(200)
      await expect.poll(shown, { timeout: 5000 }).toMatchObject({
        ...{ DesiredStatus: 'stop', ClientStatus: 'complete' },
        NextAllocation: expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
      const late = await ask(`client/allocation/${id}/restart`, 'PUT', '{}')
      expect(late.status).toBe(version === '2.0.5' ? 500 : 200)
      expect((await ask(`allocation/${'0'.repeat(8)}/stop`, 'PUT')).status).toBe(404)
    } finally {
      await lab.close()
    }
  },
)
