import type { Reason, ReasonCode } from './reason.ts'
import {
  configSaid,
  parseSaid,
  portLabelSaid,
  refusedHint,
  rejectedSaid,
  type Said,
  setupSaid,
} from './translate.ts'

type Values = Record<string, string | number>
type Say = (v: Values) => { sentence: string; hint: string }

const s =
  (sentence: (v: Values) => string, hint: (v: Values) => string = () => ''): Say =>
  (v) => ({ sentence: sentence(v), hint: hint(v) })

/** A sentence that ends in what somebody else said, translated. */
const said =
  (begins: string, translate: (text: string) => Said): Say =>
  (v) => {
    const { text, hint } = translate(String(v.text ?? v.sentence))
    return { sentence: `${begins}: ${text.replace(/\.$/, '')}.`, hint }
  }

const replicas = (n: string | number | undefined) => `${n} replica${n === 1 ? '' : 's'}`

const seeLab = () => 'Nothing of yours: fix the lab (or ask your teacher) and run this item again.'

/** What a reader is told for each cause: one sentence that stands alone, and what to do. */
const catalogue: Record<ReasonCode, Say> = {
  'nomad-unseen': s((v) => `Nomad could not be asked: ${v.text}`, seeLab),
  'job-vanished': s(() => 'The job was gone from Nomad though nobody of ours removed it.', seeLab),
  'service-missing': s(
    (v) => `The job registers no service: Consul never hears of ${v.service}.`,
    (v) =>
      `Add a block service { name = "${v.service}" port = "http" provider = "consul" } to the task.`,
  ),
  'service-other-name': s(
    (v) => `The job registers the service ${v.names}, not ${v.service}.`,
    (v) => `Set name = "${v.service}" in the service block.`,
  ),
  'service-unclear': s(
    (v) => `It cannot be said under which name the job registers its service: ${v.name}.`,
    (v) => `Write name = "${v.service}" as on the sheet, or ask your teacher to look at it.`,
  ),
  'service-provider': s(
    (v) => `The service ${v.service} is registered in Nomad, not in Consul (provider = "nomad").`,
    () => 'Set provider = "consul" in the service block.',
  ),
  'count-asked': s(
    (v) => `The job asks for ${replicas(v.have)}, and this item wants ${v.want}.`,
    (v) => `Set count = ${v.want} in the group.`,
  ),
  'count-other': s((v) => `${replicas(v.have)} ran, and ${v.want} were wanted.`, seeLab),
  'client-missing': s(
    (v) => `The client ${v.vm} was ${v.status} though nobody of ours stopped it.`,
    seeLab,
  ),
  evaluating: s(() => "Nomad's scheduler left an evaluation pending.", seeLab),
  'placement-datacenter': s(
    (v) => `No client is in the datacenter that the job names (${v.datacenter}).`,
    () => 'The sheet uses datacenters = ["dc1"].',
  ),
  'placement-constraint': s(
    (v) => `A constraint of the job matches no client that is left: ${v.filter}.`,
    () => 'Remove the constraint, or name a client that exists (nomad node status).',
  ),
  'placement-resources': s(
    (v) => `No client has room for group ${v.group}: ${v.dimension} is exhausted.`,
    () => 'The sheet asks for cpu = 500 and memory = 256 in resources.',
  ),
  'placement-port': s(
    (v) => `Group ${v.group} finds no VM whose port is free: ${v.dimension}.`,
    () => 'A static port fits once on each VM.',
  ),
  'placement-lab': s((v) => `The clients lack something of the lab's: ${v.filter}.`, seeLab),
  pulling: s((v) => `${v.vm} was still downloading the image.`, seeLab),
  'image-unknown': s(
    (v) => `The registry knows no such image: ${v.text}`,
    () => 'Check the name and the tag of the image against the sheet.',
  ),
  registry: s(
    (v) => `${v.vm} could not pull the image: ${v.text}`,
    () =>
      'The registry could not be reached or refused for now: bring the images to the VMs and run this item again.',
  ),
  'config-invalid': said("Docker's driver does not understand the task's config", configSaid),
  'setup-failed': said('The allocation could not be set up', setupSaid),
  'docker-port-label': said('A port of the container is not in the network block', portLabelSaid),
  'host-port-taken': s(
    (v) => `Something outside Nomad holds the port on ${v.vm}: ${v.text}`,
    seeLab,
  ),
  'disk-full': s((v) => `The disk of ${v.vm} is full: ${v.text}`, seeLab),
  'driver-failure': s(
    (v) => `Docker on ${v.vm} could not start the container: ${v.text}`,
    () => 'The sheet gives the task no command of its own: leave command and entrypoint out.',
  ),
  crashing: s(
    (v) => `The container of task ${v.task} on ${v.vm} ends again and again: ${v.text}`,
    () => 'Look at nomad alloc logs. The sheet gives the task no command of its own.',
  ),
  starting: s((v) => `A replica on ${v.vm} had not started.`, seeLab),
  rolling: s(
    (v) => `The update had not ended: ${v.have} of ${v.want} replicas were running.`,
    seeLab,
  ),
  'deployment-failed': s(
    (v) => `The deployment did not succeed: ${v.text}`,
    () => 'See nomad job status: which replica is unhealthy, and why.',
  ),
  canary: s(
    (v) => `The job waits for the promotion of its canaries (${v.canaries}), which nobody gives.`,
    () => 'Remove canary from the update block, or set auto_promote = true.',
  ),
  'old-version': s((v) => `A replica of an older version of the job still ran on ${v.vm}.`, seeLab),
  queued: s((v) => `Nomad still had ${v.queued} replica(s) queued.`, seeLab),
  'port-other': s(
    (v) => `The replica on ${v.vm} is at port ${v.port}, not ${v.want}.`,
    () => 'Set static = 80 and to = 80 in port "http".',
  ),
  'shared-vm': s(
    (v) => `Two replicas were on ${v.vm}.`,
    () => 'With static = 80 each VM takes one.',
  ),
  'spread-forced': s(
    (v) => `The job itself sends its replicas to one VM: ${v.filter}.`,
    () => 'Leave constraint and affinity out: Nomad spreads the replicas.',
  ),
  'constraint-unclear': s(
    (v) => `It cannot be said on which clients this constraint lets the job run: ${v.filter}.`,
    () => 'Ask your teacher to look at this item; without the constraint it can be graded.',
  ),
  'not-moved': s((v) => `A replica was (again) on ${v.vm}, the VM that was stopped.`, seeLab),
  'replaced-by-none': s(
    (v) => `Nothing replaced allocation ${v.allocation} on another VM.`,
    () => 'Leave constraints and reschedule out of the job: Nomad then moves it by itself.',
  ),
  'consul-unseen': s((v) => `Consul could not be asked: ${v.text}`, seeLab),
  'consul-absent': s((v) => `Consul lists no ${v.service} for the replica on ${v.vm}.`, seeLab),
  'consul-critical': s(
    (v) => `Consul's check of the service on ${v.vm} is critical${v.text ? `: ${v.text}` : ''}.`,
    () => 'Correct the check block, or leave it out as on the sheet.',
  ),
  'consul-no-port': s(
    (v) => `The service ${v.service} has no port: Consul cannot say where it answers.`,
    () => 'Write port = "http" in the service block, the label of the network block.',
  ),
  'consul-address': s(
    (v) => `The job registers ${v.address} in Consul for ${v.vm}: not where the replica is.`,
    () => 'Leave address and address_mode out of the service block and set port = "http".',
  ),
  'consul-extra': s((v) => `Consul lists one ${v.service} too many, on ${v.vm} (${v.id}).`, seeLab),
  'consul-foreign': s(
    (v) => `Somebody else's ${v.service} stands in Consul on ${v.vm} (${v.id}).`,
    () => 'Remove it (consul services deregister) and run this item again.',
  ),
  'consul-double': s(
    (v) => `The replica on ${v.vm} registers ${v.service} more than once.`,
    () => 'One service block is enough.',
  ),
  closing: s((v) => `Consul still listed a stopped ${v.service} on ${v.vm}.`, seeLab),
  'nat-address': s(
    (v) => `${v.vm} is known under an address that is no member's (10.0.2.15 is VirtualBox's NAT).`,
    () =>
      'Set network_interface of the Nomad client to the host-only interface; nothing of the job.',
  ),
  'dns-unseen': s((v) => `Consul DNS could not be asked: ${v.text}`, seeLab),
  'dns-differs': s(
    (v) => `${v.name} resolved to ${v.have}; the replicas are at ${v.want}.`,
    seeLab,
  ),
  'wire-refused': s(
    (v) => `The replica on ${v.vm} does not answer at ${v.where} (${v.error})${v.because}.`,
    () =>
      'The container listens on port 80: to = 80 in the network block, and ports = ["http"] in config.',
  ),
  'wire-silent': s((v) => `Nothing came back from ${v.where} on ${v.vm}.`, seeLab),
  'wire-server': s(
    (v) => `What answers at ${v.where} is ${v.server}.`,
    () => 'Check the image of the task.',
  ),
  'wire-no-port': s(
    (v) => `The replica on ${v.vm} has no port that could be asked.`,
    () => 'Add port "http" { to = 80 } to network and port = "http" to the service.',
  ),
  firewall: s((v) => `${v.where} answers inside ${v.vm} but not from here: a firewall.`, seeLab),
  'serves-not': s(
    (v) => `http://${v.address}/ answers with status ${v.status} instead of a page.`,
    () => "Mount nothing over the image's own pages, or put an index.html there.",
  ),
  'not-stopped': s(
    (v) => `Stopping ${v.vm} had no effect: Nomad says ${v.nomad}, Consul says ${v.consul}.`,
    seeLab,
  ),
  restarted: s(
    () => 'A replica restarted though nothing was done to it.',
    () => 'Look at nomad alloc logs.',
  ),
  'replicas-changed': s(
    (v) => `The replica on ${v.vm} ended by itself and was replaced.`,
    () => 'Look at nomad alloc status and nomad alloc logs: a web server must go on running.',
  ),
  'replicas-moved': s(
    () => 'Nomad replaced replicas that had not ended by themselves, again and again.',
    () => 'See nomad node status: clients that come and go, or that somebody drains. Run it again.',
  ),
  'not-held-back': s(
    () => 'Nomad holds no replica back: there is no blocked evaluation.',
    () => 'With static = 80 the third replica waits for a VM whose port 80 is free.',
  ),
  'held-back-otherwise': s(
    (v) => `Nomad holds replicas back for another reason than port 80: ${v.reasons}.`,
    () => 'With static = 80 alone, and no constraint, the port is what holds them back.',
  ),
  'no-more': s(() => 'The VM that returned got no replica.', seeLab),
  'agents-differ': s(
    (v) =>
      `The agent of ${v.vm} lists ${v.have} ${v.service}; ${v.want} of its replicas run there.`,
    seeLab,
  ),
  'agent-unseen': s((v) => `The Consul agent of ${v.vm} could not be asked: ${v.text}`, seeLab),
  'catalog-absent': s((v) => `The catalog does not list ${v.service}.`, seeLab),
  'catalog-lab': s((v) => `The catalog lacks the lab's own service ${v.service}.`, seeLab),
  'catalog-nginx': s(
    (v) => `The catalog still lists nginx, registered by the job on ${v.vm}.`,
    () => 'The apache job must register apache only.',
  ),
  'catalog-unsteady': s((v) => `The agent of ${v.vm} gave other services than the others.`, seeLab),
  'entries-differ': s(
    (v) => `The catalog has ${v.have} entries for ${replicas(v.want)}, or others.`,
    () => 'One service block called apache, in one task, gives one entry for each replica.',
  ),
  'image-other': s(
    (v) => (v.have ? `The image is ${v.have}, not ${v.want}.` : 'The task names no image.'),
    (v) => `The sheet's image is ${v.want === 'nginx' ? 'nginx:1.22.1' : 'httpd:2.4.55'}.`,
  ),
  'not-handed-in': s(
    (v) => `Not handed in: ${v.unread || 'no file of the folder is for this item'}.`,
    () => 'Save the job file as plain text whose name ends in .nomad, in the folder itself.',
  ),
  ambiguous: s(
    (v) => `Which file is meant? ${v.files} are equally near.`,
    () => 'Say it in stages.yaml, for example { "01.1": first.nomad }.',
  ),
  parse: said('The job file does not parse', parseSaid),
  refused: s(
    (v) => `The job may not run on this cluster: ${v.sentence}`,
    (v) => refusedHint(String(v.sentence)),
  ),
  rejected: said('Nomad does not accept the job', rejectedSaid),
  'evidence-ends': s(
    () => 'The run ended before this could be known.',
    () => 'Run this item again.',
  ),
  unfit: s(
    (v) => `${v.sentence}`,
    (v) => String(v.cure || 'Fix the cluster and run again.'),
  ),
  control: s((v) => `${v.sentence}`, seeLab),
  threw: s(
    (v) => `The grader itself failed: ${v.sentence}`,
    () => 'Please report this; nothing of yours.',
  ),
  fault: s(
    (v) => `${v.sentence}`,
    (v) => String(v.cure),
  ),
}

/** One line of text out of what a cluster or a file said. */
const oneLine = (value: string | number) =>
  typeof value === 'number' ? value : value.replace(/\s+/g, ' ').trim().slice(0, 400)

/** The sentence and the hint for a reason. */
export function explain(reason: Reason): { sentence: string; hint: string } {
  const values = Object.fromEntries(
    Object.entries(reason.values).map(([key, value]) => [key, oneLine(value)]),
  )
  return catalogue[reason.code](values)
}
