import { expect, test } from 'vitest'
import { troubleOf } from './placing.ts'
import { allocationOn, said } from './testing.ts'

type Event = [type: string, message: string]

const troubleAfter = (events: Event[], state = 'pending') =>
  said(
    troubleOf(
      allocationOn(1, {
        tasks: [
          {
            name: 'server',
            state,
            failed: false,
            restarts: 0,
            events: events.map(([type, message], at) => ({ type, message, at })),
          },
        ],
      }),
    ),
  )

const failure: [string, string][] = [
  // Docker's words, recordings/mistakes and cluster-facts §6.
  ['Failed to pull `nginx:9`: API error (404): manifest unknown', 'student image-unknown! @image'],
  ['Failed to pull `x`: pull access denied for x', 'student image-unknown! @image'],
  ['Failed to pull `x`: not found: manifest', 'student image-unknown! @image'],
  ['Failed to pull `nginx:1.22.1`: API error (404): manifest unknown', 'lab registry'],
  ['Failed to pull `docker.io/library/httpd:2.4.55`: manifest unknown', 'lab registry'],
  ['Failed to pull `x/nginx:1.22.1`: manifest unknown', 'student image-unknown! @image'],
  ['Failed to pull `x`: API error (404): dial tcp: i/o timeout', 'lab registry'],
  ['Failed to pull `x`: manifest unknown, then 503 Service Unavailable', 'lab registry'],
  ['Failed to pull `x`: toomanyrequests: manifest unknown', 'lab registry'],
  ['Failed to pull `x`: dial tcp: lookup registry-1.docker.io', 'lab registry'],
  ['Failed to find docker auth for repo "x"', 'lab registry'],
  ['Port "web" not found, check network block', 'student docker-port-label! @ports'],
  ['bind: address already in use', 'lab host-port-taken'],
  ['Bind for 0.0.0.0:80 failed: port is already allocated', 'lab host-port-taken'],
  ['write /var/lib/docker: no space left on device', 'lab disk-full'],
  [
    'Failed to pull `nginx:1.22.1`: failed to register layer: write /usr/lib/x: no space left on device',
    'lab disk-full',
  ],
  ['exec: "nope": executable file not found in $PATH', 'student driver-failure @command'],
  ['exec: "/x": stat /x: no such file or directory', 'student driver-failure @command'],
  ['exec: "/etc": permission denied', 'student driver-failure @command'],
  ['OCI runtime create failed: cgroup', 'lab driver-failure'],
]

test.each(failure)('a driver failure, %s: %s', (text, wanted) => {
  const vm = /image-unknown|registry|taken|full|driver/.test(wanted) ? ' vm=box-1' : ''
  expect(troubleAfter([['Driver Failure', text]])).toBe(`${wanted}${vm} text=${text}`)
})

test.each<[Event[], string, string]>([
  [[], 'pending', 'nothing'],
  [[['Received', 'Task received by client']], 'pending', 'nothing'],
  [[['Driver', 'Downloading image']], 'pending', 'lab pulling vm=box-1'],
  [[['Driver', 'Something else']], 'pending', 'nothing'],
  [[['Other', 'Downloading image']], 'pending', 'nothing'],
  [
    [
      ['Driver', 'Downloading image'],
      ['Started', ''],
    ],
    'running',
    'nothing',
  ],
  [
    [
      ['Terminated', 'Exit Code: 1'],
      ['Driver', 'Downloading image'],
    ],
    'pending',
    'lab pulling vm=box-1',
  ],
  [
    [['Failed Validation', 'missing image']],
    'dead',
    'student config-invalid! @config text=missing image',
  ],
  [
    [['Setup Failure', 'port label not found: web']],
    'dead',
    'student setup-failed! @service.port text=port label not found: web',
  ],
  [
    [['Setup Failure', 'invalid port']],
    'dead',
    'student setup-failed! @service.port text=invalid port',
  ],
  [[['Setup Failure', 'no cni']], 'dead', 'lab driver-failure vm=box-1 text=no cni'],
  [
    [['Terminated', 'Exit Code: 1']],
    'pending',
    'student crashing @config vm=box-1 text=Exit Code: 1 task=server',
  ],
  // Its shutdown_delay still runs: Nomad says so of what has ended (a real 2.0.5).
  [
    [['Terminated', 'Exit Code: 1']],
    'running',
    'student crashing @config vm=box-1 text=Exit Code: 1 task=server',
  ],
  [
    [
      ['Terminated', 'Exit Code: 1'],
      ['Restarting', ''],
      ['Started', ''],
    ],
    'running',
    'nothing',
  ],
  [
    [
      ['Terminated', 'Exit Code: 1'],
      ['Restarting', ''],
    ],
    'pending',
    'student crashing @config vm=box-1 text=Exit Code: 1 task=server',
  ],
])('task events %j, %s: %s', (events, state, wanted) => {
  expect(troubleAfter(events, state)).toBe(wanted)
})

test('the newest of two failures is told, of whichever task has one', () => {
  expect(
    troubleAfter([
      ['Terminated', 'first'],
      ['Failed Validation', 'second'],
    ]),
  ).toContain('second')
  const two = allocationOn(1)
  two.tasks.push({ ...two.tasks[0]!, name: 'side', state: 'dead' })
  two.tasks[1]!.events = [{ type: 'Terminated', message: 'gone', at: 1 }]
  expect(said(troubleOf(two))).toBe('student crashing @config vm=box-1 text=gone task=side')
})
