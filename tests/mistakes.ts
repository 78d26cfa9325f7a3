/** Job files that real clusters were asked about, and what each loses: for the lab and for real clusters. */

/** The reference's file of each stage. */
export const files = {
  '01.1': '01.1-nginx.nomad',
  '01.3': '01.3-nginx.nomad',
  '02.1': '02.1-nginx.nomad',
  '03.1': '03.1-apache.nomad',
}
export type StageId = keyof typeof files

/** What a refuted stage takes with it (rubric, Builds on). */
export const lostWith: Record<StageId, Record<string, string>> = {
  '01.1': { '01.1': 'failed', '01.2': 'blocked' },
  '01.3': { '01.3': 'failed' },
  '02.1': { '02.1': 'failed', '02.2': 'blocked', '02.3': 'blocked' },
  '03.1': { '03.1': 'failed', '03.2': 'blocked', '03.3': 'blocked', '03.4': 'blocked' },
}

/**
 * The reference with one stage replaced by a job file that a real cluster was asked about: the
 * criterion that refutes it, what its sentence must say, and the line of the file it must name.
 */
export const mistakes: [
  name: string,
  stage: StageId,
  criterion: string,
  says: RegExp,
  line?: number,
][] = [
  ['no-service', '01.1', 'replicas', /registers no service/, 13],
  ['service-other-name', '01.1', 'replicas', /the service web, not nginx/, 24],
  ['docker-ports-missing', '01.1', 'answers', /ports = \["http"\] is missing/, 16],
  ['network-to-8080', '01.1', 'answers', /leads to port 8080 of the container/, 9],
  ['count-2', '01.3', 'replicas', /asks for 2 replica\(s\) where 3/, 5],
  ['count-2', '01.1', 'replicas', /asks for 2 replica\(s\) where 1/, 5],
  ['datacenter-dc2', '01.1', 'replicas', /datacenter .*dc2/, 2],
  ['memory-too-large', '01.1', 'allowed', /64000 MB of memory/, 31],
  ['constraint-unknown-node', '01.1', 'replicas', /constraint .*box-9/, 3],
  ['provider-nomad', '01.1', 'replicas', /registered in Nomad, not in Consul/, 26],
  ['syntax-error', '01.1', 'parses', /does not parse/, 7],
  ['image-httpd', '03.1', 'replicas', /the service nginx, not apache/, 24],
  ['address-mode-driver', '01.1', 'consul', /registers .* not where the replica is/, 23],
  ['check-failing', '01.1', 'consul', /check .* is critical/, 27],
  ['count-0', '01.1', 'replicas', /asks for 0 replica/, 5],
  ['count-in-config', '01.1', 'replicas', /no argument .*named "count"/i, 16],
  ['count-in-task', '01.1', 'parses', /"count" is not expected here/, 15],
  ['datacenters-missing', '01.1', 'registers', /Missing job datacenters/, 1],
  ['docker-port-label-unknown', '01.1', 'replicas', /Port "web" not found/, 18],
  ['group-service-port-label-unknown', '01.1', 'replicas', /port label not found/, 8],
  ['service-port-label-unknown', '01.1', 'registers', /port label "web"/, 25],
  ['service-without-name', '01.1', 'replicas', /the service nginx-nginx-nginx, not nginx/, 23],
  ['service-without-port', '01.1', 'consul', /has no port/, 23],
  ['network-without-to', '01.1', 'answers', /has no to = 80/, 8],
  ['nothing-listens', '01.1', 'answers', /runs a command of its own/, 20],
  ['image-httpd', '01.1', 'image', /image is httpd, not nginx/, 17],
  ['image-typo', '01.1', 'image', /image is ngnix, not nginx/, 17],
  ['host-mount', '01.1', 'allowed', /mounts "\/:\/host" from outside/, 20],
  ['privileged', '01.1', 'allowed', /privileged/, 20],
  ['raw-exec', '01.1', 'allowed', /driver "raw_exec"/, 14],
  ['canary', '02.1', 'port', /not 80/, 11],
  ['empty', '01.1', 'parses', /Job spec is empty/],
]
