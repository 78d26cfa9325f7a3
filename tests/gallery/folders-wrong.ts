import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { all, cut, put } from './edits.ts'
import { exact, type FolderEntry, lastNearest, noApache, onlyApache } from './folder-entry.ts'
import {
  apache,
  fixed,
  lastState,
  move,
  one,
  read,
  remove,
  type Step,
  steps,
  three,
  write,
} from './folder-steps.ts'

const refused = (
  name: string,
  arrange: Step,
  verdicts: string,
  refutes: string,
  says: string,
  origins: Record<string, string>,
  unused?: Record<string, string>,
): FolderEntry => ({ name, arrange, verdicts, refutes, says, origins, ...(unused && { unused }) })

const syntaxOf =
  (name: string): Step =>
  (folder) =>
    write(name, put('network {', 'network')(read(folder, name)))(folder)

export const wrongFolders: FolderEntry[] = [
  refused(
    'nothing',
    remove(one, three, fixed, apache),
    '-B- -BB -BBB',
    '',
    'Not handed in: no file of the folder is for this item.',
    {},
  ),
  refused(
    'no apache',
    remove(apache),
    '... ... -BBB',
    '',
    'Not handed in: no file of the folder is for this item.',
    noApache,
  ),
  refused(
    'only apache',
    remove(one, three, fixed),
    '-B- -BB ....',
    '',
    'Not handed in: no file of the folder is for this item.',
    onlyApache,
  ),
  refused(
    'nginx.nomad.txt',
    steps(lastState, move('nginx.nomad', 'nginx.nomad.txt')),
    '-B- -BB ....',
    '',
    'Not handed in: nginx.nomad.txt is not read: its name does not end in .nomad, .hcl or .json.',
    onlyApache,
    { 'nginx.nomad.txt': 'its name does not end in .nomad, .hcl or .json' },
  ),
  refused(
    'not saved: nginx.nomad is empty',
    steps(lastState, write('nginx.nomad', '')),
    'FBF FBB ....',
    'parses',
    'The job file does not parse: it is empty (nginx.nomad).',
    lastNearest,
  ),
  refused(
    'not saved: apache.nomad is empty',
    write(apache, ''),
    '... ... FBBB',
    'parses',
    'The job file does not parse: it is empty (03.1-apache.nomad).',
    { ...exact, '03.1': 'nearest' },
  ),
  refused(
    'both jobs in one file',
    steps(
      lastState,
      (folder) =>
        write('nginx.nomad', read(folder, 'nginx.nomad') + read(folder, 'apache.nomad'))(folder),
      remove('apache.nomad'),
    ),
    'FBF FBB -BBB',
    'parses',
    'The job file does not parse: Duplicate job block; Only one job block is allowed in a job file (nginx.nomad, line 36).',
    { '01.1': 'derived', '01.3': 'derived', '02.1': 'nearest' },
  ),
  refused(
    'nginx handed in as apache too',
    (folder) => write(apache, read(folder, one))(folder),
    '... ... FBBB',
    'image',
    'The image is nginx, not httpd (03.1-apache.nomad, line 17).',
    { ...exact, '03.1': 'nearest' },
  ),
  refused(
    'another exercise’s file',
    steps(
      remove(one, three, fixed),
      write(
        'redis.nomad',
        'job "redis" {\n  datacenters = ["dc1"]\n  group "redis" {\n    task "redis" {\n      driver = "docker"\n      config { image = "redis:7" }\n    }\n  }\n}\n',
      ),
    ),
    '-B- -BB ....',
    '',
    'Not handed in: no file of the folder is for this item.',
    onlyApache,
    { 'redis.nomad': 'it is a job, but neither nginx nor apache' },
  ),
  refused(
    'only the state of 01.3',
    steps(remove(one, fixed), move(three, 'nginx.nomad')),
    '... -BB ....',
    '',
    'Not handed in: no file of the folder is for this item.',
    { '01.1': 'derived', '01.3': 'exact', '03.1': 'exact' },
  ),
  refused(
    'only the state of 01.1',
    steps(remove(three, fixed), move(one, 'nginx.nomad')),
    '..- -BB ....',
    '',
    'Not handed in: no file of the folder is for this item.',
    { '01.1': 'exact', '03.1': 'exact' },
  ),
  refused(
    'two that could be 02.1',
    (folder) =>
      steps(
        move(fixed, 'a.nomad'),
        write('b.nomad', all(put('cpu    = 500', 'cpu    = 400'))(read(folder, fixed))),
      )(folder),
    '... ??? ....',
    '',
    'Which file is meant? a.nomad or b.nomad are equally near.',
    { '01.1': 'exact', '01.3': 'exact', '03.1': 'exact' },
  ),
  refused(
    'a syntax error in the one edited file',
    steps(lastState, syntaxOf('nginx.nomad')),
    'FBF FBB ....',
    'parses',
    'The job file does not parse: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value (nginx.nomad, line 7).',
    lastNearest,
  ),
  refused(
    'UTF-16',
    (folder) => write(apache, Buffer.from(`\ufeff${read(folder, apache)}`, 'utf16le'))(folder),
    '... ... -BBB',
    '',
    'Not handed in: 03.1-apache.nomad is not read: it is saved as UTF-16; save it as UTF-8.',
    noApache,
    { '03.1-apache.nomad': 'it is saved as UTF-16; save it as UTF-8' },
  ),
  refused(
    'a link to a file outside',
    steps(remove(apache), (folder) => symlinkSync('/etc/hostname', join(folder, apache))),
    '... ... -BBB',
    '',
    'Not handed in: 03.1-apache.nomad is not read: it leads out of the folder.',
    noApache,
    { '03.1-apache.nomad': 'it leads out of the folder' },
  ),
  refused(
    'stages.yaml that leads out',
    steps(remove(apache), write('stages.yaml', '"03.1": ../apache.nomad\n')),
    '... ... -BBB',
    '',
    'Not handed in: no file of the folder is for this item.',
    noApache,
  ),
  refused(
    '10 MB',
    (folder) => write(apache, read(folder, apache) + ' '.repeat(10 * 1024 * 1024))(folder),
    '... ... -BBB',
    '',
    'Not handed in: 03.1-apache.nomad is not read: it is larger than 1024 KiB.',
    noApache,
    { '03.1-apache.nomad': 'it is larger than 1024 KiB' },
  ),
  refused(
    'work in progress, no history',
    steps(lastState, (folder) =>
      write('nginx.nomad', cut(/ *ports .*\n/)(read(folder, 'nginx.nomad')))(folder),
    ),
    'FBF FBB ....',
    'answers',
    'The replica on box-… does not answer at … (ECONNREFUSED): the docker config does not publish it, ports = ["http"] is missing (nginx.nomad, line 17).',
    lastNearest,
  ),
]
