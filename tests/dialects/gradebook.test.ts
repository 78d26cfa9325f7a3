import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { Result } from '../../helpers/grade/result.ts'
import { onScale, scales } from '../../helpers/grade/scale.ts'
import type { Scale } from '../../helpers/grade/scale-schema.ts'
import { inLanguage } from '../../helpers/language/message.ts'
import { renderCsv } from '../../helpers/report/csv.ts'
import { renderMoodleCsv } from '../../helpers/report/moodle-csv.ts'
import { mergeWorksheet } from '../../helpers/report/moodle-worksheet.ts'
import { interval, mixed, nothing, students, ten } from './class.ts'

const rows = (text: string, delimiter: string) =>
  parse(text, { delimiter, columns: true }) as Record<string, string>[]
const on = (result: Result, scale: string) => onScale(result, scales[scale] as Scale)

test('class CSV: a mark, no mark yet, nothing handed in and 0 are four different rows', () => {
  const lost = ten(Object.fromEntries(ten().items.map(({ id }) => [id, 'failed'])))
  const read = rows(renderCsv([mixed(), interval(), nothing(), lost], 'en'), ',')
  expect(read.map((row) => [row.state, row.marks, row.lowest, row.highest])).toEqual([
    ['graded', '5.3', '5.3', '5.3'],
    ['inconclusive', '-', '7.3', '8.3'],
    ['not handed in', '-', '0', '0'],
    ['graded', '0', '0', '0'],
  ])
  expect(read[0]).toMatchObject({ '03.1': '0.3', '03.1 verdict': 'partial', '02.1': '0' })
  expect(read[1]).toMatchObject({ '02.3': '-', '02.3 verdict': 'inconclusive' })
})

test('class CSV: semicolons and decimal commas in Catalan and Spanish', () => {
  for (const language of ['ca', 'es']) {
    const [row] = rows(renderCsv([on(mixed(), 'university-es')], language), ';')
    expect(Object.values(row ?? {})).toContain('5,3')
    expect(Object.values(row ?? {})).toContain('AP')
  }
  expect(renderCsv([mixed()], 'ca')).toMatch(/^estudiant;estat;/)
})

test('no name is a formula, and each comes back whole', () => {
  const results = students.map((student) => mixed({ student }))
  for (const text of [renderCsv(results, 'en'), renderMoodleCsv(results, 'en', 'username')]) {
    const read: string[][] = parse(text)
    expect(text).not.toMatch(/^\s*::/m)
    for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+@\t\r]|^-./)
    expect(read.slice(1).map(([name]) => name?.replace(/^'/, '').replace(/^: /, ':'))).toHaveLength(
      7,
    )
  }
  const names = rows(renderMoodleCsv(results, 'en', 'username'), ',').map((row) => row.username)
  expect(names[0]).toBe("'=cmd|'/C calc'!A0")
  expect(names.slice(1)).toEqual(students.slice(1))
})

test('Moodle import: - is no grade, and no value is above the maximum', () => {
  const results = [ten(), mixed(), interval(), nothing()].map((one) => on(one, 'percent'))
  const read = rows(renderMoodleCsv(results, 'en', 'email'), ',')
  expect(read.map(({ grade }) => grade)).toEqual(['100', '53', '-', '-'])
  expect(read.map(({ feedback }) => feedback?.split(' · ')[0])).toEqual([
    '10 of 10 marks',
    '5.3 of 10 marks',
    'inconclusive',
    'not handed in',
  ])
  expect(renderMoodleCsv([mixed()], 'es', 'idnumber')).toMatch(
    /^idnumber;nota;comentarios\n.*;5,3;/,
  )
})

const sheets = {
  en: `\ufeffIdentifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"\r\n`,
  es: `Identificador,"Nombre completo","Dirección de correo",Estado,Calificación,"Calificación máxima","La calificación puede ser cambiada","Última modificación (entrega)","Última modificación (calificación)","Comentarios de retroalimentación"\n`,
  ca: `Identificador;"Nom complet";"Adreça electrònica";Estat;Qualificació;"Qualificació màxima";"Es pot canviar la qualificació";"Darrera modificació (tramesa)";"Darrera modificació (qualificació)";"Comentaris de retroacció."\n`,
}

