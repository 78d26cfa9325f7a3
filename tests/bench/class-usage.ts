import { readdirSync, readFileSync } from 'node:fs'

/** Linux: what processes have used, out of /proc. */
const ticksPerSecond = 100

/** CPU ms of all children of this process that have ended, and of theirs. */
export function cpuOfChildren(): number {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[13]) + Number(fields[14])) / ticksPerSecond) * 1000
}

/** Looks four times a second how much memory the process and all below it have, shared parts once. */
export function watchMemory(pid: number): { most(): number } {
  let most = 0
  const look = () => {
    const mb = familyOf(pid).reduce((sum, one) => sum + pssOf(one), 0)
    most = Math.max(most, mb)
  }
  const timer = setInterval(look, 250)
  return {
    most() {
      clearInterval(timer)
      return most
    },
  }
}

function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const)
  const family = [pid]
  for (const one of family)
    family.push(...parents.filter(([, parent]) => parent === one).map(([child]) => child))
  return family
}

function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}

/** Proportional: what several share is told once. */
function pssOf(pid: number): number {
  try {
    const [, kb = '0'] =
      /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? []
    return Number(kb) / 1024
  } catch {
    return 0
  }
}
