import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, resolve } from 'node:path'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { codeOf, Fault } from '../time/fault.ts'
import { type ClusterFile, clusterFileSchema } from './file.ts'

const longestFile = 1024 * 1024

/**
 * Reads a cluster file (YAML, or the JSON that is YAML too). A relative key path is taken from the
 * file's own folder. Any mistake is a Fault that names file and line.
 */
export async function loadClusterFile(path: string): Promise<ClusterFile> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new Fault(`The cluster file ${path} cannot be read (${codeOf(cause)}).`, {
      code: 'CLUSTER_FILE_MISSING',
      cure: 'Give the path of one with --cluster.',
      cause,
    })
  })
  if (text.length > longestFile) throw wrong(path, undefined, 'it is longer than 1 MiB')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors[0]
  if (broken) {
    throw wrong(path, lines.linePos(broken.pos[0]).line, `it is not YAML: ${broken.message}`)
  }
  const parsed = clusterFileSchema.safeParse(toJs(document, path))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') || 'the whole file'
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    const line = lineOf(document, issue?.path ?? [], unknown, lines)
    throw wrong(path, line, `${where}: ${issue?.message}`)
  }
  return withOwnKey(parsed.data, path)
}

function withOwnKey(file: ClusterFile, path: string): ClusterFile {
  const { key } = file.ssh
  if (key.startsWith('~') || isAbsolute(key)) return file
  return { ...file, ssh: { ...file.ssh, key: resolve(dirname(path), key) } }
}

function toJs(document: Document, path: string): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw wrong(path, undefined, `it is not YAML: ${(cause as Error).message}`)
  }
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

function wrong(path: string, line: number | undefined, what: string): Fault {
  const sentence = what.replace(/\s+/g, ' ').replace(/\.$/, '')
  return new Fault(`${path}${line === undefined ? '' : `:${line}`}: ${sentence}.`, {
    code: 'CLUSTER_FILE_WRONG',
    cure: 'Correct that line; helpers/cluster/file.ts lists what a cluster file may say.',
  })
}
