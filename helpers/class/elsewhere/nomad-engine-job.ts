import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Message, msg } from '../../language/message.ts'
import { list, record, text } from '../../loose.ts'
import { codeOf, Fault } from '../../time/fault.ts'
import type { Json, NomadApi } from './nomad-engine-api.ts'

/** What a student's dispatch says beside the payload: keys of the template's meta_required. */
export const metaKeys = ['student', 'options'] as const

const ownTemplate = fileURLToPath(new URL('nomad-engine.hcl', import.meta.url))
const maker = 'nomad-consul-grader'

/**
 * Registers the class's job out of the template, which Nomad itself reads. Rejects with a Fault where
 * the template is not one for a class, or a job of that name is somebody else's.
 */
export async function registerClass(
  api: Pick<NomadApi, 'parse' | 'job' | 'register'>,
  id: string,
  file = ownTemplate,
): Promise<void> {
  const parsed = await api.parse(read(file)).catch((error) => {
    if (!/^NOMAD_(REFUSED|400)$/.test(codeOf(error))) throw error
    const why = (error as Fault).said
    throw wrong(msg('{file} is no job: {why}', { file, why }), error)
  })
  const missing = missingIn(parsed)
  if (missing) throw wrong(msg('{file} is no job for a class: {missing}.', { file, missing }))
  const there = await api.job(id)
  if (there && there.Stop !== true && record(there.Meta).maker !== maker)
    throw new Fault(msg('Nomad has a job {id} that is not ours.', { id }), {
      code: 'NOMAD_JOB_FOREIGN',
      cure: msg('Give the roster another name.'),
    })
  await api.register({ ...parsed, ID: id, Name: id, Meta: { ...record(parsed.Meta), maker } })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Fault(
      msg('{path} cannot be read ({code}).', { path: file, code: codeOf(cause) || `${cause}` }),
      { code: 'NOMAD_JOB_FILE', cause },
    )
  }
}

const wrong = (sentence: Message, cause?: unknown) =>
  new Fault(sentence, {
    code: 'NOMAD_JOB_FILE',
    cure: msg('Begin with the one that the grader has: {file}.', {
      file: 'helpers/class/elsewhere/nomad-engine.hcl',
    }),
    cause,
  })

/** What a class cannot be graded without; what else stands in the file is the teacher's. */
function missingIn(job: Json): Message | undefined {
  const { Payload, MetaRequired, MetaOptional } = record(job.ParameterizedJob)
  const tasks = list(job.TaskGroups).flatMap((group) => list(record(group).Tasks))
  const takesPayload = tasks.some((task) => text(record(record(task).DispatchPayload).File) !== '')
  const keys = [...list(MetaRequired), ...list(MetaOptional)]
  if (job.Type !== 'batch') return msg('its type is not {type}', { type: 'batch' })
  if (!['required', 'optional'].includes(text(Payload)) || !takesPayload)
    return msg('it takes no payload ({code})', { code: 'parameterized, dispatch_payload' })
  if (metaKeys.some((key) => !keys.includes(key)) || list(MetaRequired).length > metaKeys.length)
    return msg('its meta keys are not {keys}', { keys: [...metaKeys] })
  return undefined
}
