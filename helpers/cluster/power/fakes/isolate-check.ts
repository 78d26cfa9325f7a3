import { createServer, type Server } from 'node:net'
import { wallClock } from '../../../time/clock.ts'
import { wallSleep } from '../../../time/deadline.ts'
import { codeOf } from '../../../time/fault.ts'
import { clusterFileSchema } from '../../file.ts'
import { createSsh } from '../../ssh/ssh.ts'
import { openTcp, straightRoute } from '../../straight.ts'
import { isolatePower } from '../isolate.ts'

/**
 * Runs in the namespace of the grader; the VM's has an sshd at VM:22 and `isolate-check.ts serve` at
 * its ports 4646 and 9999. Prints one line of JSON: what was seen at each step.
 */
const [what, vm = '', key = '', state = ''] = process.argv.slice(2)
const wait = 500

if (what === 'serve') {
  const serve = (port: number): Server =>
    createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (data) => socket.write(data))
    }).listen(port, '0.0.0.0')
  for (const port of [4646, 9999]) serve(port)
} else {
  console.log(JSON.stringify(await check()))
}

async function check() {
  const file = clusterFileSchema.parse({ server: vm, ssh: { user: 'root', key } })
  const ssh = createSsh(file, straightRoute(), wallClock(), { stateDir: state })
  const power = (seconds: number) => isolatePower({ ssh, addressOf: async () => vm, seconds })
  const inside = async (command: string) =>
    (await ssh.exec({ name: 'box-7', host: vm }, command)).stdout.trim()
  const reach = (port: number) =>
    openTcp(vm, port, wait).then(
      (socket) => {
        socket.destroy()
        return 'open'
      },
      (error) => codeOf(error),
    )
  const dial = (port: number) => `timeout 0.5 bash -c "exec 3<>/dev/tcp/127.0.0.1/${port}"`
  const fromOutside = async () => ({
    state: await power(60).state('box-7'),
    outside: await reach(4646),
  })
  const look = async () => ({
    ...(await fromOutside()),
    inside: await inside(`(${dial(4646)} && echo 4646; ${dial(9999)} && echo 9999) 2>/dev/null`),
  })

  await power(60).mayCut?.('box-7')
  const kept = await openTcp(vm, 9999, 2000)
  let echoed = 0
  kept.on('data', () => echoed++)
  kept.on('error', () => {})
  const echo = async () => {
    const before = echoed
    kept.write('x')
    await wallSleep(wait)
    return echoed > before
  }

  const before = { ...(await look()), established: await echo() }
  // The timer of the first one is over long before that of the second, and must not end it.
  await power(5).cut('box-7')
  await power(60).cut('box-7')
  const first = wallSleep(6000)
  const dns = await inside('s=$(date +%s); getent hosts nowhere.example; echo $(($(date +%s) - s))')
  await first
  const cut = { ...(await look()), established: await echo(), namesAreQuick: Number(dns) < 4 }
  await power(60).start('box-7')
  const healed = await fromOutside()
  await power(5).cut('box-7')
  const short = await power(60).state('box-7')
  await wallSleep(6000)
  const byItself = await fromOutside()
  kept.destroy()
  ssh.close()
  return { before, cut, healed, short, byItself }
}
