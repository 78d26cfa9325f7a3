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
 * criterion that refutes it, and the first line of its feedback (`…` stands for anything).
 */
export const mistakes: [name: string, stage: StageId, criterion: string, says: string][] = [
  [
    'no-service',
    '01.1',
    'replicas',
    'The job registers no service: Consul never hears of nginx (01.1-nginx.nomad, line 13).',
  ],
  [
    'service-other-name',
    '01.1',
    'replicas',
    'The job registers the service web, not nginx (01.1-nginx.nomad, line 24).',
  ],
  [
    'docker-ports-missing',
    '01.1',
    'answers',
    'The replica on box-… does not answer at … (ECONNREFUSED): the docker config does not publish it, ports = ["http"] is missing (01.1-nginx.nomad, line 16).',
  ],
  [
    'network-to-8080',
    '01.1',
    'answers',
    'The replica on box-… does not answer at … (ECONNREFUSED): the network block leads to port 8080 of the container, which listens on 80 (01.1-nginx.nomad, line 9).',
  ],
  [
    'count-2',
    '01.3',
    'replicas',
    'The job asks for 2 replicas, and this item wants 3 (01.3-nginx.nomad, line 5).',
  ],
  [
    'count-2',
    '01.1',
    'replicas',
    'The job asks for 2 replicas, and this item wants 1 (01.1-nginx.nomad, line 5).',
  ],
  [
    'datacenter-dc2',
    '01.1',
    'replicas',
    'No client is in the datacenter that the job names (dc2) (01.1-nginx.nomad, line 2).',
  ],
  [
    'memory-too-large',
    '01.1',
    'allowed',
    'The job may not run on this cluster: The group "nginx" asks for 64000 MB of memory; 1024 MB are allowed (01.1-nginx.nomad, line 31).',
  ],
  [
    'constraint-unknown-node',
    '01.1',
    'replicas',
    'A constraint of the job matches no client that is left: … = box-9 (01.1-nginx.nomad, line 3).',
  ],
  [
    'provider-nomad',
    '01.1',
    'replicas',
    'The service nginx is registered in Nomad, not in Consul (provider = "nomad") (01.1-nginx.nomad, line 26).',
  ],
  [
    'syntax-error',
    '01.1',
    'parses',
    'The job file does not parse: Argument or block definition required; An argument or block definition is required here. To set an argument, use the equals sign "=" to introduce the argument value (01.1-nginx.nomad, line 7).',
  ],
  [
    'image-httpd',
    '03.1',
    'replicas',
    'The job registers the service nginx, not apache (03.1-apache.nomad, line 24).',
  ],
  [
    'address-mode-driver',
    '01.1',
    'consul',
    'The job registers 172.30.… in Consul for box-…: not where the replica is (01.1-nginx.nomad, line 23).',
  ],
  [
    'check-failing',
    '01.1',
    'consul',
    "Consul's check of the service on box-… is critical (01.1-nginx.nomad, line 27).",
  ],
  [
    'count-0',
    '01.1',
    'replicas',
    'The job asks for 0 replicas, and this item wants 1 (01.1-nginx.nomad, line 5).',
  ],
  [
    'count-in-config',
    '01.1',
    'replicas',
    "Docker's driver does not understand the task's config: it has no argument called count (01.1-nginx.nomad, line 16).",
  ],
  [
    'count-in-task',
    '01.1',
    'parses',
    'The job file does not parse: count does not belong in this block (01.1-nginx.nomad, line 15).',
  ],
  [
    'datacenters-missing',
    '01.1',
    'registers',
    'Nomad does not accept the job: it names no datacenter (01.1-nginx.nomad, line 1).',
  ],
  [
    'docker-port-label-unknown',
    '01.1',
    'replicas',
    'A port of the container is not in the network block: config publishes the port "web" (01.1-nginx.nomad, line 18).',
  ],
  [
    'group-service-port-label-unknown',
    '01.1',
    'replicas',
    'The allocation could not be set up: its service names the port "web", which network has not (01.1-nginx.nomad, line 8).',
  ],
  [
    'service-port-label-unknown',
    '01.1',
    'registers',
    'Nomad does not accept the job: its service names the port "web", which network has not (01.1-nginx.nomad, line 25).',
  ],
  [
    'service-without-name',
    '01.1',
    'replicas',
    'The job registers the service nginx-nginx-nginx, not nginx (01.1-nginx.nomad, line 23).',
  ],
  [
    'service-without-port',
    '01.1',
    'consul',
    'The service nginx has no port: Consul cannot say where it answers (01.1-nginx.nomad, line 23).',
  ],
  [
    'network-without-to',
    '01.1',
    'answers',
    'The replica on box-… does not answer at … (ECONNREFUSED): the network block has no to = 80, so it leads to no port that listens (01.1-nginx.nomad, line 8).',
  ],
  [
    'nothing-listens',
    '01.1',
    'answers',
    'The replica on box-… does not answer at … (ECONNREFUSED): the task runs a command of its own (01.1-nginx.nomad, line 20).',
  ],
  ['image-httpd', '01.1', 'image', 'The image is httpd, not nginx (01.1-nginx.nomad, line 17).'],
  ['image-typo', '01.1', 'image', 'The image is ngnix, not nginx (01.1-nginx.nomad, line 17).'],
  [
    'host-mount',
    '01.1',
    'allowed',
    'The job may not run on this cluster: The task "nginx" mounts "/:/host" from outside (01.1-nginx.nomad, line 20).',
  ],
  [
    'privileged',
    '01.1',
    'allowed',
    'The job may not run on this cluster: The task "nginx" runs privileged, which is not allowed (01.1-nginx.nomad, line 20).',
  ],
  [
    'raw-exec',
    '01.1',
    'allowed',
    'The job may not run on this cluster: The task "nginx" uses the driver "raw_exec"; only docker is allowed (01.1-nginx.nomad, line 14).',
  ],
  [
    'canary',
    '02.1',
    'port',
    'The replica on box-… is at port …, not 80 (02.1-nginx.nomad, line 11).',
  ],
  ['empty', '01.1', 'parses', 'The job file does not parse: it is empty (01.1-nginx.nomad).'],
]
