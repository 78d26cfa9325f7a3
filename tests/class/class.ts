import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))

/** The document of `grade class --json`. */
export interface ClassDocument {
  schema: string
  students: {
    student: string
    points?: number
    low?: number
    high?: number
    verdicts?: Record<string, string>
    late: boolean
    interrupted: boolean
    notes: string[]
    /** Folders of its runs, relative to `reports`. */
    runs: string[]
    report?: string
  }[]
  exitCode: number
}

/** `grade class` as a teacher runs it, in a process group of its own. */
export function startClass(cwd: string, args: string[], env: Record<string, string> = {}) {
  const own = { NO_COLOR: '1', LC_ALL: 'C.UTF-8', npm_lifecycle_event: undefined }
  const child = spawn(process.execPath, [program, 'class', ...args], {
    cwd,
    detached: true,
    env: { ...process.env, ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    text.stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    text.stderr += chunk
  })
  const ended = new Promise<{ stdout: string; stderr: string; exitCode: number | null }>(
    (resolve) => child.once('close', (exitCode) => resolve({ ...text, exitCode })),
  )
  return { pid: child.pid ?? 0, ended, said: () => text.stdout + text.stderr }
}

/** Runs it to its end; the document is that of `--json`. */
export async function gradeClass(cwd: string, args: string[], env: Record<string, string> = {}) {
  const { stdout, stderr, exitCode } = await startClass(cwd, [...args, '--json'], env).ended
  if (stdout === '') throw new Error(`no document: ${stderr}`)
  return { document: JSON.parse(stdout) as ClassDocument, stderr, exitCode }
}

/** Students → the folder that each hands in, below `submissions`. */
export function handInFolders(cwd: string, folders: Record<string, string>): void {
  for (const [student, from] of Object.entries(folders)) {
    const to = join(cwd, 'submissions', student)
    mkdirSync(to, { recursive: true })
    cpSync(from, to, { recursive: true })
  }
}

/** The whole lines of a ledger, none where there is none yet. */
export function ledgerOf(cwd: string): Record<string, unknown>[] {
  const path = join(cwd, 'reports', 'class.ndjson')
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line))
}
