/** Columns of Moodle's grading worksheet that are read or written. */
export type Column =
  | 'identifier'
  | 'name'
  | 'email'
  | 'username'
  | 'idnumber'
  | 'grade'
  | 'maximum'
  | 'changeable'
  | 'feedback'

/**
 * Moodle writes the headers in the language of whoever downloads. English and Spanish as Moodle's own
 * worksheets have them; the Catalan ones are those of its language pack of version 4.5 and were not
 * seen in a worksheet. `feedback` is the name of the comments plugin, which changed over the versions.
 */
const headers: Record<Column, string[]> = {
  identifier: ['Identifier', 'Identificador'],
  name: ['Full name', 'Nombre completo', 'Nom complet', 'Nom i cognoms'],
  email: [
    'Email address',
    'Dirección de correo',
    'Dirección Email',
    'Correo electrónico',
    'Adreça electrònica',
    'Adreça de correu',
    'Correu electrònic',
  ],
  username: ['Username', 'Nombre de usuario', "Nom d'usuari", 'Nom d’usuari'],
  idnumber: ['ID number', 'Número de ID', 'Número ID', "Número d'identificació", 'Número ID'],
  grade: ['Grade', 'Calificación', 'Qualificació'],
  maximum: ['Maximum Grade', 'Maximum grade', 'Calificación máxima', 'Qualificació màxima'],
  changeable: [
    'Grade can be changed',
    'La calificación puede ser cambiada',
    'Es pot canviar la qualificació',
  ],
  feedback: [
    'Feedback comments',
    'Comentarios de retroalimentación',
    'Comentarios de la retroalimentación',
    'Comentaris de retroacció',
    'Comentaris de retroalimentació',
    'Comentaris de la retroacció',
  ],
}

const plain = (text: string) => text.normalize('NFC').trim().replace(/\.$/, '').toLowerCase()

/** Which column a header is, in any of the languages; undefined for those that nobody needs. */
export function columnOf(header: string): Column | undefined {
  const found = Object.entries(headers).find(([, names]) =>
    names.some((name) => plain(name) === plain(header)),
  )
  return found?.[0] as Column | undefined
}

/** Whether a cell says that Moodle will not take a grade here. */
export const saysNo = (value: string) => plain(value) === 'no'
