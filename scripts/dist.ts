/**
 * `npm pack` runs this first: Node strips no types below node_modules, so the package holds dist/,
 * the same tree as JavaScript, with the files that it reads beside its code.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.dist.json'], {
  stdio: ['ignore', 'inherit', 'inherit'],
})
const readAtRunTime = [
  'bin/grade.js',
  'cluster.schema.json',
  'examples/submissions/reference',
  ...globSync('helpers/**/*.{hcl,sh}'),
]
for (const path of readAtRunTime) cpSync(path, `dist/${path}`, { recursive: true })
