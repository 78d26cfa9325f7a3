/** One request and its answer; `body`: the text, or what JSON says where it was JSON. */
export interface Exchange {
  /** 'GET /v1/…' */
  request: string
  /** address:port */
  agent: string
  /** 0: it did not answer. */
  status: number
  /** Names in any case. */
  headers: Record<string, string>
  body: unknown
}

/**
 * Objects whose keys are names (of tasks, groups, services, attributes), not fields: they are written
 * `*`. A driver keeps its name, for the grader asks for docker by it.
 */
const maps =
  /\.(TaskStates|Tasks|FailedTGAllocs|Summary|NodesAvailable|NodesInPool|ConstraintFiltered|ClassFiltered|ClassExhausted|DimensionExhausted|ClassEligibility|Attributes|Meta|Details|TaskGroups|Scores|HostNetworks|HostVolumes|Links|Env|Tags|ServiceMeta|NodeMeta|TaggedAddresses|ServiceTaggedAddresses)$/

/** The path of `key` below `at`: `$.a.b`, `$[].a`, `$.Summary.*.Queued`. */
export function step(at: string, key: string, inArray: boolean): string {
  if (inArray) return `${at}[]`
  const isMap =
    maps.test(at) ||
    (at === '$' && /^(_nomad-|consul$|nomad$|nomad-client$|nginx$|apache$)/.test(key))
  return `${at}.${isMap ? '*' : key}`
}

/** Which kind of server, and what was asked of it, without names and numbers of the cluster. */
export function endpointOf({ request, agent }: Exchange): string {
  const [method = '', url = ''] = request.split(' ')
  const port = agent.split(':')[1] ?? '80'
  const kind = { 4646: 'nomad', 8500: 'consul' }[port] ?? 'web'
  const [path = '', query = ''] = url.split('?')
  const general = path
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')
    .replace(/^(\/v1\/(?:job|(?:health|catalog)\/service)\/)[^/]+/, '$1:name')
  // What is asked for, not how much of it, or when.
  const asked = [...new URLSearchParams(query)].filter(([name]) => /resources|raw/.test(name))
  const rest = asked.map(([name, value]) => `${name}=${value}`).join('&')
  return `${kind} ${method} ${general}${rest && `?${rest}`}`
}

/** Every path below a JSON value with its types; a field that only some of its like have is `absent` too. */
export function shapesOf(bodies: unknown[]): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>()
  const owners = new Map<string, { count: number; fields: Map<string, number> }>()
  const visit = (value: unknown, at: string) => {
    const type = typeOf(value)
    types.set(at, (types.get(at) ?? new Set()).add(type))
    if (value === null || typeof value !== 'object') return
    const isArray = Array.isArray(value)
    const owner = owners.get(at) ?? { count: 0, fields: new Map() }
    owners.set(at, owner)
    if (!isArray) owner.count++
    for (const [key, one] of Object.entries(value)) {
      const path = step(at, key, isArray)
      if (!isArray) owner.fields.set(path, (owner.fields.get(path) ?? 0) + 1)
      visit(one, path)
    }
  }
  for (const body of bodies) visit(body, '$')
  for (const { count, fields } of owners.values())
    for (const [path, times] of fields)
      if (times < count && !path.endsWith('*')) types.get(path)?.add('absent')
  return types
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** The JSON bodies of an answer: of an endless one each line's. */
export function bodiesOf({ body, request }: Exchange): unknown[] {
  if (typeof body !== 'string') return [body]
  const texts = request.includes('/event/stream') ? body.split('\n') : [body]
  return texts.flatMap((text) => {
    try {
      return [JSON.parse(text)]
    } catch {
      return []
    }
  })
}

/** Those that show an endpoint, a status, a path or a type which none before them showed. */
export function telling(exchanges: Exchange[]): Exchange[] {
  const known = new Set<string>()
  return exchanges.filter((one) => {
    const key = `${endpointOf(one)} ${one.status}`
    const before = known.size
    known.add(key).add(`${key} ${Object.keys(one.headers).sort()}`)
    for (const body of bodiesOf(one))
      for (const [path, types] of shapesOf([body]))
        for (const type of types) known.add(`${key} ${path}:${type}`)
    return known.size > before
  })
}
