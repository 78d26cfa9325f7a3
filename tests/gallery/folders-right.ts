import { symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allPassed } from './entry.ts'
import { derived, exact, type FolderEntry, fromGit } from './folder-entry.ts'
import {
  apache,
  fixed,
  lastState,
  merged,
  move,
  one,
  onlyTheFile,
  read,
  remove,
  renamed,
  type Step,
  states,
  steps,
  three,
  write,
} from './folder-steps.ts'
import { jsonJob } from './odd-but-right.ts'

const fine = (
  name: string,
  arrange: Step,
  origins: Record<string, string> = exact,
  unused?: Record<string, string>,
): FolderEntry => ({ name, arrange, verdicts: allPassed, origins, ...(unused && { unused }) })

const notAJob = 'it is not a job'
export const rightFolders: FolderEntry[] = [
  { ...fine('only the last nginx.nomad and apache.nomad', lastState, derived), whole: true },
  fine(
    'one folder for each exercise',
    steps(
      move(one, '01/nginx1.nomad'),
      move(three, '01/nginx3.nomad'),
      move(fixed, '02/nginx.nomad'),
      move(apache, '03/apache.nomad'),
    ),
  ),
  fine(
    'everything one folder down',
    steps(...[one, three, fixed, apache].map((name) => move(name, `practica6/${name}`))),
  ),
  fine(
    'names in Catalan with spaces',
    steps(
      move(one, 'un servidor.nomad'),
      move(three, 'tres rèpliques.nomad'),
      move(fixed, 'port estàtic.nomad'),
      move(apache, 'apache final.nomad'),
    ),
  ),
  fine('swapped names', steps(move(one, 'x'), move(three, one), move('x', three))),
  fine(
    'nginx and apache with swapped names',
    steps(move(fixed, 'x'), move(apache, fixed), move('x', apache)),
  ),
  fine('.hcl and .nomad.hcl', steps(move(one, 'a.hcl'), move(three, 'b.nomad.hcl'))),
  fine(
    'a job in JSON, as the API takes it',
    steps(remove(one), write('01.1-nginx.json', jsonJob())),
  ),
  fine('stages.yaml', steps(move(one, 'a.nomad'), write('stages.yaml', '"01.1": a.nomad\n')), {
    ...exact,
    '01.1': 'stages.yaml',
  }),
  fine('a copy of the reference beside it', (folder) =>
    write('copia.nomad', read(folder, fixed))(folder),
  ),
  fine(
    'zip and pictures beside',
    steps(
      write('entrega.zip', Buffer.from('PK\x03\x04\0\0')),
      write('captura.png', Buffer.from([0x89, 0x50, 0])),
    ),
  ),
  fine(
    'files that would configure the grader',
    steps(
      write('vitest.config.ts', 'throw new Error("never run")'),
      write('cluster.yaml', 'server: 203.0.113.1'),
      write('.npmrc', 'registry=http://203.0.113.1'),
      write('package.json', '{"scripts":{"grade":"exit 1"}}'),
    ),
    exact,
    { 'package.json': notAJob },
  ),
  fine(
    'the mesh of exercise 04, an agent’s file',
    steps(
      write(
        'count.nomad',
        'job "countdash" {\n  datacenters = ["dc1"]\n  group "api" {\n    task "web" {\n      driver = "docker"\n      config { image = "hashicorp/counter-api:v3" }\n    }\n  }\n}\n',
      ),
      write('server.hcl', 'server {\n  enabled = true\n}\n'),
    ),
    exact,
    { 'count.nomad': 'it is a job, but neither nginx nor apache', 'server.hcl': notAJob },
  ),
  fine(
    '10 MB that call themselves a job',
    write('gran.nomad', Buffer.alloc(10 * 1024 * 1024, '#')),
    exact,
    { 'gran.nomad': 'it is larger than 1024 KiB' },
  ),
  fine(
    'a binary that calls itself a job',
    write('nginx-old.nomad', Buffer.from([1, 0, 2, 0])),
    exact,
    { 'nginx-old.nomad': 'it is not a text file' },
  ),
  fine('a link out of the folder', (folder) => symlinkSync(tmpdir(), join(folder, 'fora')), exact),
  fine('git: one edited file', steps(states('nginx.nomad'), onlyTheFile), fromGit),
  fine('git: a branch that was merged', steps(merged, remove('llegeix.txt'), onlyTheFile), fromGit),
  fine('git: a file that was renamed', steps(renamed, onlyTheFile), {
    ...fromGit,
    // The history is that of the same file, by its name; what lies before is derived.
    '01.1': 'derived',
  }),
]
