import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { ContainerPort } from '../contract.ts'
import { redisPort } from './redis.ts'

export type Container = ContainerPort | 'exits' | 'nothing listens' | 'gap'

/**
 * What runs when `image` is started with `command`: the web servers of the exercise, a command that
 * waits or ends, or a gap, which the lab cannot tell. `watch` is told of each server; `isMute`: no
 * container answers (Faults.lies).
 */
export function makeContainers(
  watch: (server: Server) => void,
  isMute: () => boolean = () => false,
): (image: string, command: string[], isEmpty?: boolean) => Container {
  const servers = new Map<string, Server>()
  const serve = (key: string, answer: Site): ContainerPort => {
    let server = servers.get(key)
    if (!server) {
      server = createServer((request, response) => answerSite(answer, request, response))
      watch(server)
      servers.set(key, server)
    }
    const own = server
    return (socket) => {
      if (isMute()) socket.resetAndDestroy()
      else own.emit('connection', socket)
    }
  }
  return (image, command, isEmpty = false) => {
    const [, name, tag = 'latest'] = /(?:^|\/)([^/:@]+)(?::([^/@]+))?(?:@.*)?$/.exec(image) ?? []
    if (name === 'redis' && command.length === 0) return isMute() ? 'nothing listens' : redisPort
    const site = name === 'nginx' ? nginx(tag) : name === 'httpd' ? httpd(tag) : undefined
    if (!site) return 'gap'
    const [program = '', ...rest] = command
    if (program === 'sleep' && rest.length === 1) return 'nothing listens'
    if ((program === 'true' || program === 'false') && rest.length === 0) return 'exits'
    const own = command.length === 0 || site.commands.includes(command.join(' '))
    if (!own) return 'gap'
    return isEmpty
      ? serve(`${name}:${tag} empty`, { ...site, isEmpty })
      : serve(`${name}:${tag}`, site)
  }
}

interface Site {
  /** Its folder of pages has nothing in it. */
  isEmpty?: boolean
  /** Command lines that start this server in the foreground. */
  commands: string[]
  server: string
  page: string
  missing: string
  missingType: string
  lastModified: string
  etag: string
}

/** Recordings: web-nginx*.json. */
function nginx(tag: string): Site {
  const server = `nginx/${versionOf(tag) ?? '1.22.1'}`
  return {
    commands: ['nginx -g daemon off;', '/docker-entrypoint.sh nginx -g daemon off;'],
    server,
    page: nginxPage,
    missing:
      '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n' +
      `<center><h1>404 Not Found</h1></center>\r\n<hr><center>${server}</center>\r\n` +
      '</body>\r\n</html>\r\n',
    missingType: 'text/html',
    lastModified: 'Wed, 19 Oct 2022 08:02:20 GMT',
    etag: '"634faf0c-267"',
  }
}

/** The headers are those of recordings' web-apache*.json; the page is the official image's. */
function httpd(tag: string): Site {
  return {
    commands: ['httpd-foreground', 'httpd -DFOREGROUND', 'apachectl -DFOREGROUND'],
    server: `Apache/${versionOf(tag) ?? '2.4.55'} (Unix)`,
    page: '<html><body><h1>It works!</h1></body></html>\n',
    missing:
      '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n' +
      '<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n' +
      '<p>The requested URL was not found on this server.</p>\n</body></html>\n',
    missingType: 'text/html; charset=iso-8859-1',
    lastModified: 'Mon, 11 Jun 2007 18:53:14 GMT',
    etag: '"2d-432a5e4a73a80"',
  }
}

function versionOf(tag: string): string | undefined {
  return /^\d+\.\d+\.\d+/.exec(tag)?.[0]
}

function answerSite(site: Site, request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? '/', 'http://lab').pathname
  if (site.isEmpty) return void answerEmpty(site, path, response)
  const found = path === '/' || path === '/index.html'
  const body = found ? site.page : site.missing
  response.setHeader('Server', site.server)
  response.setHeader('Content-Type', found ? 'text/html' : site.missingType)
  response.setHeader('Content-Length', Buffer.byteLength(body))
  if (found) {
    response.setHeader('Last-Modified', site.lastModified)
    response.setHeader('ETag', site.etag)
    response.setHeader('Accept-Ranges', 'bytes')
  }
  const reads = request.method === 'GET' || request.method === 'HEAD'
  response.statusCode = found ? (reads ? 200 : 405) : 404
  response.end(body)
}

/** nginx lists no folder: without an index its entry page is forbidden. */
function answerEmpty(site: Site, path: string, response: ServerResponse): void {
  const status = path === '/' ? '403 Forbidden' : '404 Not Found'
  const body = site.missing.replaceAll('404 Not Found', status)
  response.setHeader('Server', site.server)
  response.setHeader('Content-Type', site.missingType)
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.statusCode = Number(status.slice(0, 3))
  response.end(body)
}

const nginxPage = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`
