import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { type ClusterFile, clusterFileSchema } from '../helpers/cluster/file.ts'
import type { Outages } from '../helpers/cluster/journal.ts'
import { connect } from '../helpers/connect.ts'
import { type Examination, examine } from '../helpers/doctor/examine.ts'
import { loadImages } from '../helpers/doctor/load.ts'
import { inLanguage } from '../helpers/language/message.ts'
import type { Lab, LabOptions, World } from '../lab/contract.ts'
import { makeKeyPair } from '../lab/doors/ssh.ts'
import { takePort80 } from '../lab/faults.ts'
import { startLab } from '../lab/lab.ts'

/**
 * Clusters with one broken thing each: `grade doctor` names it, alone, with its cure. The first ten are
 * those of the README; the lab breaks as real clusters do.
 */
const folder = mkdtempSync(join(tmpdir(), 'doctor-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const nothingLeft: Outages = {
  begin: undefined,
  vms: [],
  jobs: [],
  ineligible: [],
  written: [],
  allocations: new Map(),
  toTell: [],
}

interface Broken {
  name: string
  lab?: Partial<LabOptions>
  /** Breaks the cluster, or the file that describes it. */
  break: (world: World, file: ClusterFile, lab: Lab) => unknown
  left?: Outages
  what: string
  vms: string[]
  weight?: 'fatal' | 'warning'
  says: RegExp
  cure: RegExp
}

async function examined(one: Pick<Broken, 'lab' | 'left'> & { break?: Broken['break'] }) {
  const lab = await startLab({ seed: 1, time: { kind: 'virtual' }, ...one.lab })
  const file = clusterFileSchema.parse(lab.file)
  await one.break?.(lab.world, file, lab)
  const cluster = connect(file, lab.clock, 'lab')
  try {
    return await examine(cluster, one.left ?? nothingLeft)
  } finally {
    await cluster.close()
    await lab.close()
  }
}

const told = ({ findings }: Examination) =>
  findings
    .filter((one) => one.weight !== 'info')
    .map(({ what, vms, weight }) => ({ what, vms, weight }))

const vm = (world: World, name: string) => world.vms.get(name)!
const clients = (world: World) => [...world.vms.values()].filter((one) => !one.isServer)

function wrongKey(_: World, file: ClusterFile): void {
  const path = join(folder, 'wrong-key')
  writeFileSync(path, makeKeyPair().private, { mode: 0o600 })
  file.ssh.key = path
}

function otherHostKey(_: World, file: ClusterFile): void {
  file.ssh.hosts['box-7'] = { fingerprint: `SHA256:${'A'.repeat(43)}` }
}

const hcl = (id: string, image: string) => `job "${id}" {
  datacenters = ["dc1"]
  group "g" {
    network {
      port "http" { static = 80 }
    }
    task "t" {
      driver = "docker"
      config {
        image = "${image}"
        ports = ["http"]
      }
      service {
        name = "${id}"
        port = "http"
      }
    }
  }
}`

const runs =
  (id: string, image: string): Broken['break'] =>
  async (_, file, lab) => {
    const cluster = connect(file, lab.clock, 'lab')
    const parsed = await cluster.nomad.parse(hcl(id, image))
    if ('job' in parsed) await cluster.nomad.register(parsed.job)
    await cluster.clock.sleep(30_000)
    await cluster.close()
  }

const table: Broken[] = [
  {
    name: 'the server is off, and clients are named',
    break: (world, file) => {
      file.clients = ['box-5', 'box-7', 'box-8']
      world.server.stop('cut')
    },
    what: 'server-off',
    vms: [],
    says: /^Neither Nomad \(4646\), Consul \(8500\) nor SSH answers at 192\.168\.56\.101/,
    cure: /Start its VM/,
  },
  {
    name: 'a client was cut long ago',
    break: async (world, _, lab) => {
      vm(world, 'box-7').stop('cut')
      await lab.clock.sleep(60_000)
    },
    what: 'client-off',
    vms: ['box-7'],
    says: /^box-7 \(192\.168\.56\.107\) is off/,
    cure: /Start it: .*exclude: \[box-7\]/,
  },
  {
    name: 'a client was cut this moment, and nobody knows it yet',
    break: (world) => vm(world, 'box-7').stop('cut'),
    what: 'client-off',
    vms: ['box-7'],
    says: /^box-7 .* is off/,
    cure: /Start it/,
  },
  {
    name: "a client's Consul listens on 127.0.0.1 only",
    break: (world) => world.faults.agentsOnLoopback.add('box-7'),
    what: 'agent-on-loopback',
    vms: ['box-7'],
    weight: 'warning',
    says: /^Consul on box-7 listens on 127\.0\.0\.1 only/,
    cure: /client_addr = "0\.0\.0\.0"/,
  },
  {
    name: "the server's Consul listens on 127.0.0.1 only",
    break: (world) => world.faults.agentsOnLoopback.add('box-1'),
    what: 'agent-on-loopback',
    vms: [],
    says: /^Consul on the server .* listens on 127\.0\.0\.1 only/,
    cure: /client_addr = "0\.0\.0\.0".*route: ssh/,
  },
  {
    name: 'the key is another',
    break: wrongKey,
    what: 'ssh',
    vms: ['box-5', 'box-7', 'box-8'],
    says: /^box-5 .*box.*The same on box-7, box-8\.$/,
    cure: /ssh-copy-id/,
  },
  {
    name: "a VM's host key is another",
    break: otherHostKey,
    what: 'host-key',
    vms: ['box-7'],
    says: /^box-7 .*host key/,
    cure: /fingerprint/,
  },
  {
    name: 'sudo wants a password',
    break: (world) => world.faults.sudoRefused.add('box-7'),
    what: 'sudo',
    vms: ['box-7'],
    says: /box-7.*password is required/,
    cure: /sudoers.*NOPASSWD/s,
  },
  {
    name: 'a web server of the VM holds port 80',
    break: (world) => takePort80(world, 'box-7', 'apache2'),
    what: 'port-80',
    vms: ['box-7'],
    says: /^Port 80 on box-7 is held by apache2, outside Nomad\.$/,
    cure: /systemctl disable --now apache2/,
  },
  {
    name: 'Docker is dead',
    break: (world) => world.faults.dockerDead.add('box-7'),
    what: 'docker',
    vms: ['box-7'],
    says: /^Docker on box-7 cannot be asked: Cannot connect to the Docker daemon/,
    cure: /systemctl restart docker/,
  },
  {
    name: "somebody's nginx runs",
    break: runs('nginx', 'nginx:1.22.1'),
    what: 'foreign-job',
    vms: [expect.stringMatching(/^box-\d$/)],
    says: /^A job called nginx is here on box-\d that this grader did not register\.$/,
    cure: /nomad job stop -purge nginx.*--purge/,
  },
  {
    name: 'an image is missing, and no registry is reached',
    break: (world) => {
      world.faults.registryDown = true
      vm(world, 'box-7').images.delete('httpd:2.4.55')
    },
    what: 'image-missing',
    vms: ['box-7'],
    says: /^box-7 has not got httpd:2\.4\.55, and cannot reach/,
    cure: /doctor --load/,
  },
  {
    name: 'images are missing everywhere, and can be pulled',
    break: (world) => {
      for (const one of clients(world)) one.images.clear()
    },
    what: 'image-missing',
    vms: ['box-5', 'box-7', 'box-8'],
    weight: 'warning',
    says: /^box-5 has not got nginx:1\.22\.1 and httpd:2\.4\.55: .*The same on box-7, box-8\.$/,
    cure: /doctor --load/,
  },
  {
    name: 'another job runs',
    break: runs('web', 'nginx:1.22.1'),
    what: 'foreign-allocation',
    vms: [expect.stringMatching(/^box-\d$/)],
    says: /^The job web runs on box-\d, and VMs that it uses would be stopped\.$/,
    cure: /--shared/,
  },
  {
    name: 'a clock is off',
    break: (world) => world.faults.clocksAhead.set('box-7', 90),
    what: 'clock',
    vms: ['box-7'],
    says: /^The clock of box-7 is 9\d s ahead of/,
    cure: /set-ntp/,
  },
  {
    name: 'a disk is full',
    break: (world) => world.faults.disksFull.add('box-7'),
    what: 'disk',
    vms: ['box-7'],
    says: /^The disk of box-7 is full: 20 MB/,
    cure: /docker system prune/,
  },
  {
    name: 'there are two clients only',
    lab: { clients: 2 },
    break: () => {},
    what: 'too-few-clients',
    vms: [],
    says: /^Only 2 clients/,
    cure: /Start more VMs/,
  },
  {
    name: 'the sheet names another datacenter',
    break: (_, file) => {
      file.datacenter = 'toronto'
    },
    what: 'datacenter',
    vms: ['box-5', 'box-7', 'box-8'],
    says: /^box-5 is in the datacenter dc1, and the sheet names toronto\./,
    cure: /Set datacenter = "toronto"/,
  },
  {
    name: 'nothing can start the VMs',
    break: (_, file) => {
      delete file.power
    },
    what: 'no-power',
    vms: [],
    says: /no way to start a stopped VM/,
    cure: /"power:"/,
  },
  {
    name: 'a client is asked for that is not there',
    lab: { clients: 4 },
    break: (_, file) => {
      file.clients = ['box-5', 'box-7', 'box-9']
    },
    what: 'client-off',
    vms: ['box-9'],
    says: /asks for the client box-9/,
    cure: /"clients:"/,
  },
  {
    name: 'a run that was killed left a VM off',
    break: (world) => vm(world, 'box-7').stop('cut'),
    left: {
      ...nothingLeft,
      vms: [{ name: 'box-7', address: '192.168.56.107', at: 0, bootId: '', accepted: true }],
    },
    what: 'journal',
    vms: [],
    says: /left box-7 off/,
    cure: /grade restore/,
  },
]

test('a cluster that is fit: nothing is to be mended, and what will happen is said', async () => {
  const seen = await examined({})
  expect(told(seen)).toEqual([])
  expect(seen.fit).toBe(true)
  expect(seen.clients.map((one) => `${one.name} ${one.fit}`)).toEqual([
    'box-5 true',
    'box-7 true',
    'box-8 true',
  ])
  const facts = seen.findings.map((one) => one.sentence).join(' ')
  expect(facts).toMatch(/stopped over SSH .*started again by/)
  expect(facts).toMatch(/after at most 30 s/)
  expect(facts).toMatch(/Nomad 1\.4\.4, Consul 1\.14\.4/)
})

for (const one of table) {
  test(`${one.name}: ${one.what}, alone, with its cure`, async () => {
    const seen = await examined(one)
    const { what, vms, weight = 'fatal' } = one
    expect(told(seen)).toEqual([{ what, vms, weight }])
    const found = seen.findings.find((each) => each.what === what)
    expect(found?.sentence).toMatch(one.says)
    expect(found?.cure).toMatch(one.cure)
    expect(seen.fit).toBe(weight === 'warning')
  })
}

test('one bad VM of four is a warning: three are enough', async () => {
  const seen = await examined({
    lab: { clients: 4 },
    break: (world) => world.faults.sudoRefused.add('box-7'),
  })
  expect(told(seen)).toEqual([{ what: 'sudo', vms: ['box-7'], weight: 'warning' }])
  expect(seen.fit).toBe(true)
})

test('with half of the cluster off and more broken, each cause is named once', async () => {
  const seen = await examined({
    lab: { clients: 4 },
    break: (world) => {
      vm(world, 'box-5').stop('cut')
      vm(world, 'box-6').stop('cut')
      world.faults.dockerDead.add('box-7')
      takePort80(world, 'box-8', 'nginx')
    },
  })
  expect(told(seen).map(({ what, vms }) => `${what} ${vms.join(' ')}`)).toEqual([
    'client-off box-5 box-6',
    'docker box-7',
    'port-80 box-8',
  ])
})

test('--load brings what is missing, and leaves alone what is there', async () => {
  const archive = join(folder, 'images.tar')
  writeFileSync(archive, Buffer.alloc(300_000, 1))
  const lab = await startLab({ seed: 1, time: { kind: 'virtual' } })
  const cluster = connect(clusterFileSchema.parse(lab.file), lab.clock, 'lab')
  const said: string[] = []
  vm(lab.world, 'box-7').images.clear()
  const vms = ['box-5', 'box-7'].map((name) => ({ name, host: vm(lab.world, name).ip }))
  const load = (archives: string[]) =>
    loadImages(cluster, vms, { archives, say: (one) => void said.push(inLanguage(one, 'en')) })
  try {
    expect(await load([join(folder, 'none.tar')])).toBe(false)
    expect(said.splice(0).sort()).toEqual([
      'box-5: all images are there.',
      expect.stringMatching(
        /^box-7: The archive .*none\.tar cannot be read \(ENOENT\)\. Make it: docker save/,
      ),
    ])
    expect(await load([archive])).toBe(true)
    expect(said.sort()).toEqual([
      'box-5: all images are there.',
      'box-7: nginx:1.22.1 and httpd:2.4.55 are there now.',
    ])
    expect([...vm(lab.world, 'box-7').images]).toContain('httpd:2.4.55')
  } finally {
    await cluster.close()
    await lab.close()
  }
})

test('the command: a table and exit 2, JSON for programs, --load and exit 0', async () => {
  const lab = await startLab({ seed: 1, time: { kind: 'wall', speed: 10 } })
  lab.world.faults.registryDown = true
  vm(lab.world, 'box-7').images.clear()
  const archive = join(folder, 'some.tar')
  writeFileSync(archive, 'images')
  writeFileSync(join(folder, 'lab.yaml'), stringify({ ...lab.file, images: ['some.tar'] }))
  const program = fileURLToPath(new URL('../bin/grade.js', import.meta.url))
  const doctor = (...args: string[]) =>
    execa(process.execPath, [program, 'doctor', '--cluster', 'lab.yaml', ...args], {
      cwd: folder,
      env: { NO_COLOR: '1' },
      reject: false,
    })
  try {
    const before = await doctor()
    expect(before.stdout).toMatch(/^SIMULATED/)
    expect(before.stdout).toMatch(/^box-7 +192\.168\.56\.107 +ready +alive +not fit$/m)
    expect(before.stdout).toMatch(/^✗ box-7 has not got nginx.*\n +→ grade doctor --load/m)
    expect(before.stdout).toMatch(/Not fit: one thing to mend \(✗\)\.$/)
    expect(before.exitCode).toBe(2)
    const json = await doctor('--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ fit: false, server: '192.168.56.101' })
    const after = await doctor('--load')
    expect(after.stdout).toMatch(/box-7: nginx:1\.22\.1 and httpd:2\.4\.55 are there now\./)
    expect(after.stdout).toMatch(/Fit: box-5, box-7, box-8 can be graded on\.$/)
    expect(after.exitCode).toBe(0)
  } finally {
    await lab.close()
  }
})
