import { put } from '../gallery/edits.ts'
import { type Entry, lost, right } from '../gallery/entry.ts'

/**
 * Submissions of the gallery whose truth hangs on what Nomad, Consul and Docker do, by their
 * titles: what `--hardest` runs.
 */
export const hardest: string[] = [
  '02.1 canary at a static port',
  '02.1 an empty folder over the pages of the image',
  '01.1 a container that ends again and again',
  '02.1 a second group that needs every VM',
  '01.1 pinned to one VM',
  '02.1 a check that fails',
  '01.1 the address of one VM written into the service',
  '02.1 max_parallel = 3',
  '02.1 distinct_hosts',
  '02.1 two groups, one and two replicas',
  '01.1 address-mode-driver',
  '01.1 two tasks, the second without a service',
  '03.1 apache registered at two ports',
  '01.1 a check every 90 s, critical until the first',
  '01.3 a canary with auto_promote',
  '01.1 the service in the group',
  '01.3 all on one VM',
  '01.1 a second group that needs every VM',
  '03.1 an apache that also registers nginx',
  '01.1 the port of an instance of its own',
  '01.1 a number for the port of the service',
  '01.1 a disconnect block, on Nomad 2',
  '01.1 no service but a group of that name',
  '01.1 the service registered at two ports',
]

/** Cheats that need a real container; busybox.sh makes the two images that no registry has. */
export const cheats: Entry[] = [
  lost(
    'a busybox that answers as nginx',
    '01.1',
    put('nginx:1.22.1', 'busybox:1'),
    'FB. ... ....',
    'image',
    'The image is busybox, not nginx (01.1-nginx.nomad, line 17).',
  ),
  // The rubric asks for the name of the image and for the answer, and this has both.
  right('the busybox under the name of nginx', '01.1', put('nginx:1.22.1', 'nginx:busybox')),
]

/** What only a real cluster can be asked: the lab names it as a gap, or does not go as far. */
export const onlyReal: Entry[] = [
  right('a function of HCL', '02.1', put('count = 3', 'count = length(["a", "b", "c"])')),
  lost(
    'a variable that nobody declared',
    '01.1',
    put('count = 1', 'count = var.n'),
    'FB. ... ....',
    'parses',
    'The job file does not parse: …',
  ),
]
