import { existsSync } from 'node:fs'
import { isAbsolute, relative, resolve, sep } from 'node:path'
import type { Overrides } from '../helpers/grade/overrides.ts'
import { scales } from '../helpers/grade/scale.ts'
import type { Scale } from '../helpers/grade/scale-schema.ts'
import { msg } from '../helpers/language/message.ts'
import { readGrading, readOverrides } from '../helpers/teacher-file.ts'
import { rubric } from '../suites/rubric.ts'
import { Usage } from './exit.ts'
import { wordOf } from './flags.ts'

/** What the teacher says of marks: overrides.yaml and grading.yaml, or what flags name instead. */
export interface TeacherFlags {
  scale?: string
  overrides?: string
}

/** Nothing in a student's folder says what a student's mark is. `dirs`: the folders graded. */
const isHandedIn = (path: string, dirs: readonly string[]) =>
  dirs.some((dir) => {
    // Of somebody who handed in nothing: no folder, and not the one that we are in.
    if (dir === '') return false
    const way = relative(resolve(dir), resolve(path))
    return way.split(sep)[0] !== '..' && !isAbsolute(way)
  })

/** A file of the teacher's in the folder we are in; one that a student put there is passed over. */
const ownFile = (name: string, dirs: readonly string[]) =>
  existsSync(name) && !isHandedIn(name, dirs) ? name : undefined

/** The teacher's word. Throws Usage, or a Fault that names file and line. */
export async function overridesOf(
  { overrides }: TeacherFlags,
  dirs: readonly string[],
): Promise<Overrides> {
  if (overrides !== undefined && isHandedIn(overrides, dirs))
    throw new Usage(
      msg('{path} is in the folder that was graded, and nothing there says a mark.', {
        path: overrides,
      }),
    )
  const path = overrides ?? ownFile('overrides.yaml', dirs)
  return path === undefined ? { overrides: [], waivers: [] } : readOverrides(path, rubric)
}

/** The scale; undefined where marks stay as they are. Throws as overridesOf. */
export async function scaleOf(
  { scale }: TeacherFlags,
  dirs: readonly string[],
): Promise<Scale | undefined> {
  const [first = '', ...others] = Object.keys(scales)
  if (scale !== undefined) return scales[wordOf('scale', scale, [first, ...others]) ?? '']
  const path = ownFile('grading.yaml', dirs)
  return path === undefined ? undefined : readGrading(path)
}
