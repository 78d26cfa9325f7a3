import type { Fault } from './fault.ts'
import { everyItem } from './fault.ts'
import { before, clientsOf } from './when.ts'

const all = '01.1 01.2 01.3 02.1 02.2 02.3 03.1 03.2 03.3 03.4'
const outwaited = { 3: everyItem, 4: everyItem }
/** Docker's words for what Docker Hub answers, not seen on a cluster of ours (cluster-facts §0.2.15). */
const limited =
  'API error (500): toomanyrequests: You have reached your pull rate limit. You may increase the ' +
  'limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit'
const unavailable = 'API error (500): received unexpected HTTP status: 503 Service Unavailable'
const unauthorised =
  'API error (500): Get "https://registry-1.docker.io/v2/library/nginx/manifests/1.22.1": ' +
  'unauthorized: authentication required'
const certificate =
  'API error (500): Get "https://registry-1.docker.io/v2/": x509: certificate has expired or is ' +
  'not yet valid'
const full =
  'API error (500): failed to register layer: write /usr/sbin/nginx: no space left on device'
const missing =
  'API error (404): manifest for nginx:1.22.1 not found: manifest unknown: manifest unknown'

/** No VM has an image when 01.1 begins, and each pull ends so. */
const pulls = (seconds: number, error?: string): NonNullable<Fault['put']> =>
  before('01.1', (world) => {
    for (const { images } of clientsOf(world)) images.clear()
    world.faults.pull = () => ({ seconds, ...(error && { error }) })
  })

/** The pulls of the first so many seconds end so. */
const pullsForAWhile = (seconds: number, error: string): NonNullable<Fault['put']> =>
  before('01.1', (world) => {
    const until = world.now() + seconds * 1000
    for (const { images } of clientsOf(world)) images.clear()
    world.faults.pull = () => (world.now() < until ? { seconds: 2, error } : { seconds: 5 })
  })

const never = (says: RegExp): Partial<Fault> => ({
  rows: { 3: '??? ??? ????', 4: '??? ??? ????' },
  says,
  why: { [all]: 'no VM can have the image' },
  maxWaitMs: 120_000,
})

/** The registry, and what VMs have of it. */
export const imageFaults: Fault[] = (
  [
    { name: 'no VM has the images, and each pull needs 100 s', put: pulls(100) },
    {
      name: 'no VM has the images, and the registry limits pulls (429)',
      put: pulls(2, limited),
      ...never(/pull/),
    },
    {
      variant: true,
      name: 'no VM has the images, and the registry answers 503',
      put: pulls(2, unavailable),
      ...never(/pull/),
    },
    {
      variant: true,
      name: 'no VM has the images, and the registry wants a login',
      put: pulls(2, unauthorised),
      ...never(/pull/),
    },
    {
      variant: true,
      name: "no VM has the images, and the registry's certificate is not valid",
      put: pulls(2, certificate),
      ...never(/pull/),
    },
    {
      variant: true,
      name: 'no VM has the images, and the disks are full',
      put: pulls(2, full),
      ...never(/pull|disk/),
    },
    {
      name: "the registry says that the sheet's own images do not exist (404)",
      put: pulls(2, missing),
      ...never(/pull|image/),
    },
    {
      name: 'the registry answers 503 for half a minute',
      put: pullsForAWhile(30, unavailable),
    },
  ] as (Omit<Fault, 'kind' | 'rows'> & Partial<Fault>)[]
).map((fault) => ({ rows: outwaited, kind: 'images', ...fault }))
