import { hostname, userInfo } from 'node:os'
import { isAlive, processId } from './cluster/process.ts'
import type { Connected } from './connect.ts'
import { type Lock, takeLock } from './consul/lock.ts'
import type { Message } from './language/message.ts'

export interface LockFor {
  student: string
  say(sentence: Message): void
  signal: AbortSignal
}

/** Takes the cluster for this process, so that no second grader comes between (rubric, 00). */
export function lockCluster(cluster: Connected, { student, say, signal }: LockFor): Promise<Lock> {
  const { consul, clock, kind } = cluster
  const since = new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  const holder = { who: userName(), host: hostname(), student, pid: process.pid, since }
  return takeLock({
    ...{ consul, clock, holder, say, signal },
    embedded: kind === 'lab',
    isAlive: (pid) => pid > 0 && isAlive({ ...processId(pid), boot: '' }),
  })
}

/** A process without an entry in the password file has none. */
function userName(): string {
  try {
    return userInfo().username
  } catch {
    return 'somebody'
  }
}
