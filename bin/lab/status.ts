import { plain } from '../../helpers/grade/text.ts'
import { isLive } from '../../helpers/grade/tracks.ts'
import {
  inLanguage,
  type Language,
  type Message,
  msg,
  said,
} from '../../helpers/language/message.ts'
import { simulatedWord } from '../../helpers/report/words.ts'
import { faultNames } from '../../lab/named-faults.ts'
import { faultOn } from './parts.ts'
import type { RunningLab } from './running.ts'
import { powerWords } from './words.ts'

/** What is so in a lab, for a terminal: a line for each VM, then DNS and the fault; texts are clean. */
export function statusLines({ address, state }: RunningLab, language: Language): string[] {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const heads = [msg('VM'), msg('Power'), said('Nomad'), said('Consul'), msg('Replicas')].map(say)
  const rows = state.vms.map(({ name, power }) => {
    const node = state.nodes.find(({ vm }) => vm === name)
    const member = state.members.find(({ vm }) => vm === name)
    const replicas = state.replicas
      .filter(({ vm, status }) => vm === name && isLive(status))
      .map(({ job, id, ports, status }) => `${job} ${id.slice(0, 8)} ${ports.join(' ')} ${status}`)
    const nomad = node ? `${node.status}${node.eligible ? '' : ', ineligible'}` : '—'
    const said = plain(replicas.join('; '), 4000)
    return [name, say(powerWords[power]), nomad, member?.status ?? '—', said]
  })
  const all = [heads, ...rows]
  const widths = heads.map((_, n) => Math.max(...all.map((row) => [...(row[n] ?? '')].length)))
  const fault = state.fault
  const known = faultNames.find((one) => one === fault?.name)
  return [
    say(
      msg('{simulated} cluster, seed {seed}, {speed} cluster second(s) a second: {address}', {
        ...{ simulated: simulatedWord, seed: `${state.seed}`, speed: `${state.speed}`, address },
      }),
    ),
    ...all.map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    ...state.dns.map(({ name, addresses, rcode }) => {
      const none = rcode === '' ? say(msg('no answer within a second')) : rcode
      return `${plain(name)} → ${addresses.join(', ') || none}`
    }),
    say(faultOn({ on: fault && known ? { name: known, vm: fault.vm } : undefined })),
  ]
}
