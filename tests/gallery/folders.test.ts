import { expect } from 'vitest'
import type { FolderEntry } from './folder-entry.ts'
import { rightFolders } from './folders-right.ts'
import { wrongFolders } from './folders-wrong.ts'
import type { Graded } from './grade-entry.ts'
import { show } from './show.ts'

/** Where each stage came from, and what is listed as not used. */
function found({ origins, unused }: FolderEntry, graded: Graded): void {
  if (origins) expect(graded.origins).toEqual(origins)
  if (unused) {
    const listed = Object.fromEntries(graded.unused.map(({ file, why }) => [file, why]))
    expect(listed).toEqual(unused)
  }
}

for (const table of [rightFolders, wrongFolders]) show(table, found)
