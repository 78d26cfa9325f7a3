import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import {
  type Document,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml'
import { type Message, msg } from '../language/message.ts'
import { codeOf, Fault } from '../time/fault.ts'
import { type ClusterFile, clusterFileSchema } from './file.ts'
import { mistakeIn } from './mistakes.ts'

const longestFile = 1024 * 1024

/**
 * Reads a cluster file (YAML, or the JSON that is YAML too). Relative paths in it are taken from the
 * file's own folder. Any mistake is a Fault that names file and line.
 */
export async function loadClusterFile(path: string): Promise<ClusterFile> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    const code = codeOf(cause)
    const seen: Record<string, Message> = {
      ENOENT: msg('There is no cluster file {path}.', { path }),
      EISDIR: msg('{path} is a folder, not a cluster file.', { path }),
    }
    throw new Fault(
      seen[code] ?? msg('The cluster file {path} cannot be read ({code}).', { path, code }),
      {
        code: 'CLUSTER_FILE_MISSING',
        cure: msg('Give the path of one with {flag}, or write one with {command}.', {
          flag: '--cluster',
          command: 'grade init',
        }),
        cause,
      },
    )
  })
  return parseClusterFile(text, path)
}

/** `path`: for sentences, and for the folder from which relative paths are taken. */
export function parseClusterFile(text: string, path: string): ClusterFile {
  if (text.length > longestFile) throw wrong(path, undefined, msg('it is longer than 1 MiB.'))
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  // A tag that nobody knows is a warning to YAML; to us its value is not what was meant.
  const broken = document.errors[0] ?? document.warnings[0]
  if (broken) throw wrong(path, lines.linePos(broken.pos[0]).line, notYaml(broken))
  const json = toJs(document, path, lines)
  const parsed = clusterFileSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (!issue) throw parsed.error
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    const line = lineOf(document, issue.path, unknown, lines)
    throw wrong(path, line, mistakeIn(issue, valueAt(json, issue.path)))
  }
  return withOwnPaths(parsed.data, dirname(path))
}

function notYaml(error: YAMLError): Message {
  if (error.code === 'DUPLICATE_KEY') return msg('this key is there twice.')
  return noYaml(error.message)
}

const noYaml = (said: string) =>
  msg('it is not YAML: {said}.', { said: said.replace(/\s+/g, ' ').replace(/\.$/, '') })

/** Paths in the file mean files beside it, wherever the grader was started. */
function withOwnPaths(file: ClusterFile, folder: string): ClusterFile {
  const own = <T extends string | undefined>(path: T) =>
    path === undefined || path.startsWith('~') || isAbsolute(path) ? path : resolve(folder, path)
  const agent = <T extends ClusterFile['nomad']>(one: T): T => {
    if (!one.tls) return one
    const { ca, cert, key } = one.tls
    return { ...one, tls: { ...one.tls, ca: own(ca), cert: own(cert), key: own(key) } }
  }
  const { power } = file
  const folders = power && {
    ...power,
    ...('folder' in power && { folder: own(power.folder) }),
    ...('ca' in power && { ca: own(power.ca) }),
  }
  return {
    ...file,
    ...(folders && { power: folders as typeof power }),
    images: file.images.map((path) => own(path)),
    nomad: agent(file.nomad),
    consul: agent(file.consul),
    ssh: { ...file.ssh, key: own(file.ssh.key) as typeof file.ssh.key },
  }
}

function toJs(document: Document, path: string, lines: LineCounter): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    let line: number | undefined
    visit(document, {
      Alias(_, alias) {
        if (line === undefined && alias.range && !alias.resolve(document))
          line = lines.linePos(alias.range[0]).line
      },
    })
    throw wrong(path, line, noYaml((cause as Error).message))
  }
}

function valueAt(json: unknown, path: PropertyKey[]): unknown {
  let value = json
  for (const step of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[step]
  return value
}

/** The line of the deepest part of the path that the file has. */
function lineOf(
  document: Document,
  path: PropertyKey[],
  unknown: string | undefined,
  lines: LineCounter,
): number | undefined {
  const map = document.getIn(path, true) ?? document.contents
  const pair = isMap(map) && map.items.find(({ key }) => isScalar(key) && key.value === unknown)
  if (pair && isScalar(pair.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}

function wrong(path: string, line: number | undefined, what: Message): Fault {
  const at = line === undefined ? path : `${path}:${line}`
  return new Fault(msg('{at}: {what}', { at, what }), {
    code: 'CLUSTER_FILE_WRONG',
    cure: msg('Correct that line; {page} lists what a cluster file may say.', {
      page: 'docs/cluster-yaml.md',
    }),
  })
}
