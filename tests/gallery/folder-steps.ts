import * as fs from 'node:fs'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import git from 'isomorphic-git'
import { files } from '../mistakes.ts'

export const { '01.1': one, '01.3': three, '02.1': fixed, '03.1': apache } = files

/** What a folder may look like: steps on a folder that holds the reference. */
export type Step = (folder: string) => void | Promise<void>

export const move =
  (from: string, to: string): Step =>
  (folder) => {
    mkdirSync(dirname(join(folder, to)), { recursive: true })
    renameSync(join(folder, from), join(folder, to))
  }
export const remove =
  (...names: string[]): Step =>
  (folder) => {
    for (const name of names) rmSync(join(folder, name))
  }
export const write =
  (name: string, content: string | Buffer): Step =>
  (folder) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
export const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')
export const steps =
  (...list: Step[]): Step =>
  async (folder) => {
    for (const step of list) await step(folder)
  }
/** What most students hand in: the last state of one edited file, and apache. */
export const lastState = steps(
  remove(one, three),
  move(fixed, 'nginx.nomad'),
  move(apache, 'apache.nomad'),
)

/** The states of a file, oldest first, as commits of a repository in the folder. */
const author = { name: 'Anna', email: 'anna@example.org' }
const commit =
  (name: string, from?: string): Step =>
  async (dir) => {
    if (from) writeFileSync(join(dir, name), read(dir, from))
    await git.add({ fs, dir, filepath: name })
    await git.commit({ fs, dir, author, message: name })
  }
const init: Step = async (dir) => void (await git.init({ fs, dir, defaultBranch: 'main' }))
export const states = (name: string) =>
  steps(init, commit(name, one), commit(name, three), commit(name, fixed))
export const onlyTheFile = steps(remove(one, three, fixed), move(apache, 'apache.nomad'))

/** As main and a branch that was merged. */
export const merged: Step = async (dir) => {
  await steps(init, commit('nginx.nomad', one))(dir)
  await git.branch({ fs, dir, ref: 'tres', checkout: true })
  await commit('nginx.nomad', three)(dir)
  await git.checkout({ fs, dir, ref: 'main' })
  await commit('llegeix.txt', apache)(dir)
  await git.merge({ fs, dir, ours: 'main', theirs: 'tres', author })
  await git.checkout({ fs, dir, ref: 'main' })
  await commit('nginx.nomad', fixed)(dir)
}
export const renamed: Step = async (dir) => {
  await steps(init, commit('web.nomad', one), commit('web.nomad', three))(dir)
  await git.remove({ fs, dir, filepath: 'web.nomad' })
  await move('web.nomad', 'nginx.nomad')(dir)
  await commit('nginx.nomad')(dir)
  await commit('nginx.nomad', fixed)(dir)
}
