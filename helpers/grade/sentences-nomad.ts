import { msg } from '../language/message.ts'
import type { ReasonCode } from './reason.ts'
import { type Say, s, value } from './say.ts'
import { configSaid, ending, portLabelSaid, setupSaid } from './translate.ts'

export const seeLab = msg(
  'Nothing of yours: fix the lab (or ask your teacher) and run this item again.',
)

/** What Nomad says of the job, of where it is placed, and of its allocations. */
export const nomadSentences = {
  'nomad-unseen': s('Nomad could not be asked: {text}', seeLab),
  'job-vanished': s('The job was gone from Nomad though nobody of ours removed it.', seeLab),
  'service-missing': s('The job registers no service: Consul never hears of {service}.', (v) =>
    msg('Add a block {code} to the task.', {
      code: `service { name = "${v.service}" port = "http" provider = "consul" }`,
    }),
  ),
  'service-other-name': s('The job registers the service {names}, not {service}.', (v) =>
    msg('Set {code} in the service block.', { code: `name = "${v.service}"` }),
  ),
  'service-unclear': s(
    'It cannot be said under which name the job registers its service: {name}.',
    (v) =>
      msg('Write {code} as on the sheet, or ask your teacher to look at it.', {
        code: `name = "${v.service}"`,
      }),
  ),
  'service-provider': s(
    'The service {service} is registered in Nomad, not in Consul (provider = "nomad").',
    msg('Set {code} in the service block.', { code: 'provider = "consul"' }),
  ),
  'count-asked': s(
    'The job asks for {have, plural, one {# replica} other {# replicas}}, and this item wants {want}.',
    (v) => msg('Set {code} in the group.', { code: `count = ${v.want}` }),
  ),
  'count-other': s(
    '{have, plural, one {# replica} other {# replicas}} ran, and {want} were wanted.',
    seeLab,
  ),
  'client-missing': s('The client {vm} was {status} though nobody of ours stopped it.', seeLab),
  evaluating: s("Nomad's scheduler left an evaluation pending.", seeLab),
  'placement-datacenter': s(
    'No client is in the datacenter that the job names ({datacenter}).',
    msg('The sheet uses {code}.', { code: 'datacenters = ["dc1"]' }),
  ),
  'placement-constraint': s(
    'A constraint of the job matches no client that is left: {filter}.',
    msg('Remove the constraint, or name a client that exists ({code}).', {
      code: 'nomad node status',
    }),
  ),
  'placement-resources': s(
    'No client has room for group {group}: {dimension} is exhausted.',
    msg('The sheet asks for cpu = 500 and memory = 256 in resources.'),
  ),
  'placement-port': s(
    'Group {group} finds no VM whose port is free: {dimension}.',
    msg('A static port fits once on each VM.'),
  ),
  'placement-unfit': s('Nomad finds no place for a replica as long as {names} takes none.', seeLab),
  'placement-lab': s("The clients lack something of the lab's: {filter}.", seeLab),
  pulling: s('{vm} was still downloading the image.', seeLab),
  'image-unknown': s(
    'The registry knows no such image: {text}',
    msg('Check the name and the tag of the image against the sheet.'),
  ),
  registry: s(
    '{vm} could not pull the image: {text}',
    msg(
      'The registry could not be reached or refused for now: bring the images to the VMs and run this item again.',
    ),
  ),
  'config-invalid': ending(
    "Docker's driver does not understand the task's config: {text}.",
    configSaid,
  ),
  'setup-failed': ending('The allocation could not be set up: {text}.', setupSaid),
  'docker-port-label': ending(
    'A port of the container is not in the network block: {text}.',
    portLabelSaid,
  ),
  'host-port-taken': s('Something outside Nomad holds the port on {vm}: {text}', seeLab),
  'disk-full': s('The disk of {vm} is full: {text}', seeLab),
  'driver-failure': s(
    'Docker on {vm} could not start the container: {text}',
    msg('The sheet gives the task no command of its own: leave command and entrypoint out.'),
  ),
  crashing: s(
    'The container of task {task} on {vm} ends again and again: {text}',
    msg('Look at {code}. The sheet gives the task no command of its own.', {
      code: 'nomad alloc logs',
    }),
  ),
  starting: s('A replica on {vm} had not started.', seeLab),
  rolling: s('The update had not ended: {have} of {want} replicas were running.', seeLab),
  'deployment-failed': s(
    'The deployment did not succeed: {text}',
    msg('See {code}: which replica is unhealthy, and why.', { code: 'nomad job status' }),
  ),
  canary: s(
    'The job waits for the promotion of its canaries ({canaries}), which nobody gives.',
    msg('Remove canary from the update block, or set auto_promote = true.'),
  ),
  'old-version': s('A replica of an older version of the job still ran on {vm}.', seeLab),
  queued: s('Nomad still had {queued} replica(s) queued.', seeLab),
  'port-other': s(
    'The replica on {vm} is at port {port}, not {want}.',
    msg('Set static = 80 and to = 80 in {code}.', { code: 'port "http"' }),
  ),
  'port-asked': (v) => ({
    sentence: v.port
      ? msg('The job asks for port {port}, and this item wants {want}.', {
          port: value(v, 'port'),
          want: value(v, 'want'),
        })
      : msg('The job leaves the port to Nomad, and this item wants {want}.', {
          want: value(v, 'want'),
        }),
    hint: msg('Set static = 80 and to = 80 in {code}.', { code: 'port "http"' }),
  }),
  'label-unknown': s(
    'The service names the port {port}, and the network block has no such port.',
    msg('Name the same port in network, in ports and in the service: {code}.', { code: '"http"' }),
  ),
  'only-nomad': s(
    'What {name} comes to, only Nomad itself can tell.',
    msg('Write the value as on the sheet, or see what a cluster makes of it.'),
  ),
  'shared-vm': s('Two replicas were on {vm}.', msg('With static = 80 each VM takes one.')),
  'spread-forced': s(
    'The job itself sends its replicas to one VM: {filter}.',
    msg('Leave constraint and affinity out: Nomad spreads the replicas.'),
  ),
  'constraint-unclear': s(
    'It cannot be said on which clients this constraint lets the job run: {filter}.',
    msg('Ask your teacher to look at this item; without the constraint it can be graded.'),
  ),
  'not-moved': s('A replica was (again) on {vm}, the VM that was stopped.', seeLab),
  'replaced-by-none': s(
    'Nothing replaced allocation {allocation} on another VM.',
    msg('Leave constraints and reschedule out of the job: Nomad then moves it by itself.'),
  ),
  restarted: s(
    'A replica restarted though nothing was done to it.',
    msg('Look at {code}.', { code: 'nomad alloc logs' }),
  ),
  'replicas-changed': s(
    'The replica on {vm} ended by itself and was replaced.',
    msg('Look at {status} and {logs}: a web server must go on running.', {
      status: 'nomad alloc status',
      logs: 'nomad alloc logs',
    }),
  ),
  'replicas-moved': s(
    'Nomad replaced replicas that had not ended by themselves, again and again.',
    msg('See {code}: clients that come and go, or that somebody drains. Run it again.', {
      code: 'nomad node status',
    }),
  ),
  'not-held-back': s(
    'Nomad holds no replica back: there is no blocked evaluation.',
    msg('With static = 80 the third replica waits for a VM whose port 80 is free.'),
  ),
  'held-back-otherwise': s(
    'Nomad holds replicas back for another reason than port 80: {reasons}.',
    msg('With static = 80 alone, and no constraint, the port is what holds them back.'),
  ),
  'no-more': s('The VM that returned got no replica.', seeLab),
  'image-other': (v) => ({
    sentence: v.have
      ? msg('The image is {have}, not {want}.', { have: value(v, 'have'), want: value(v, 'want') })
      : msg('The task names no image.'),
    hint: msg("The sheet's image is {code}.", {
      code: v.want === 'nginx' ? 'nginx:1.22.1' : 'httpd:2.4.55',
    }),
  }),
} satisfies Partial<Record<ReasonCode, Say>>
