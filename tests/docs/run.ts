/**
 * `npx node tests/docs/run.ts [PAGE…]`: runs every block of `sh` of README.md, CONTRIBUTING.md and
 * docs/*.md in a folder like a fresh clone, beside a lab that cluster.yaml names. Linux. Exit 1 where
 * a command failed.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tempFolder } from '../harness.ts'
import { blocksOf, likeAClone, pages, runBlock } from './blocks.ts'

const wanted = process.argv.slice(2)
let failed = 0
for (const page of pages()) {
  if (wanted.length > 0 && !wanted.includes(page)) continue
  using folder = tempFolder()
  likeAClone(folder.path)
  for (const block of blocksOf(page)) {
    const where = `${block.page}:${block.line}`
    if (block.skip) {
      console.log(`-  ${where} not run: ${block.skip}`)
      continue
    }
    const lab = block.commands.includes('cluster.yaml') ? await labIn(folder.path) : undefined
    const begun = Date.now()
    const { code, said } = await runBlock(folder.path, block)
    const seconds = ((Date.now() - begun) / 1000).toFixed(1)
    await lab?.end()
    console.log(`${code === block.exit ? 'ok' : 'NO'} ${where} ${seconds} s`)
    if (code === block.exit) continue
    failed++
    console.log(`${block.commands}exit ${code}\n${said.slice(-2000)}`)
  }
}
process.exitCode = failed > 0 ? 1 : 0

/** A lab that cluster.yaml names, as a student's own cluster would be there. */
async function labIn(folder: string): Promise<{ end: () => Promise<unknown> }> {
  const path = join(folder, 'cluster.yaml')
  rmSync(path, { force: true })
  const args = ['lab', '--out', path, '--speed', '20']
  const lab = spawn(join(folder, 'path', 'grade'), args, { cwd: folder, stdio: 'ignore' })
  const until = Date.now() + 60_000
  while (!existsSync(path) && Date.now() < until) await sleep(100)
  return {
    end: () => {
      lab.kill('SIGINT')
      return once(lab, 'exit')
    },
  }
}
