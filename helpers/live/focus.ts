import { rubric } from '../../suites/rubric.ts'
import type { Reason } from '../grade/reason.ts'
import { tellReason } from '../grade/sentences.ts'
import { type Message, msg } from '../language/message.ts'
import type { StageId } from '../submission/types.ts'
import { actOf, type Step } from './attempts.ts'
import type { Judged } from './judged.ts'
import type { Seen } from './look.ts'
import type { Story } from './story.ts'

/** What one look made of each item that it concerns. */
export type Looks = Map<string, { step: Step; judged?: Judged }>

/** What is waited for now. */
export interface Focus {
  item: string
  say: Message
  /** Why the item is not seen, where something keeps it from being so. */
  reason?: Reason
  hopeless?: boolean
}

/** The items that the state of a stage is for. */
const parts: Record<StageId, string[]> = {
  '01.1': ['01.1', '01.2'],
  '01.3': ['01.3'],
  '02.1': ['02.1', '02.2', '02.3'],
  '03.1': ['03.1', '03.2', '03.3', '03.4'],
}

/** What the jobs are meant for: apache comes last on the sheet. */
export const aimOf = ({ jobs }: Seen): StageId | undefined => jobs.apache?.aim ?? jobs.nginx?.aim

/** The item that is next: of those that the job is for, then the later ones, then what was left out. */
export function focusOf(story: Story, seen: Seen, looks: Looks): Focus | undefined {
  const aim = aimOf(seen)
  const own = aim ? parts[aim] : []
  const open = (ids: string[]) => ids.filter((id) => !story.proved.has(id))
  const all = Object.keys(rubric.items).sort()
  const [first = ''] = own
  const later = all.filter((id) => id > first && !own.includes(id))
  for (const id of open(own)) {
    const focus = underWay(id, looks)
    if (focus) return focus
  }
  for (const id of open(own)) {
    const step = looks.get(id)?.step
    if (step && 'act' in step) return { item: id, say: step.act }
  }
  const [next] = [...open(later), ...open(all)]
  if (next === undefined) return undefined
  const step = looks.get(next)?.step
  return { item: next, say: step && 'act' in step ? step.act : actOf(next) }
}

function underWay(id: string, looks: Looks): Focus | undefined {
  const { step, judged } = looks.get(id) ?? {}
  if (step && 'wait' in step) return { item: id, say: step.wait }
  if (!judged || judged.state === 'proved') return undefined
  if (judged.state === 'holding')
    return {
      item: id,
      say: msg('All of it is seen: it must stay so for {seconds} s more.', {
        seconds: Math.ceil(judged.leftMs / 1000),
      }),
    }
  const { reason } = judged
  const { sentence } = tellReason(reason)
  return { item: id, say: sentence, reason, hopeless: judged.state === 'hopeless' }
}
