import { expect, test } from 'vitest'
import type { Entry } from './entry.ts'
import { type Graded, gradeEntry } from './grade-entry.ts'

/** One test for each entry of a table: its ten verdicts, its criterion, its first line. */
export function show<E extends Entry>(
  entries: readonly E[],
  also: (entry: E, graded: Graded) => void = () => {},
): void {
  for (const entry of entries) {
    test(`${whereOf(entry)}${entry.name}: ${entry.verdicts}`, async () => {
      const graded = await gradeEntry(entry)
      const { verdicts, first } = graded
      const refutes = first?.criteria.find((c) => c.met === false)?.id ?? ''
      expect({ verdicts, refutes }, first?.sentence).toEqual({
        verdicts: entry.verdicts,
        refutes: entry.refutes ?? '',
      })
      expect(first?.sentence ?? '').toMatch(pattern(entry.says ?? ''))
      expect(graded.refuted).toMatchObject(entry.also ?? {})
      // Whoever loses a mark is told what to do.
      if (first) expect(first.hint).not.toBe('')
      also(entry, graded)
    })
  }
}

const whereOf = ({ files }: Entry) => (files ? `${Object.keys(files).join()} ` : '')

/** The whole sentence, in which `…` stands for anything. */
const pattern = (says: string) =>
  new RegExp(`^${says.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&').replaceAll('…', '.*')}$`, 's')
