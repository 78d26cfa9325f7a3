import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inLanguage } from '../../language/message.ts'
import type { Enrolment, HandIn } from '../types.ts'
import { fetchHandIn } from './hand-in.ts'
import { zipOf } from './testing-archives.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hand-in-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function put(path: string, bytes: string | Buffer, at = '2026-11-24T10:00:00Z') {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), bytes)
  await utimes(join(root, path), new Date(at), new Date(at))
}

const into = () => join(root, 'out')
const fetched = (submission: string | undefined, more: Partial<Enrolment> = {}) =>
  fetchHandIn(
    { student: 'Puig, Anna', line: 2, ...(submission !== undefined && { submission }), ...more },
    { into: into(), rosterDir: root },
  )
const told = (handIn: HandIn): string =>
  (handIn.kind === 'folder' ? handIn.notes : [handIn.why]).map((m) => inLanguage(m, 'en')).join(' ')
const below = (handIn: HandIn) =>
  handIn.kind === 'folder' ? handIn.dir.replace(root, '').replaceAll('\\', '/') : told(handIn)

const deadline = '2026-11-24T22:59:00.000Z'
const job = { name: 'nginx.nomad', data: 'job "nginx" {}' }
const at = (time: string) => Date.parse(time) / 1000

test('a folder is graded where it is; its only folder is stepped into', async () => {
  await put('anna/handed-in/nginx.nomad', job.data)
  await put('anna/.DS_Store', '')
  const handIn = await fetched('anna', { deadline })
  expect(handIn).toEqual({
    ...{ kind: 'folder', dir: join(root, 'anna', 'handed-in'), late: false, notes: [] },
    handedInAt: '2026-11-24T10:00:00.000Z',
  })
  await put('anna/notes.txt', '')
  expect(below(await fetched('anna'))).toBe('/anna')
})

test('late work is graded and marked, and whose clock says so; Moodle’s goes before the files’', async () => {
  await put('anna/nginx.nomad', job.data, '2026-11-25T10:00:00Z')
  const late = await fetched('anna', { deadline })
  expect(late).toMatchObject({ kind: 'folder', late: true })
  expect(told(late)).toBe(
    'It came at 2026-11-25 10:00:00 UTC, and the deadline was 2026-11-24 22:59:00 UTC. It is graded; what that costs is yours to say, in overrides.yaml. The time is that of the newest file, which whoever wrote or copied it can set.',
  )
  const inTime = { deadline, handedInAt: '2026-11-24T22:59:00.000Z' }
  expect(await fetched('anna', inTime)).toMatchObject({ late: false, notes: [] })
  await put('anna.zip', zipOf([{ ...job, at: at('2026-11-24T10:00:00Z') }]))
  expect(await fetched('anna.zip', { deadline })).toMatchObject({ late: false })
  const moodle = await fetched('anna.zip', { deadline, handedInAt: '2026-11-24T23:00:00.000Z' })
  expect(moodle).toMatchObject({ late: true, handedInAt: '2026-11-24T23:00:00.000Z' })
  expect(told(moodle)).toMatch(/The time is the roster’s\.$/)
  expect(await fetched('anna')).toMatchObject({ late: false })
})

test('nothing, an empty folder and an empty archive are missing; a path that is not there is refused', async () => {
  expect(await fetched(undefined)).toMatchObject({ kind: 'missing' })
  await put('empty/.keep', '')
  expect(told(await fetched('empty'))).toBe('The folder empty is empty.')
  await put('empty.zip', zipOf([]))
  expect(await fetched('empty.zip')).toMatchObject({ kind: 'missing' })
  expect(await fetched('ana')).toMatchObject({ kind: 'refused' })
  expect(told(await fetched('ana'))).toBe(
    'ana: it is not there; if nothing was handed in, leave its cell in the roster empty.',
  )
})

test('what Moodle keeps of a student, one archive in a folder, is unpacked', async () => {
  await put('anna_7_assignsubmission_file/work.zip', zipOf([{ ...job, name: 'work/nginx.nomad' }]))
  const handIn = await fetched('anna_7_assignsubmission_file')
  await put('anna_7_assignsubmission_file/report.pdf', 'x')
  expect(await fetched('anna_7_assignsubmission_file')).toEqual(handIn)
  await put('anna_7_assignsubmission_file/again.rar', 'x')
  const two = await fetched('anna_7_assignsubmission_file')
  expect(two.kind).toBe('refused')
  expect(told(two)).toMatch(/no job file in it, only archives: again.rar, work.zip\.$/)
  await put('nested.zip', zipOf([{ name: 'work.zip', data: zipOf([job]) }]))
  expect(told(await fetched('nested.zip'))).toMatch(/only archives: work.zip\.$/)
  expect(below(handIn)).toMatch(/^\/out\/Puig, Anna[^/]*\/[0-9a-f]{16}\/files\/work$/)
})

test('an archive is unpacked once for each content, whole or not at all', async () => {
  await put('anna.zip', zipOf([job]))
  const first = below(await fetched('anna.zip'))
  await put(`${first}/mark`, '')
  expect(below(await fetched('anna.zip'))).toBe(first)
  expect(await readdir(join(root, first))).toContain('mark')
  await put('anna.zip', zipOf([job, { name: '../x', data: 'x' }]))
  const refused = await fetched('anna.zip')
  expect(refused.kind).toBe('refused')
  expect(told(refused)).toBe('anna.zip: the name ../x leads out of the folder.')
  const [student = ''] = await readdir(into())
  expect(await readdir(join(into(), student))).toHaveLength(1)
})

test('an interruption is no hand-in’s fault', async () => {
  await put('anna.zip', zipOf([job]))
  const signal = AbortSignal.abort(new Error('interrupted'))
  const who = { student: 'anna', line: 2, submission: 'anna.zip' }
  const going = fetchHandIn(who, { into: into(), rosterDir: root, signal })
  await expect(going).rejects.toThrow('interrupted')
})
