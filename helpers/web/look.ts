import type { WebLook } from '../grade/view.ts'
import type { Http } from '../http.ts'
import { codeOf } from '../time/fault.ts'

const deadline = 5000
const longestPage = 64 * 1024
const longestWord = 200
/** Characters of a page that are kept to be shown. */
const longestBody = 16_000

/**
 * Asks for / on a connection of its own. Never rejects for what the network or the server does:
 * then `status` is 0 and `error` says what happened. `host`: the Host header, the address when not
 * given.
 */
export async function lookAt(to: {
  http: Http
  address: string
  port: number
  host?: string
}): Promise<Omit<WebLook, 'allocation'> & { body: string }> {
  const { address, port } = to
  const blank = { address, port, status: 0, server: '', page: '', title: '', error: '', body: '' }
  try {
    const answer = await to.http.request({
      host: address,
      port,
      path: '/',
      headers: to.host === undefined ? {} : { host: to.host },
      deadline,
      limit: longestPage,
      cut: true,
      fresh: true,
    })
    const server = (answer.headers.server ?? '').slice(0, longestWord)
    const title = titleOf(answer.text)
    // A header that speaks for itself is not doubted: only where it is missing the page is asked.
    const page = server === '' ? defaultPage(answer.text, title) : ''
    const body = answer.text.slice(0, longestBody)
    return { ...blank, status: answer.status, server, page, title, body }
  } catch (error) {
    return { ...blank, error: codeOf(error) || 'EPROTO' }
  }
}

function titleOf(html: string): string {
  const title = /<title[^>]{0,200}>([^<]{0,1000})/i.exec(html)?.[1] ?? ''
  return title.replace(/\s+/g, ' ').trim().slice(0, longestWord)
}

/** Which image's own welcome page it is. */
function defaultPage(html: string, title: string): WebLook['page'] {
  if (/^welcome to nginx/i.test(title)) return 'nginx'
  if (/^apache2 .*default page/i.test(title) || /<h1>it works!<\/h1>/i.test(html)) return 'httpd'
  return ''
}
