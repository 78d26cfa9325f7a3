export interface ImageName {
  /** `docker.io` when the name does not say. */
  registry: string
  /** Without registry and tag: `library/nginx`. */
  repository: string
  /** The last part of the repository. */
  name: string
  /** `latest` when the name does not say; '' when a digest does. */
  tag: string
}

const dockerHub = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

/** Takes an image's name apart as Docker does; a scheme in front is dropped, as Nomad does. */
export function imageName(image: string): ImageName {
  const plain = image.trim().replace(/^https?:\/\//, '')
  const [path = '', digest] = plain.split('@', 2)
  const slash = path.indexOf('/')
  const first = slash < 0 ? '' : path.slice(0, slash)
  const isHost = first === 'localhost' || /[.:]/.test(first)
  const registry = isHost ? first.toLowerCase() : 'docker.io'
  const rest = isHost ? path.slice(slash + 1) : path
  const colon = rest.lastIndexOf(':')
  const tagged = colon > rest.lastIndexOf('/')
  const repository = tagged ? rest.slice(0, colon) : rest
  const hub = dockerHub.has(registry)
  return {
    registry: hub ? 'docker.io' : registry,
    repository: hub && !repository.includes('/') ? `library/${repository}` : repository,
    name: repository.slice(repository.lastIndexOf('/') + 1),
    tag: tagged ? rest.slice(colon + 1) : digest ? '' : 'latest',
  }
}
