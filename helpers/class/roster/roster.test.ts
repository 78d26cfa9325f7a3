import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inLanguage } from '../../language/message.ts'
import { readRoster } from './roster.ts'
import { deadlineOf, timeOf } from './roster-times.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'roster-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** Reads a roster beside these hand-ins (a name with a slash at its end is a folder). */
async function read(text: string | Buffer, handIns: string[] = [], deadline?: string) {
  const path = join(home, 'class.csv')
  await writeFile(path, text)
  for (const name of handIns) {
    const at = join(home, 'submissions', name)
    await mkdir(name.endsWith('/') ? at : dirname(at), { recursive: true })
    if (!name.endsWith('/')) await writeFile(at, '')
  }
  const { students, notes } = await readRoster(path, { deadline })
  return { students, notes: notes.map((note) => inLanguage(note, 'en')) }
}

const fault = (text: string | Buffer, handIns: string[] = []) =>
  read(text, handIns).then(
    () => 'no fault',
    (error: Error) => error.message,
  )

/** `anna submissions/anna` for each. */
const brief = ({ students }: Awaited<ReturnType<typeof read>>) =>
  students.map(({ student, submission, commit }) => [student, submission, commit].join(' ').trim())

test.each([
  ['student,submission\nanna,a\nbiel,\n', ''],
  ['\ufeffalumne;lliurament\r\nanna;a\r\nbiel;\r\n', ''],
  ['Entrega\tAlumno\na\tanna\n\n\t\n\tbiel\n', ''],
  ['sep=;\n"Estudiant";"Tramesa"\n "anna" ;a\nbiel\n', ''],
])('columns are found by name, in any order and language: %j', async (text) => {
  expect(brief(await read(text))).toEqual(['anna a', 'biel'])
})

test('a row holds commit, deadline, cluster and the line it is in; other columns are a note', async () => {
  const { students, notes } = await read(
    'alumna,comentari,entrega,commit,termini,cluster\n\n' +
      '"Puig, Anna","two\nlines",https://github.com/o/r,abc1234,2026-11-24T23:59+01:00,anna.yaml\n' +
      'biel,,https://github.com/o/b/commit/0f0f0f0,,,\n',
  )
  expect(students).toEqual([
    {
      ...{ student: 'Puig, Anna', line: 3, submission: 'https://github.com/o/r' },
      ...{ commit: 'abc1234', deadline: '2026-11-24T22:59:00.000Z', cluster: 'anna.yaml' },
    },
    { student: 'biel', line: 5, submission: 'https://github.com/o/b', commit: '0f0f0f0' },
  ])
  expect(notes).toEqual(['class.csv:1: one column is not used: comentari.'])
})

const worksheets = {
  en: 'Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments',
  es: 'Identificador,Nombre completo,Dirección de correo,Estado,Calificación,Calificación máxima,La calificación puede ser cambiada,Última modificación (entrega),Última modificación (calificación),Comentarios de retroalimentación',
  ca: 'Identificador,Nom complet,Adreça electrònica,Estat,Qualificació,Qualificació màxima,Es pot canviar la qualificació,Darrera modificació (tramesa),Darrera modificació (qualificació),Comentaris de retroacció.',
}
const times = {
  en: 'Tuesday, 24 November 2026, 11:59 PM',
  es: 'martes, 24 de noviembre de 2026, 23:59',
  ca: 'dimarts, 24 de novembre 2026, 23:59',
}

test.each(['en', 'es', 'ca'] as const)(
  'Moodle’s worksheet is read as it is (%s)',
  async (language) => {
    const row = (n: number, name: string, at: string) =>
      `Participant ${n},${name},s${n}@example.org,x,,"10,00",Yes,"${at}",-,\r\n`
    const { students, notes } = await read(
      `\ufeff${worksheets[language]}\r\n${row(7, 'Anna Puig', times[language])}` +
        `${row(17, 'Biel Pi', '-')}${row(8, 'Anna Puig', times[language])}`,
      [
        'Anna Puig_7_assignsubmission_file/',
        'Anna Puig_8_assignsubmission_file_/',
        'Anna Puig_9_assignsubmission_onlinetext/',
      ],
    )
    const handedInAt = new Date(2026, 10, 24, 23, 59).toISOString()
    const folder = 'submissions/Anna Puig'
    expect(students).toEqual([
      {
        student: 's7@example.org',
        line: 2,
        submission: `${folder}_7_assignsubmission_file`,
        handedInAt,
      },
      { student: 'Biel Pi', line: 3 },
      {
        student: 's8@example.org',
        line: 4,
        submission: `${folder}_8_assignsubmission_file_`,
        handedInAt,
      },
    ])
    expect(notes).toEqual([])
  },
)

