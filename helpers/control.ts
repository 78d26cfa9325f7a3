import type { Control } from './grade/evidence.ts'
import { isFit, lookAtStanding } from './machines.ts'
import type { Run } from './run.ts'
import { told } from './time/fault.ts'

/**
 * Could the cluster have done what was wanted? Leaders, how many clients are fit, and with `probe`
 * whether Nomad places a tiny job of the grader's own (rubric, Verdicts).
 */
export async function takeControl(run: Run, needed: number, probe: boolean): Promise<Control> {
  const { nomad, consul } = run.cluster
  const { lost } = run.options.lock
  try {
    if (lost) throw lost
    const [leader, other, seen] = await Promise.all([
      nomad.leader(),
      consul.leader(),
      lookAtStanding(run.cluster),
    ])
    const fit = run.machines.clients.filter((name) => isFit(seen, name)).length
    const control: Control = { leader: leader !== '' && other !== '', fit, needed, trouble: '' }
    return probe ? { ...control, probe: await run.jobs.probeIsPlaced() } : control
  } catch (error) {
    return { leader: false, fit: 0, needed, trouble: told(error) }
  }
}
