import { expect, test } from 'vitest'
import { type Entry, pattern, titleOf } from './entry.ts'
import { type Graded, gradeEntry } from './grade-entry.ts'

/** One test for each entry of a table: its ten verdicts, its criterion, its first line. */
export function show<E extends Entry>(
  entries: readonly E[],
  also: (entry: E, graded: Graded) => void = () => {},
): void {
  for (const entry of entries) {
    test(`${titleOf(entry)}: ${entry.verdicts}`, async () => {
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
