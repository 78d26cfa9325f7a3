import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signsOf } from '../gallery/entry.ts'
import { handIn } from '../gallery/grade-entry.ts'
import { grade, verdictsOf } from '../harness.ts'
import { type Draw, entries, faultNamed, howOf } from './draw.ts'
import { type Wrong, wrongIn } from './oracle.ts'

export interface Outcome {
  seen: string
  wrong: Wrong[]
  /** Item → what the report says, of those that are wrong. */
  said: Record<string, string>
  seconds: number
  /** The run's folder and the submission beside it, kept where something is wrong. */
  kept?: string
}

/** Grades a draw, all ten items, and holds it against the oracle. */
export async function gradeDraw(draw: Draw): Promise<Outcome> {
  const entry = entries.get(draw.entry)
  if (!entry) throw new Error(`no submission called ${draw.entry}`)
  const fault = faultNamed(draw.fault)
  const put = fault?.put?.()
  const folder = mkdtempSync(join(tmpdir(), 'grade-soak-'))
  const [submission, runDir] = [join(folder, 'submission'), join(folder, 'run')]
  for (const path of [submission, runDir]) mkdirSync(path)
  await handIn(entry, submission)
  const began = Date.now()
  const result = await grade(submission, {
    ...{ seed: draw.seed, clients: draw.size, stop: howOf(draw), runDir },
    // What a fault makes slow may need longer than the entry alone.
    ...(entry.maxWaitMs && !fault && { maxWaitMs: entry.maxWaitMs }),
    lab: { ...fault?.lab, ...entry.lab },
    ...(put && { disturb: (item, world) => put(world, item) }),
  })
  const seconds = (Date.now() - began) / 1000
  const seen = signsOf(verdictsOf(result))
  const hidden = fault?.hides && entry[fault.hides]
  const wrong = wrongIn(entry.verdicts, fault?.rows[draw.size], seen, hidden)
  const isWrong = (id: string) => wrong.some(({ item }) => item === id)
  const said = result.items.filter(({ id }) => isWrong(id)).map((i) => [i.id, i.sentence])
  if (wrong.length === 0) rmSync(folder, { recursive: true, force: true })
  return {
    ...{ seen, wrong, said: Object.fromEntries(said), seconds },
    ...(wrong.length > 0 && { kept: folder }),
  }
}