test('Moodle’s lists of people find their hand-ins by name, e-mail or number, as folder or archive', async () => {
  const people =
    'Nom,Cognoms,"Número d\'identificació","Adreça electrònica"\n' +
    'Anna,Puig,1,anna@x.org\nBiel,Pi i Pou,2,biel@x.org\nCai,,3,cai@x.org\n'
  const handIns = [
    'anna puig.ZIP',
    'Biel_Pi i Pou_12_assignsubmission_file/',
    '3.tar.gz',
    'notes.txt',
    '.git/',
  ]
  expect(brief(await read(people, handIns))).toEqual([
    'Anna Puig submissions/anna puig.ZIP',
    'Biel Pi i Pou submissions/Biel_Pi i Pou_12_assignsubmission_file',
    'Cai submissions/3.tar.gz',
  ])
})

test('GitHub Classroom’s and Classroom 50’s files are read as they are', async () => {
  const grades =
    '"assignment_name","assignment_url","starter_code_url","github_username","roster_identifier","student_repository_name","student_repository_url","submission_timestamp","points_awarded","points_available"\n' +
    '"nomad","https://c","https://s","annap","Anna Puig","nomad-annap","https://github.com/o/nomad-annap","2026-11-24 22:59:59 UTC","0","0"\n' +
    '"nomad","https://c","https://s","bielp","","nomad-bielp","https://github.com/o/nomad-bielp","","0","0"\n'
  expect(await read(grades)).toMatchObject({ notes: [] })
  expect(brief(await read(grades))).toEqual([
    'Anna Puig https://github.com/o/nomad-annap',
    'bielp https://github.com/o/nomad-bielp',
  ])
  const roster =
    '"identifier","github_username","github_id","name"\n"Anna","ana","1",""\n"Maria","maria-ana","2",""\n'
  expect(brief(await read(roster, ['nomad-ana/', 'nomad-maria-ana/']))).toEqual([
    'Anna submissions/nomad-ana',
    'Maria submissions/nomad-maria-ana',
  ])
  const scores =
    'username,first_name,last_name,email,section,github_id,role,review_url\n' +
    'annap,Anna,Puig,,1,3,student,https://github.com/o/c-nomad-annap/commit/ab12cd3\n' +
    'prof,Pep,Pi,,1,4,teacher,\n'
  const { students, notes } = await read(scores)
  expect(students).toEqual([
    {
      student: 'Anna Puig',
      line: 2,
      submission: 'https://github.com/o/c-nomad-annap',
      commit: 'ab12cd3',
    },
  ])
  expect(notes).toEqual(['class.csv:3: Pep Pi is no student (teacher).'])
})

test.each([
  ['student,submission\nanna,a\n,b\n', 'class.csv:3: this row names no student.'],
  ['student,submission\nanna,a\n Anna ,b\n', 'class.csv:3: Anna is in line 2 already.'],
  [
    'student,alumne,submission\nanna,x,a\n',
    'class.csv:1: the columns "student" and "alumne" mean the same: leave one.',
  ],
  [
    'nota,submission\n5,a\n',
    'class.csv:1: no column names the students: the first line must have one called student.',
  ],
  [
    'student,submission\nPuig, Anna,a\n',
    'class.csv:2: this row has 3 cells and the first line 2: put a text with commas in quotes.',
  ],
  [
    'student,submission,termini\nanna,a,31/11/2026\n',
    'class.csv:2: "31/11/2026" is no date: write it like 2026-11-24 23:59.',
  ],
  [
    'student,submission\nanna,"a\nbiel,b\n',
    'class.csv:2: a quotation mark opens here and is never closed.',
  ],
  [
    'student,submission\nan"na,a\n',
    'class.csv:2: a quotation mark stands in the middle of a cell: put the whole cell in quotes, and double it.',
  ],
  [
    'student\nanna\n',
    'class.csv:1: no column says where the hand-ins are, and there is no folder submissions.',
  ],
  ['student,submission\n\n', 'class.csv: it names no student.'],
  ['', 'class.csv: it is empty.'],
])('a mistake is told with its line: %j', async (text, sentence) => {
  expect(await fault(text)).toBe(sentence)
})

