import type { Entry } from './entry.ts'

/** Stage → how its file was found. */
export const exact = { '01.1': 'exact', '01.3': 'exact', '02.1': 'exact', '03.1': 'exact' }
export const derived = { ...exact, '01.1': 'derived', '01.3': 'derived' }
export const noApache = { '01.1': 'exact', '01.3': 'exact', '02.1': 'exact' }
export const onlyApache = { '03.1': 'exact' }
export const lastNearest = { ...derived, '02.1': 'nearest' }
export const fromGit = { ...exact, '01.1': 'git', '01.3': 'git' }

export interface FolderEntry extends Entry {
  /** Stage → how its file was found. */
  origins: Record<string, string>
  /** What is listed as not used, and why. */
  unused?: Record<string, string>
}
