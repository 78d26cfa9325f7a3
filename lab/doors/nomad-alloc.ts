import type { ServerResponse } from 'node:http'
import { commandOf, imageOf } from '../nomad/client/docker.ts'
import { groupOf } from '../nomad/job/spec.ts'
import type { Allocation, TaskState } from '../nomad/types.ts'
import { Refusal, sendJson } from './nomad-answer.ts'
import { reachable } from './nomad-command-line.ts'
import type { Asked } from './nomad-http.ts'
import { bodyOf } from './nomad-submit.ts'
import { written } from './web-logs.ts'

/** `nomad alloc stop|restart|logs`; answers as Nomad 1.4.4 and 2.0.5 gave them on 2026-11-25. */

export function stop(asked: Asked): void {
  const done = asked.nomad.jobs.stopAllocation(asked.at[0] ?? '')
  if (!done) throw new Refusal(404, 'allocation not found')
  asked.response.setHeader('X-Nomad-Index', String(done.Index))
  sendJson(asked, { EvalID: done.EvalID, Index: done.Index })
}

export function restart(asked: Asked): void {
  const { nomad, world } = asked
  const alloc = onClient(asked)
  const { TaskName = '', AllTasks = false } = bodyOf(asked)
  if (AllTasks === true) throw new Refusal(501, 'lab: a restart of all tasks is not simulated')
  if (alloc.DesiredStatus !== 'run' && world.versions.nomad === '2.0.5') {
    throw new Refusal(500, 'restart of an alloc that should not run')
  }
  const runner = nomad.clients.get(alloc.NodeName)?.runner(alloc.ID)
  if (runner && !runner.restart(String(TaskName))) {
    throw new Refusal(500, `Could not find task runner for task: ${TaskName}`)
  }
  sendJson(asked, { Index: 0 })
}

/** What the container's program has said, whole, or as frames that a reader may follow. */
export function logs(asked: Asked): void {
  const { params, response } = asked
  const alloc = onClient(asked)
  const [task, type] = [params.get('task') ?? '', params.get('type') ?? '']
  if (task === '') throw new Refusal(400, 'must provide task name')
  if (type !== 'stdout' && type !== 'stderr') {
    throw new Refusal(400, 'must provide log type (stdout/stderr)')
  }
  const text = textOf(alloc, task, type)
  const from = offsetIn(text, params)
  if (params.get('plain') === 'true') {
    response.writeHead(200, { 'Content-Type': 'text/plain' })
    return void response.end(text.subarray(from))
  }
  response.writeHead(200, { 'Content-Type': 'application/json' })
  if (from < text.length) {
    const Data = text.subarray(from).toString('base64')
    const File = `alloc/logs/${task}.${type}.0`
    response.write(JSON.stringify({ Data, File, Offset: text.length }))
  }
  if (params.get('follow') !== 'true') return void response.end()
  // Nothing more is ever written: whoever follows waits.
  const waiting = response as ServerResponse & { parked?: boolean }
  waiting.parked = true
  response.flushHeaders()
}

function onClient(asked: Asked): Allocation {
  const { nomad, at } = asked
  const alloc = nomad.store.allocs.get(at[0] ?? '')
  const node = alloc && nomad.store.nodes.get(alloc.NodeID)
  if (!node) throw new Refusal(404, `Unknown allocation "${at[0]}"`)
  reachable(asked, node)
  return alloc
}

function textOf(alloc: Allocation, name: string, type: 'stdout' | 'stderr'): Buffer {
  const task = groupOf(alloc.Job, alloc.TaskGroup)?.Tasks.find((one) => one.Name === name)
  const state: TaskState | undefined = alloc.TaskStates?.[name]
  if (!task || !state) throw new Refusal(400, `unknown task name "${name}"`)
  // Nomad's client/fs_endpoint.go; read, not run.
  if (!state.StartedAt) {
    throw new Refusal(404, `task "${name}" not started yet. No logs available`)
  }
  const told = written(imageOf(task), commandOf(task), Date.parse(state.StartedAt))
  return Buffer.from(told[type])
}

function offsetIn({ length }: Buffer, params: URLSearchParams): number {
  const offset = Math.max(0, Number(params.get('offset')) || 0)
  const at = params.get('origin') === 'end' ? length - offset : offset
  return Math.min(length, Math.max(0, at))
}
