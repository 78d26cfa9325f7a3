/**
 * What the exercise's images write when they start (the official images' scripts; read, not run). The
 * lab's containers write down no request, and other programs say nothing.
 */
export function written(
  image: string,
  command: string[],
  startedAt: number,
): { stdout: string; stderr: string } {
  const [, name, tag = ''] = /(?:^|\/)([^/:@]+)(?::([^/@]+))?(?:@.*)?$/.exec(image) ?? []
  const version = /^\d+\.\d+\.\d+/.exec(tag)?.[0]
  const ownServer = command.length === 0
  if (name === 'nginx' && ownServer) return nginx(version ?? '1.22.1', startedAt)
  if (name === 'httpd' && ownServer) return httpd(version ?? '2.4.55', startedAt)
  return { stdout: '', stderr: '' }
}

function nginx(version: string, at: number) {
  const time = new Date(at).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
  const notices = [
    'using the "epoll" event method',
    `nginx/${version}`,
    'start worker processes',
    'start worker process 29',
    'start worker process 30',
  ]
  return {
    stdout: entrypoint,
    stderr: notices.map((text) => `${time} [notice] 1#1: ${text}\n`).join(''),
  }
}

const folder = '/docker-entrypoint.d/'
const script = '10-listen-on-ipv6-by-default.sh'
const entrypoint = [
  `/docker-entrypoint.sh: ${folder} is not empty, will attempt to perform configuration`,
  `/docker-entrypoint.sh: Looking for shell scripts in ${folder}`,
  `/docker-entrypoint.sh: Launching ${folder}${script}`,
  `${script}: info: Getting the checksum of /etc/nginx/conf.d/default.conf`,
  `${script}: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf`,
  `/docker-entrypoint.sh: Launching ${folder}20-envsubst-on-templates.sh`,
  `/docker-entrypoint.sh: Launching ${folder}30-tune-worker-processes.sh`,
  '/docker-entrypoint.sh: Configuration complete; ready for start up',
  '',
].join('\n')

function httpd(version: string, at: number) {
  const [day, date, month, year] = new Date(at).toUTCString().replace(',', '').split(' ')
  const clock = new Date(at).toISOString().slice(11, 19)
  const head = `[${day} ${month} ${date} ${clock}.000000 ${year}]`
  return {
    stdout: '',
    stderr: [
      "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using 172.17.0.2. Set the 'ServerName' directive globally to suppress this message",
      `${head} [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/${version} (Unix) configured -- resuming normal operations`,
      `${head} [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
      '',
    ].join('\n'),
  }
}
