import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/grade.js', import.meta.url))

/** A lab in a process of its own, in fast motion, that outlives the graders. */
export async function startLabProcess(
  folder: string,
  options: { seed: number; stop: 'orderly' | 'cut' },
): Promise<{ clusterFile: string; end(): Promise<void> }> {
  const clusterFile = join(folder, 'lab.yaml')
  const args = ['lab', '--out', clusterFile, '--speed', '20']
  args.push('--seed', `${options.seed}`, '--stop', options.stop)
  const env = { ...process.env, npm_lifecycle_event: undefined }
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, [program, ...args], { env, stdio: [...stdio] })
  let said = ''
  for await (const chunk of child.stdout ?? []) {
    said += chunk
    if (said.includes('Cluster file')) break
  }
  if (!said.includes('Cluster file')) throw new Error(`the lab did not start: ${said}`)
  return {
    clusterFile,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}
