import { columnOf } from '../../report/worksheet-headers.ts'

/** What a column of a roster says, whoever made the roster. */
export type Meaning =
  | 'student'
  | 'name'
  | 'first'
  | 'last'
  | 'email'
  | 'username'
  | 'github'
  | 'idnumber'
  | 'identifier'
  | 'submission'
  | 'commit'
  | 'deadline'
  | 'handedInAt'
  | 'cluster'
  | 'role'

/**
 * Headers in English, Catalan and Spanish, without accents and in small letters. Of a teacher's own
 * rosters; of Moodle's worksheet, participants list and grader report (as its language packs have
 * them, see helpers/report/worksheet-headers.ts); of GitHub Classroom's classroom_roster.csv and
 * grades.csv, and of Classroom 50's roster.csv and scores.csv.
 */
const headers: Record<Meaning, string[]> = {
  student: [
    ...['student', 'student name', 'alumne', 'alumna', 'alumne/a', 'estudiant'],
    ...['alumno', 'alumno/a', 'estudiante'],
  ],
  name: ['full name', 'fullname', 'nom complet', 'nom i cognoms', 'nombre completo'],
  first: ['first name', 'firstname', 'name', 'nom', 'nombre', 'nombre(s)'],
  last: [
    'last name',
    'lastname',
    'surname',
    'cognom',
    'cognoms',
    'apellido',
    'apellidos',
    'apellido(s)',
  ],
  email: ['email', 'e-mail', 'mail', 'correu', 'correo'],
  username: ['username', 'user', 'usuari', 'usuari/a', 'usuario', 'usuaria'],
  github: ['github username', 'github user', 'github', 'student github username'],
  idnumber: ['id number', 'idnumber', 'dni', 'niu', 'nia'],
  identifier: ['identifier', 'roster identifier'],
  submission: [
    ...[
      'submission',
      'lliurament',
      'tramesa',
      'entrega',
      'repository',
      'repositori',
      'repositorio',
    ],
    ...['repo', 'url', 'student repository url', 'review url'],
  ],
  commit: ['commit'],
  deadline: [
    ...['deadline', 'due', 'due date', 'termini', 'data limit', 'data de venciment'],
    ...['data de lliurament', 'fecha limite', 'plazo', 'fecha de entrega', 'fecha de vencimiento'],
  ],
  handedInAt: [
    ...['handed in', 'handed in at', 'lliurat', 'entregado', 'last modified (submission)'],
    ...['darrera modificacio (tramesa)', 'ultima modificacion (entrega)'],
  ],
  cluster: ['cluster'],
  role: ['role', 'rol'],
}

/** Columns that exports have, and a grade does not need. */
const passedOver =
  /^(assignment|starter|student repository name|submission (tag|timestamp)|points|group|section|github id|institution|department|status|estat|estado|score|max score|datetime|submitted by|late|override|enrol|invite|grade|maximum grade|qualificacio|calificacion|last modified|(ultima modificacion|darrera modificacio) )/

const plain = (header: string) =>
  header
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s_]+/g, ' ')
    .trim()
    .replace(/[.:]$/, '')
    .toLowerCase()

/** What a header means; undefined where nobody needs it. */
export function meaningOf(header: string): Meaning | undefined {
  const wanted = plain(header)
  const found = Object.entries(headers).find(([, names]) => names.includes(wanted))
  if (found) return found[0] as Meaning
  const moodles = columnOf(header)
  return moodles && moodles in headers ? (moodles as Meaning) : undefined
}

/** Whether a header is known to be of no use: whoever made the file was not mistaken. */
export const isPassedOver = (header: string): boolean =>
  header === '' || passedOver.test(plain(header)) || columnOf(header) !== undefined
