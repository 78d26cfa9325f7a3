import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { clusterFileSchema } from '../helpers/cluster/file.ts'
import { connect } from '../helpers/connect.ts'
import { inLanguage } from '../helpers/language/message.ts'
import { createChain } from '../helpers/live/chain.ts'
import { follow, type Told } from '../helpers/live/follow.ts'
import { selfReportPage } from '../helpers/live/page.ts'
import { createReport, names, selfReportSchema } from '../helpers/live/self-report.ts'
import { verify } from '../helpers/live/verify.ts'
import { readRunFolder } from '../helpers/run-folder.ts'
import { findSubmission } from '../helpers/submission/find.ts'
import { startLab } from '../lab/lab.ts'
import { rubric } from '../suites/rubric.ts'
import { reference, tempFolder } from './harness.ts'

/** With real command lines, on a lab and on real clusters: `node tests/live/by-hand.ts`. */

/** A student at work on a lab, while `--live` watches. */
async function atWork() {
  const asked = new Set<string>()
  let byStudent = false
  const faults = {
    http: ({ method }: { method: string }) => {
      if (!byStudent) asked.add(method)
      return undefined
    },
  }
  const lab = await startLab({ seed: 1, time: { kind: 'virtual' }, faults })
  const file = clusterFileSchema.parse(lab.file)
  const own = connect(file, lab.clock, 'lab')
  const cluster = connect(file, lab.clock, 'lab')
  await lab.clock.sleep(30_000)
  const told: Told[] = []
  let evidence = ''
  const began = { at: lab.clock.now(), wall: 0, speed: 1 }
  const report = createReport({
    followed: {
      ...{ server: file.server, simulated: true, nomad: '1.4.4', consul: '1.14.4' },
      clients: ['box-5', 'box-7', 'box-8'],
    },
    ...{ language: 'en', chain: createChain(), began },
    write: (line) => {
      evidence += line
    },
  })
  const ending = new AbortController()
  const following = follow(cluster, ending.signal, (one) => {
    told.push(one)
    report.hear(one)
  })
  const until = async (holds: () => boolean) => {
    for (let tries = 0; tries < 300 && !holds(); tries++) await lab.clock.sleep(1_000)
    expect(holds(), told.map(sentence).slice(-6).join('\n')).toBe(true)
  }
  return {
    ...{ lab, told, asked, ending },
    evidence: () => evidence,
    /** Registers a file as it stands in the reference, or changed. */
    async runs(name: string, change = (text: string) => text) {
      byStudent = true
      const parsed = await own.nomad.parse(change(readFileSync(join(reference, name), 'utf8')))
      if ('job' in parsed) await own.nomad.register(parsed.job)
      byStudent = false
    },
    async purges(id: string) {
      byStudent = true
      await own.nomad.purge(id)
      byStudent = false
    },
    ticked: (...ids: string[]) =>
      until(() => ids.every((id) => told.some((one) => one.kind === 'ticked' && one.item === id))),
    hears: (text: string) => until(() => told.some((one) => sentence(one).includes(text))),
    asks: (text: string) =>
      until(() => sentence(told.findLast(({ kind }) => kind === 'waiting') as Told).includes(text)),
    async end() {
      ending.abort('by hand')
      const story = await following
      const made = report.end(story.proved.size === 10 ? 'all seen' : 'by hand', 1000)
      await Promise.all([cluster.close(), own.close()])
      await lab.close()
      return made
    },
  }
}

const sentence = (one: Told) =>
  one === undefined
    ? ''
    : one.kind === 'notice' || one.kind === 'waiting'
      ? `${one.item} ${inLanguage(one.text, 'en')}`
      : one.kind

