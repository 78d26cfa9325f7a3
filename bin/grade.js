#!/usr/bin/env node
// Plain JavaScript, so that any Node can say what is wrong: the rest needs Node 24, which strips types.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

const needed = 24
// Not the one in .bin, which is a script on Windows.
const program = process.platform === 'win32' ? 'node.exe' : 'node'
const own = fileURLToPath(new URL(`../node_modules/node/bin/${program}`, import.meta.url))

if (Number(process.versions.node.split('.')[0]) >= needed) {
  // What was compiled once need not be again: a start takes half the CPU.
  module.enableCompileCache?.()
  // Of the thread that grades: it makes much garbage, and little stays.
  setFlagsFromString('--max-semi-space-size=4')
  const here = new URL('.', import.meta.url)
  const { main } = await import(existsSync(new URL('main.js', here)) ? './main.js' : './main.ts')
  await main(process.argv.slice(2))
} else if (existsSync(own)) {
  const { status, signal, error } = spawnSync(own, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, GRADE_STARTED_BY_OLD_NODE: process.versions.node },
  })
  if (error) process.stderr.write(`The project's own Node did not start: ${error.message}\n`)
  process.exitCode = signal ? 130 : (status ?? 70)
} else {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const { versions, platform, arch } = process
  if (process.argv.includes('--version'))
    process.stdout.write(`grade ${version}\nNode ${versions.node}\n${platform} ${arch}\n`)
  const clone = existsSync(new URL('../package-lock.json', import.meta.url))
  const cure = clone
    ? 'run "npm ci" in the project\'s folder'
    : 'install a newer Node, then run this again'
  process.stderr.write(
    `This needs Node ${needed} or newer and found ${process.versions.node}: ${cure}.\n`,
  )
  process.exitCode = process.argv.includes('--version') ? 0 : 64
}
