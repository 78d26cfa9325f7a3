import { servicesOf, wantedReplicas } from './job.ts'
import { parseJob } from './parse.ts'
import type { Statement } from './statements.ts'
import { statementsOf } from './statements.ts'
import type { Body } from './values.ts'
import { bodies, field, isBody, list, text as textOf } from './values.ts'

/**
 * The text of an earlier state of a job file: `count` allocations, dynamic ports, everything else as
 * it is and, for HCL, on its own line. A static port without `to` becomes that `to`, since the
 * container listens there. undefined when the text does not let itself be changed so.
 */
export async function earlierText(
  text: string,
  format: 'hcl' | 'json',
  service: string,
  count: number,
): Promise<string | undefined> {
  const changed =
    format === 'json' ? changeJson(text, service, count) : changeHcl(text, service, count)
  if (changed === undefined) return undefined
  const parsed = await parseJob(changed, format)
  if (!('job' in parsed)) return undefined
  const { job } = parsed
  const registers = job.groups.some((group) =>
    servicesOf(group).some((each) => each.name === service && each.provider === 'consul'),
  )
  const isCounted = !registers || wantedReplicas(job, service) === count
  const isDynamic = job.groups.every((group) =>
    group.networks.every((network) => network.ports.every((port) => port.value === 0)),
  )
  return isCounted && isDynamic ? changed : undefined
}

interface Edit {
  start: number
  end: number
  text: string
}

function changeHcl(text: string, service: string, count: number): string | undefined {
  const statements = statementsOf(text)
  const group = groupToChange(statements, service)
  if (!group) return undefined
  const edits = [countEdit(group, count), ...portEdits(statements)]
  return edits
    .filter((edit) => edit !== undefined)
    .sort((a, b) => b.start - a.start)
    .reduce((all, edit) => all.slice(0, edit.start) + edit.text + all.slice(edit.end), text)
}

/** The statements of a group, its own opening first. */
type Block = [Statement, ...Statement[]]

function blocksOf(statements: Statement[], name: string): Block[] {
  return statements.flatMap((opening, at): Block[] => {
    if (opening.name !== name || opening.kind !== 'block') return []
    const rest = statements.slice(at + 1)
    const end = rest.findIndex((each) => each.path.length <= opening.path.length)
    return [[opening, ...rest.slice(0, end < 0 ? rest.length : end)]]
  })
}

function groupToChange(statements: Statement[], service: string): Block | undefined {
  const groups = blocksOf(statements, 'group')
  const named = groups.find((group) =>
    group.some(
      (each) =>
        each.name === 'name' && each.path.at(-1) === 'service' && each.value === `"${service}"`,
    ),
  )
  return named ?? groups[0]
}

function countEdit(group: Block, count: number): Edit | undefined {
  const [opening] = group
  const written = group.find(
    (each) => each.name === 'count' && each.path.length === opening.path.length + 1,
  )
  if (written) return { start: written.valueStart, end: written.end, text: String(count) }
  if (count === 1) return undefined
  return { start: opening.end, end: opening.end, text: `\n    count = ${count}` }
}

function portEdits(statements: Statement[]): Edit[] {
  return blocksOf(statements, 'port').flatMap((port) => {
    const fixed = port.find((each) => each.name === 'static' && each.kind === 'attribute')
    if (!fixed) return []
    const hasTo = port.some((each) => each.name === 'to' && each.kind === 'attribute')
    const text = hasTo ? '' : `to = ${fixed.value}`
    return [{ start: fixed.start, end: fixed.end, text }]
  })
}

/** Only Nomad's API JSON is changed. */
function changeJson(text: string, service: string, count: number): string | undefined {
  const root: unknown = JSON.parse(text)
  if (!isBody(root)) return undefined
  const job = isBody(field(root, 'Job')) ? (field(root, 'Job') as Body) : root
  const groups = bodies(field(job, 'TaskGroups'))
  const registers = (body: Body): boolean =>
    bodies(field(body, 'Services')).some((each) => textOf(field(each, 'Name')) === service) ||
    bodies(field(body, 'Tasks')).some(registers)
  const group = groups.find(registers) ?? groups[0]
  if (!group) return undefined
  group.Count = count
  for (const network of groups.flatMap((each) => bodies(field(each, 'Networks')))) {
    const fixed = bodies(field(network, 'ReservedPorts'))
    const freed = fixed.map((port) => ({
      ...port,
      Value: 0,
      To: field(port, 'To') || field(port, 'Value'),
    }))
    network.DynamicPorts = [...freed, ...list(field(network, 'DynamicPorts'))]
    network.ReservedPorts = null
  }
  return JSON.stringify(root, null, 2)
}