test('each item is ticked when it is seen, mistakes are told, and the page is never a grade', async () => {
  using folder = tempFolder()
  const work = await atWork()
  const vm = (name: string) => work.lab.world.vms.get(name)
  const isTicked = (id: string) => work.told.some((one) => one.kind === 'ticked' && one.item === id)
  await work.runs('01.3-nginx.nomad', (text) => text.replace('count = 3', 'count = 2'))
  await work.hears('asks for 2 replicas')
  await work.runs('01.1-nginx.nomad')
  await work.ticked('01.1')
  await work.asks('01.2 Stop box-')
  const [, home = ''] = /Stop (\S+),/.exec(work.told.map(sentence).join('\n')) ?? []
  const [wrong = ''] = ['box-5', 'box-7', 'box-8'].filter((name) => name !== home)
  vm(wrong)?.stop('cut')
  await work.hears(`01.2 ${wrong} is off, and no nginx ran there`)
  expect(isTicked('01.2')).toBe(false)
  vm(wrong)?.start()
  await work.asks(`01.2 Stop ${home}`)
  vm(home)?.stop('cut')
  await work.hears('has not missed it yet')
  await work.ticked('01.2')
  vm(home)?.start()
  await work.runs('02.1-nginx.nomad')
  await work.ticked('01.3', '02.1', '02.2')
  await work.asks('02.3 Stop two of')
  for (const name of [home, wrong]) vm(name)?.stop('cut')
  await work.asks('02.3 Start one of')
  expect(isTicked('02.3')).toBe(false)
  vm(home)?.start()
  await work.ticked('02.3')
  vm(wrong)?.start()
  await work.runs('03.1-apache.nomad')
  await work.hears('apache runs beside nginx')
  expect(isTicked('03.1')).toBe(false)
  await work.purges('nginx')
  await work.ticked('03.1', '03.2', '03.3', '03.4')

  // It only watches.
  expect([...work.asked]).toEqual(['GET'])
  const report = selfReportSchema.parse(await work.end())
  expect(report).toMatchObject({ grade: null, ended: 'all seen' })
  expect(report.items.filter(({ seen }) => seen).map(({ id }) => id)).toEqual(
    Object.keys(rubric.items).sort(),
  )
  expect(report.marked).toMatch(/^SELF-REPORTED .*SIMULATED/)
  const page = selfReportPage(report)
  expect(page).toMatch(/<title>SELF-REPORTED · SIMULATED · 10 of 10 items were seen/)

  // As it was written it holds; a changed line, a line less and a tick too many show.
  const evidence = work.evidence()
  expect(verify(report, evidence)).toEqual({ same: true, brokenAt: 0, notShown: [] })
  const lines = evidence.split('\n')
  const changed = lines.with(4, (lines[4] ?? '').replace('"at":', '"at" :')).join('\n')
  expect(verify(report, changed)).toMatchObject({ same: false, brokenAt: 6 })
  const less = lines.toSpliced(3, 1).join('\n')
  expect(verify(report, less)).toMatchObject({ same: false, brokenAt: 4 })
  const without = lines.filter((line) => !line.includes('"item":"02.3","attempt"')).join('\n')
  expect(verify(report, without).notShown).toEqual(['02.3'])

  // Nothing of it is a result, under whatever name, nor a job file.
  writeFileSync(join(folder.path, names.json), JSON.stringify(report))
  writeFileSync(join(folder.path, names.evidence), evidence)
  const { stages } = await findSubmission(folder.path)
  expect(Object.values(stages).filter((stage) => !('missing' in stage))).toEqual([])
  expect(() => readRunFolder(folder.path)).toThrow(/is a self-report: it is never a grade/)
  rmSync(join(folder.path, names.json))
  writeFileSync(join(folder.path, 'result.json'), JSON.stringify(report))
  expect(() => readRunFolder(folder.path)).toThrow(/is no result of this grader/)
  renameSync(join(folder.path, names.evidence), join(folder.path, 'evidence.ndjson'))
  rmSync(join(folder.path, 'result.json'))
  expect(() => readRunFolder(folder.path)).toThrow(/cannot be read/)
})