test('worksheet: only grade and feedback of matched rows change, every other byte stays', () => {
  const end = '\r\n'
  const row = (grade: string, feedback: string) =>
    `"Participant 12","Núria ""l·l""",nuria@example.org,"Submitted, late",${grade},10.00,Yes,"-",-,${feedback}`
  const other = `Participant 13, Biel ,biel@example.org,No submission,,10.00,Yes,-,-,"two\nlines"`
  const sheet = `${sheets.en}${row('', '""')}${end}${other}${end}`
  const { text, changes, unmatched } = mergeWorksheet(sheet, [
    mixed({ student: 'nuria@example.org' }),
  ])
  const [head, ...rest] = text.split(end)
  expect(`${head}${end}`).toBe(sheets.en)
  expect(rest.slice(1)).toEqual([other, ''])
  expect(rest[0]).toMatch(
    /^"Participant 12","Núria ""l·l""",nuria@example.org,"Submitted, late",5\.3,10\.00,Yes,"-",-,5\.3 of 10 marks<br>02\.1 failed: It failed\./,
  )
  expect(changes).toHaveLength(1)
  expect(changes[0]).toMatchObject({ line: 2, before: row('', '""') })
  expect(unmatched.map((one) => inLanguage(one, 'en'))).toEqual([
    'The row of  Biel  has no result.',
  ])
})

test('worksheet: in Spanish and Catalan, with the comma and on the maximum that the sheet has', () => {
  const es = `${sheets.es}"Participante 7","Núria l·l",n@example.org,Enviado,"","100,00",Sí,-,-,""\n`
  expect(mergeWorksheet(es, [mixed()]).text).toContain('Enviado,53,"100,00",Sí')
  const ca = `${sheets.ca}Participant 7;Núria l·l;n@example.org;Enviat;;10,00;Sí;-;-;\n`
  const merged = mergeWorksheet(ca, [mixed({ language: 'ca' })]).text
  expect(merged).toContain('Enviat;5,3;10,00;Sí;-;-;5,3 punts de 10<br>')
  expect(mergeWorksheet(merged, [mixed({ language: 'ca' })]).changes).toEqual([])
})

test('worksheet: what is no grade leaves the earlier grade, and says why', () => {
  const row = 'Participant 7,anna,a@example.org,Submitted,6.00,10.00,Yes,-,-,\r\n'
  for (const [result, says] of [
    [interval({ student: 'anna' }), 'inconclusive'],
    [nothing({ student: 'anna' }), 'not handed in'],
  ] as const) {
    const { text } = mergeWorksheet(sheets.en + row, [result])
    expect(text).toContain(`Submitted,6.00,10.00,Yes,-,-,${says}`)
  }
})

test('worksheet: a row that takes no grade, two of one name, and a stranger are told and not touched', () => {
  const sheet =
    `${sheets.en}Participant 1,anna,a@example.org,,1,10.00,No,-,-,\r\n` +
    'Participant 2,biel,b@example.org,,,10.00,Yes,-,-,\r\nParticipant 3,biel,c@example.org,,,10.00,Yes,-,-,\r\n'
  const results = ['anna', 'biel', 'A@example.org', ...students].map((student) =>
    ten({}, { student }),
  )
  const { text, unmatched, changes } = mergeWorksheet(sheet, results)
  expect(text).toBe(sheet)
  expect(changes).toEqual([])
  const told = unmatched.map((one) => inLanguage(one, 'en'))
  expect(told[0]).toBe('The worksheet says that the grade of anna cannot be changed.')
  expect(told[1]).toBe('biel has more than one row: none was changed.')
  expect(told[2]).toBe('A@example.org has no row in the worksheet.')
})

test('worksheet: a scale that ends elsewhere than the sheet, or a file that is none, is refused', () => {
  const sheet = `${sheets.en}Participant 1,anna,a@example.org,,,20.00,Yes,-,-,\r\n`
  const result = on(ten({}, { student: 'anna' }), '0-10')
  expect(() => mergeWorksheet(sheet, [result])).toThrow()
  expect(() => mergeWorksheet('name,mark\nanna,\n', [result])).toThrow()
})
