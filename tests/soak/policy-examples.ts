import { tellIn } from '../../helpers/language/message.ts'
import { parseJob } from '../../helpers/submission/parse.ts'
import { type Limits, policy } from '../../helpers/submission/policy.ts'

/** What a job can ask for, in a teacher's words → where its lines go in a job that may run. */
const asked: [words: string, where: 'job' | 'group' | 'task' | 'config', lines: string][] = [
  ['another kind of job', 'job', 'type = "system"'],
  ['another namespace', 'job', 'namespace = "teacher"'],
  ['to run again and again by the clock', 'job', 'periodic {\n cron = "* * * * *"\n}'],
  ['to be started with parameters', 'job', 'parameterized {}'],
  ['many allocations', 'group', 'count = 11'],
  ['a volume of the VM', 'group', 'volume "v" {\n type = "host"\n source = "x"\n}'],
  ['much CPU', 'task', 'resources {\n cpu = 50000\n}'],
  ['much memory', 'task', 'resources {\n memory = 64000\n}'],
  ['a program outside Docker', 'task', 'driver = "raw_exec"'],
  ['a download', 'task', 'artifact {\n source = "https://example.org/site.zip"\n}'],
  ['secrets of Vault', 'task', 'vault {\n policies = ["p"]\n}'],
  ['an identity of its own', 'task', 'identity {\n env = true\n}'],
  ['a file of the VM', 'task', 'template {\n source = "/etc/passwd"\n destination = "local/x"\n}'],
  [
    'the VM’s environment',
    'task',
    'template {\n data = "{{ env \\"HOME\\" }}"\n destination = "local/x"\n}',
  ],
  ['an image from elsewhere', 'config', 'image = "registry.example.org/nginx"'],
  ['all rights of the VM', 'config', 'privileged = true'],
  ['some rights of the VM', 'config', 'cap_add = ["net_admin"]'],
  ['the VM’s network', 'config', 'network_mode = "host"'],
  ['the VM’s processes', 'config', 'pid_mode = "host"'],
  ['a folder of the VM', 'config', 'volumes = ["/:/host"]'],
  ['a device of the VM', 'config', 'devices = [{ host_path = "/dev/sda" }]'],
]

/** What may be written and runs. */
const allowed: [words: string, where: 'job' | 'group' | 'task' | 'config', lines: string][] = [
  [
    '`network { mode = "host" }` in the group, which is Nomad’s default',
    'group',
    'network {\n mode = "host"\n}',
  ],
  [
    'a folder of the allocation itself (`volumes = ["local/html:/html"]`)',
    'config',
    'volumes = ["local/html:/html"]',
  ],
  [
    'a template whose text is in the job',
    'task',
    'template {\n data = "<h1>hola</h1>"\n destination = "local/i.html"\n}',
  ],
  ['an `update` block of any kind', 'job', 'update {\n max_parallel = 3\n}'],
  [
    'constraints, affinities and spread',
    'group',
    'constraint {\n operator = "distinct_hosts"\n value = "true"\n}',
  ],
]

const write = (where: string, lines: string): string => {
  const at = (place: string, usual: string) => {
    if (place !== where) return usual
    const key = /^(\w+) =/.exec(lines)?.[1]
    const kept = usual.split('\n').filter((line) => !key || !line.startsWith(`${key} =`))
    return [...kept, lines].join('\n')
  }
  return `job "nginx" {
datacenters = ["dc1"]
${at('job', '')}
group "nginx" {
${at('group', '')}
task "nginx" {
${at('task', 'driver = "docker"')}
config {
${at('config', 'image = "nginx:1.22.1"')}
}
}
}
}
`
}

async function refusalOf(where: string, lines: string): Promise<string | undefined> {
  const parsed = await parseJob(write(where, lines), 'hcl')
  if ('problem' in parsed) throw new Error(`${lines}: ${tellIn(parsed.problem.sentence, 'en')}`)
  const [refusal] = policy(parsed.job)
  return refusal && tellIn(refusal.sentence, 'en')
}

/** Words → what the student is told; throws where the policy says otherwise than the tables here. */
export async function policyExamples(): Promise<{ refused: [string, string][]; fine: string[] }> {
  const refused: [string, string][] = []
  for (const [words, where, lines] of asked) {
    const sentence = await refusalOf(where, lines)
    if (!sentence) throw new Error(`policy allows ${words}`)
    refused.push([words, sentence])
  }
  const fine: string[] = []
  for (const [words, where, lines] of allowed) {
    const sentence = await refusalOf(where, lines)
    if (sentence) throw new Error(`policy refuses ${words}: ${sentence}`)
    fine.push(words)
  }
  return { refused, fine }
}

/** The limits in words. */
export const limitsInWords = ({ count, cpu, memory, cores, registries }: Limits): string =>
  `${count} allocations in a job; ${cpu} MHz, ${memory} MB and ${cores} whole cores in a group; images of ${registries.join(', ')}`
