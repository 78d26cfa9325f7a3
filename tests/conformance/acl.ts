import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { fullPath } from '../../helpers/cluster/local/pieces.ts'
import type { Exchange } from './exchange.ts'

/** Who asked: without a token, with one of no cluster, with one that sees the service nginx only. */
export type Denied = Exchange & { who: 'nobody' | 'stranger' | 'few' }

/** What real agents that deny by default answer; the script is acl.sh. Linux, as root. */
export async function askDenied(): Promise<Denied[]> {
  const script = fileURLToPath(new URL('acl.sh', import.meta.url))
  const apart = ['--net', '--uts', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child']
  const { stdout } = await promisify(execFile)('unshare', [...apart, 'sh', script], {
    env: { PATH: fullPath(process.env.PATH ?? '') },
  })
  const asked = stdout.split(/^= /m).slice(1)
  return asked.map((text) => {
    const [, request = '', port, who, head = '', body = ''] =
      /^(\S+ \S+) (\d+) (\w+)\n(.*?)\r\n\r\n(.*?)\n?$/s.exec(text) ?? []
    const [first = '', ...lines] = head.split('\r\n')
    return {
      request,
      agent: `127.0.0.1:${port}`,
      who: who as Denied['who'],
      status: Number(first.split(' ')[1]),
      headers: Object.fromEntries(lines.map((line) => line.split(': ', 2))),
      body,
    }
  })
}