test('what is no UTF-8 text is told as what it is, and many mistakes are told together', async () => {
  const latin1 = Buffer.from('student,submission\nanna,a\nN\u00faria,b\n', 'latin1')
  expect(await fault(latin1)).toMatch(/^class.csv:3: this line is not UTF-8/)
  expect(await fault(Buffer.from('\ufeffstudent', 'utf16le'))).toMatch(/saved as UTF-16/)
  expect(await fault(Buffer.from('PK\x03\x04'))).toMatch(/a workbook/)
  expect(await fault('student,submission\nanna,\0\n')).toBe('class.csv:2: it is not a text file.')
  const many = await fault(`student,submission\n${',x\n'.repeat(9)}`)
  expect(many).toMatch(/^class.csv:2: .* class.csv:6: .*\. And 4 more such rows\.$/)
  const two = 'student\nanna\n'
  expect(await fault(two, ['anna/', 'anna.zip'])).toBe(
    'class.csv:2: anna and anna.zip could both be the hand-in of anna: leave one.',
  )
  expect(await fault('student,submission\nAnna/../x,\n')).toBe('no fault')
})

test('no hand-in is passed over in silence', async () => {
  const handIns = [
    'anna/',
    'anna.pdf',
    'biel.rar',
    'caai/',
    'Participant_9_assignsubmission_file_x.zip',
  ]
  const roster = await read('student\nanna\nbiel\ncai\n', handIns)
  expect(brief(roster)).toEqual(['anna submissions/anna', 'biel submissions/biel.rar', 'cai'])
  expect(roster.notes).toEqual([
    '2 hand-ins are of nobody in the roster: Participant_9_assignsubmission_file_x.zip, caai.',
  ])
  const loose = 'Dora Pi_7_assignsubmission_file_nginx.nomad'
  expect(await fault('Identifier,Full name\nParticipant 7,Dora Pi\n', [loose])).toBe(
    'class.csv:2: the hand-in of Dora Pi is loose files: download them from Moodle in folders.',
  )
})

test('times are read as people, Moodle and GitHub write them', () => {
  const local = new Date(2026, 10, 24, 23, 59)
  for (const text of [
    ...Object.values(times),
    ...['Tuesday, November 24, 2026, 11:59 PM', '24/11/2026 23:59', '24.11.2026, 23.59h'],
    ...['2026-11-24 23:59', '24 nov. 2026 23:59', 'dimarts, 24 de novembre de 2026, 23:59'],
  ])
    expect(timeOf(text)?.at, text).toEqual(local)
  expect(timeOf('2026-11-24T23:59:30.5+01:00')?.at).toEqual(new Date('2026-11-24T22:59:30Z'))
  expect(timeOf('2026-11-24 22:59:30 UTC')?.at).toEqual(new Date('2026-11-24T22:59:30Z'))
  expect(timeOf("dijous, 1 d'octubre de 2026, 0:05")?.at).toEqual(new Date(2026, 9, 1, 0, 5))
  expect(timeOf('1 de març 2026')?.at).toEqual(new Date(2026, 2, 1))
  expect(deadlineOf('24/11/2026')).toBe(new Date(2026, 10, 24, 23, 59, 59).toISOString())
  for (const text of ['11/24/2026', '2026-02-30', '24/11/2026 25:00', 'soon', '2026', '1 foo 2026'])
    expect(timeOf(text), text).toBeUndefined()
})

test('a dash says nothing; with a folder of hand-ins, so does an empty cell', async () => {
  const text = 'student,submission,deadline\nanna,a,-\nbiel,-,\ncai,,\n'
  expect(brief(await read(text, ['cai/']))).toEqual(['anna a', 'biel', 'cai'])
  const { students } = await readRoster(join(home, 'class.csv'), {
    submissions: join(home, 'submissions'),
  })
  expect(students.map(({ submission }) => submission)).toEqual(['a', undefined, 'submissions/cai'])
})

test('the deadline of all is that of rows without one', async () => {
  const { students } = await read(
    'student,submission,deadline\nanna,a,2026-11-20T10:00Z\nbiel,b,\n',
    [],
    '2026-11-24T10:00Z',
  )
  expect(students.map((one) => one.deadline?.slice(0, 10))).toEqual(['2026-11-20', '2026-11-24'])
  const wrong = read('student,submission\nanna,a\n', [], 'soon')
  await expect(wrong).rejects.toThrow(/^"soon" is no date: write it like 2026-11-24 23:59\.$/)
})
