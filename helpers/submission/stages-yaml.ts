import { isAbsolute, posix } from 'node:path'
import { parseDocument } from 'yaml'
import { type Message, msg } from '../language/message.ts'
import type { Read } from './folder.ts'
import { formatOf, readInside } from './folder.ts'
import type { Problem, StageId } from './types.ts'
import { stageIds } from './types.ts'
import { quoted } from './values.ts'

const name = 'stages.yaml'

export interface Named {
  /** The files that stages.yaml names, as far as they are there and inside the folder. */
  stages: Map<StageId, Read>
  problems: Problem[]
}

/** Reads `stages.yaml` (`{ "01.1": path, … }`), when there is one. Paths stay inside the folder. */
export async function readStagesYaml(root: string): Promise<Named> {
  const named: Named = { stages: new Map(), problems: [] }
  const got = await readInside(root, name)
  if ('why' in got) {
    if (!got.absent) {
      named.problems.push(problem('stages-yaml', msg('It is not read: {why}.', { why: got.why })))
    }
    return named
  }
  for (const [id, path] of entriesOf(got.text, named.problems)) {
    if (!stageIds.includes(id as StageId)) {
      const sentence = msg('It names the stage {id}; there are {ids}.', {
        id: quoted(id),
        ids: stageIds,
      })
      named.problems.push(problem('stages-yaml-stage', sentence))
    } else await take(root, id as StageId, path, named)
  }
  return named
}

const problem = (code: string, sentence: Message): Problem => ({ code, sentence, file: name })

/** Every scalar is text here: `01.1:` without quotes is a stage, not a number. */
function entriesOf(text: string, problems: Problem[]): [string, string][] {
  try {
    const document = parseDocument(text.slice(0, 64 * 1024), {
      schema: 'failsafe',
      logLevel: 'silent',
    })
    const fault = document.errors[0]
    if (fault) {
      const first = fault.message.split('\n')[0]!.replace(/ at line .*$/, '')
      const line = fault.linePos?.[0]?.line
      problems.push({
        ...problem('stages-yaml', msg('It is not YAML: {said}.', { said: first })),
        ...(line && { line }),
      })
      return []
    }
    const value: unknown = document.toJS({ maxAliasCount: 10 })
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return Object.entries(value).map(([key, path]) => [key, typeof path === 'string' ? path : ''])
    }
  } catch {
    // Told below: an alias bomb or whatever else the parser gives up on.
  }
  problems.push(
    problem(
      'stages-yaml',
      msg('It must give a path for each stage, as {code}.', { code: '"01.1": nginx.nomad' }),
    ),
  )
  return []
}

async function take(root: string, id: StageId, path: string, named: Named): Promise<void> {
  const clean = posix.normalize(path.replaceAll('\\', '/'))
  const leaves = isAbsolute(path) || /^([A-Za-z]:|\/|\.\.(\/|$))/.test(clean)
  const refuse = (code: string, why: Message) =>
    named.problems.push(
      problem(
        code,
        msg('Its file for {id}, {path}, is not taken: {why}.', { id, path: quoted(path), why }),
      ),
    )
  if (path === '' || path.includes('\0') || leaves) {
    refuse(
      'stages-yaml-outside',
      path === '' ? msg('it is not a path') : msg('it leads out of the folder'),
    )
    return
  }
  const got = await readInside(root, clean)
  if ('text' in got) {
    named.stages.set(id, { file: clean, format: formatOf(clean), text: got.text })
  } else refuse(got.outside ? 'stages-yaml-outside' : 'stages-yaml-file', got.why)
}
