import { Command } from 'commander'
import { withoutCommands } from '../../helpers/grade/text.ts'
import { inLanguage, type Language, type Message, msg } from '../../helpers/language/message.ts'
import { oneLine } from '../../helpers/report/line.ts'
import { Fault } from '../../helpers/time/fault.ts'
import { faultNames, namedFaults } from '../../lab/named-faults.ts'
import { Usage } from '../exit.ts'
import { labFileOf, type Named, type RunningLab, runningLab } from './running.ts'
import { statusLines } from './status.ts'
import { faultWords } from './words.ts'

/** What speaks with a lab that runs in another process. */
export function labCommands(language: Language): Command[] {
  const say = (sentence: Message) => inLanguage(sentence, language)
  const print = (sentence: Message) => void process.stdout.write(oneLine(say(sentence)))
  const command = (usage: string, about: Message) =>
    new Command(usage.split(' ')[0])
      .description(say(about))
      .option('--lab <file>', say(msg('its cluster file (else {usual})', { usual: 'lab.yaml' })))
  const lab = (self: Command) => runningLab(labFileOf(self.optsWithGlobals<Named>()))

  return [
    command('stop', msg('stop virtual machines of a running lab'))
      .argument('<vm...>', say(msg('such as {example}', { example: 'box-7' })))
      .option('--cut', say(msg('cut their power, with no goodbye')))
      .action(async (vms: string[], { cut }: { cut?: boolean }, self: Command) => {
        const running = await lab(self)
        for (const vm of mustBeThere(running, vms)) {
          await ask(running, `/vms/${vm}/${cut ? 'cut' : 'stop'}`, { vm })
          print(
            cut
              ? msg('{vm} has lost its power.', { vm })
              : msg('{vm} is told to shut down.', { vm }),
          )
        }
      }),
    command('start', msg('start virtual machines of a running lab'))
      .argument('<vm...>', say(msg('such as {example}', { example: 'box-7' })))
      .action(async (vms: string[], _, self: Command) => {
        const running = await lab(self)
        for (const vm of mustBeThere(running, vms)) {
          await ask(running, `/vms/${vm}/start`, { vm })
          print(msg('{vm} is started.', { vm }))
        }
      }),
    command('status', msg('say what is so in a running lab'))
      .option('--json', say(msg('print what was found as JSON')))
      .action(async ({ json }: { json?: boolean }, self: Command) => {
        const running = await lab(self)
        if (json) process.stdout.write(`${JSON.stringify(running.state, null, 2)}\n`)
        else
          process.stdout.write(
            `${statusLines(running, language).map(withoutCommands).join('\n')}\n`,
          )
      }),
    command(
      'fault',
      msg('switch a fault of a running lab on, or all off; without a name, list them'),
    )
      .argument('[fault]', say(msg('one of the list, or {none}', { none: 'none' })))
      .argument('[vm]', say(msg('where, if it is of one VM')))
      .action(async (name: string | undefined, vm: string | undefined, _, self: Command) => {
        if (name === undefined) return void process.stdout.write(faultList(language))
        mustBeFault(name, vm)
        const running = await lab(self)
        if (vm !== undefined) mustBeThere(running, [vm])
        await ask(running, `/fault/${name}?vm=${vm ?? ''}`, { vm: vm ?? '' })
        print(name === 'none' ? msg('No fault is on.') : msg('{name} is on.', { name }))
      }),
    command('end', msg('end a running lab')).action(async (_, self: Command) => {
      const running = await lab(self)
      await running.end()
      print(msg('The lab has ended.'))
    }),
  ]
}

/** Every fault, with `VM` behind those that are of one. */
function faultList(language: Language): string {
  const rows = faultNames.map((name) => [
    `${name}${namedFaults[name].ofVm ? ' VM' : ''}`,
    inLanguage(faultWords[name], language),
  ])
  rows.unshift(['none', inLanguage(msg('no fault'), language)])
  return rows.map(([name = '', what = '']) => `  ${name.padEnd(20)} ${what}\n`).join('')
}

function mustBeFault(name: string, vm: string | undefined): void {
  const known = faultNames.find((one) => one === name)
  if (!known && name !== 'none') {
    throw new Usage(
      msg('There is no fault called "{name}": {code} lists them.', {
        name,
        code: 'grade lab fault',
      }),
    )
  }
  const wantsVm = known !== undefined && namedFaults[known].ofVm
  if (wantsVm && vm === undefined) {
    const code = `grade lab fault ${name} box-7`
    throw new Usage(msg('{name} is of one VM: say which, as in {code}.', { name, code }))
  }
  if (!wantsVm && vm !== undefined) throw new Usage(msg('{name} is of no single VM.', { name }))
}

function mustBeThere({ state }: RunningLab, vms: string[]): string[] {
  const all = state.vms.map(({ name }) => name)
  const unknown = vms.find((vm) => !all.includes(vm))
  if (unknown === undefined) return vms
  throw new Usage(msg('The lab has no {vm}: it has {all}.', { vm: unknown, all }))
}

async function ask({ post }: RunningLab, path: string, { vm }: { vm: string }): Promise<void> {
  const { status, text } = await post(path)
  if (status < 300) return
  const said = text.slice(0, 200).trim()
  throw new Fault(
    status === 409 && path.endsWith('/start')
      ? msg('{vm} is still shutting down: start it when it is off.', { vm })
      : status === 409
        ? msg('Another program has port 80 of that VM.')
        : msg('The lab refused: {said}', { said }),
    { code: 'LAB_REFUSED' },
  )
}
