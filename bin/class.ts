import { Command } from 'commander'
import { inLanguage, type Language, type Message, msg } from '../helpers/language/message.ts'
import type { ClassFlags } from './class/config.ts'
import { exampleText } from './help.ts'

/** `grade class`: grades all of a roster, side by side, and goes on where it was cut. */
export function classCommand(language: Language): Command {
  const word = (text: Message) => inLanguage(text, language)
  const clusters = msg(
    'lab, {local} (made here: Linux, root), or cluster files with commas between',
    { local: 'local:N' },
  )
  const engines = { engines: 'here, nomad, actions' }
  return new Command('class')
    .description(word(msg('grade a whole class, and go on with it where it was cut')))
    .argument('<roster>', word(msg('CSV with columns student and submission; or a folder of them')))
    .option('--clusters <which>', word(clusters))
    .option('--at-once <n>', word(msg('of labs: how many side by side (default: one per core)')))
    .option('--engine <engine>', word(msg('where the grading is done: {engines}', engines)), 'here')
    .option('--nomad-job <file>', word(msg('of nomad: your own template of the job')))
    .option('--keep-jobs', word(msg('of nomad: leave what it registered')))
    .option('--stop-jobs', word(msg('of nomad: when interrupted, stop what runs there')))
    .option('--collect <dir>', word(msg('of actions: folder with the artifacts that came')))
    .option('--submissions <dir>', word(msg('hand-ins, where the roster does not say')))
    .option('--handed-in-by <time>', word(msg('the deadline of those who have none of their own')))
    .option('--only <students>', word(msg('only these, with commas between')))
    .option('--failed', word(msg('only who lost marks, and only those items')))
    .option('--pending', word(msg('only what is open: inconclusive, without cluster, not graded')))
    .option('--items <ids>', word(msg('only these: 01.2,02')))
    .option('--out <dir>', word(msg('where reports go')), 'reports')
    .option('--seed <n>', word(msg('of the lab: the same seed gives the same run')))
    .option(
      '--clients <n>',
      word(msg('of the lab or the local cluster: how many client VMs (default: 3)')),
    )
    .option('--images <archives>', word(msg('of the local clusters: archives, commas between')))
    .option(
      '--heartbeats <lowered|usual>',
      word(msg('of the local cluster: lowered is quicker (default)')),
    )
    .option('--stop <orderly|cut>', word(msg('how VMs are stopped')))
    .option('--max-wait <minutes>', word(msg('no single wait is longer')), '15')
    .option('--longest <minutes>', word(msg('no student takes longer')), '120')
    .option('--purge', word(msg('purge jobs called nginx or apache that are not ours')))
    .option('--shared', word(msg('stop VMs though jobs of others run on them')))
    .option('--scale <name>', word(msg('the scale of the grade; otherwise that of grading.yaml')))
    .option('--overrides <file>', word(msg("the teacher's word; otherwise overrides.yaml")))
    .option('--json', word(msg('print the class as one JSON document on stdout')))
    .addHelpText('after', exampleText('grade class roster.csv --clusters local:2', language))
    .action(async (roster: string, flags: ClassFlags) => {
      // Loaded here: the other commands' help is answered without it.
      const { runClass } = await import('./class/run.ts')
      process.exitCode = await runClass(roster, flags)
    })
}
