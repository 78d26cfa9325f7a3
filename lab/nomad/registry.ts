/** Docker's official images: a name without a user that is not among them does not exist. */
const official = new Set(
  (
    'adminer aerospike alpine alt amazoncorretto amazonlinux arangodb archlinux bash buildpack-deps ' +
    'busybox caddy cassandra centos chronograf cirros clearlinux clojure composer consul couchbase ' +
    'couchdb crate dart debian docker drupal eclipse-mosquitto eclipse-temurin eggdrop elasticsearch ' +
    'elixir emqx erlang express-gateway fedora flink fluentd friendica gazebo gcc geonetwork ghost ' +
    'golang gradle groovy haproxy haskell haxe hello-world hitch httpd hylang ibmjava influxdb irssi ' +
    'jenkins jetty joomla jruby julia kapacitor kibana kong lightstreamer liquibase logstash mageia ' +
    'mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats nats-streaming ' +
    'neo4j neurodebian nextcloud nginx node notary odoo open-liberty openjdk oraclelinux orientdb ' +
    'percona perl photon php php-zendserver phpmyadmin plone postfixadmin postgres pypy python r-base ' +
    'rabbitmq rakudo-star redis redmine registry rethinkdb rocket.chat rockylinux ros ruby rust ' +
    'sapmachine satosa scratch silverpeas solr sonarqube spark spiped storm swift swipl teamspeak ' +
    'telegraf thrift tomcat tomee traefik ubuntu unit varnish vault websphere-liberty wordpress xwiki ' +
    'yourls znc zookeeper'
  ).split(' '),
)

/** nginx 1.<minor>: the last patch of the versions whose releases are over. */
const lastPatch: Record<number, number> = {
  14: 2,
  15: 12,
  16: 1,
  17: 10,
  18: 0,
  19: 10,
  20: 2,
  21: 6,
  22: 1,
  23: 4,
  24: 0,
  25: 5,
  26: 3,
  27: 5,
}
/** httpd 2.4.<patch> that have an image. */
const apaches = [46, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65]

/** The name under which Docker keeps an image: without its own registry and user, with its tag. */
export function familiar(image: string): string {
  const short = image.replace(/^docker\.io\//, '').replace(/^library\//, '')
  return /[:@][^/]*$/.test(short) ? short : `${short}:latest`
}

const there = ''

/**
 * What Docker Hub answers to a pull: '' when it has the image, else Docker's words; `gap` where the lab
 * cannot know (an image of somebody's own, a digest, another registry, a tag that may have come since).
 */
export function registryAnswer(image: string): string {
  if (image.includes('@') || image.includes('${')) return 'gap'
  const [, path = '', tag = 'latest'] = /^(.*?)(?::([^:/]*))?$/.exec(image) ?? []
  const name =
    /^(?:(?:docker\.io\/)?(?:library\/)?|public\.ecr\.aws\/docker\/library\/)([^/]+)$/.exec(
      path,
    )?.[1]
  if (!name) return 'gap'
  if (!official.has(name)) {
    return (
      `API error (404): pull access denied for ${name}, repository does not exist or may require ` +
      "'docker login': denied: requested access to the resource is denied"
    )
  }
  const known = tagAnswer(name, tag)
  if (known !== 'missing') return known
  return `API error (404): manifest for ${path}:${tag} not found: manifest unknown: manifest unknown`
}

function tagAnswer(name: string, tag: string): '' | 'gap' | 'missing' {
  const named = /^(latest|alpine|bookworm|stable|mainline|perl)$/
  const variant =
    /^(\d+(?:\.\d+){0,2})(?:-(?:alpine|bookworm|bullseye|buster|perl|slim)[a-z0-9.-]*)?$/
  if (named.test(tag)) {
    return name === 'httpd' && /stable|mainline|perl/.test(tag) ? 'missing' : there
  }
  const version = variant.exec(tag)?.[1]
  if (!version) return /^[\d.]+-/.test(tag) ? 'gap' : 'missing'
  const [major, minor, patch] = version.split('.').map(Number)
  if (name === 'nginx') return nginxAnswer(major!, minor, patch)
  if (name === 'httpd') return httpdAnswer(major!, minor, patch)
  if (name === 'redis') return redisAnswer(major!, minor, patch)
  return 'gap'
}

function nginxAnswer(major: number, minor?: number, patch?: number): '' | 'gap' | 'missing' {
  if (major !== 1 || (minor ?? 0) > 60) return 'missing'
  if (minor === undefined) return there
  const last = lastPatch[minor]
  if (last === undefined) return 'gap'
  return patch === undefined || patch <= last ? there : 'missing'
}

/** 6.0, 6.2, 7.0, 7.2 and 7.4 have an image; which patches of them is not known here. */
function redisAnswer(major: number, minor?: number, patch?: number): '' | 'gap' | 'missing' {
  const known = major === 6 ? [0, 2] : major === 7 ? [0, 2, 4] : undefined
  if (!known || patch !== undefined) return 'gap'
  return minor === undefined || known.includes(minor) ? there : 'missing'
}

function httpdAnswer(major: number, minor?: number, patch?: number): '' | 'gap' | 'missing' {
  if (major !== 2) return 'missing'
  if (minor === undefined) return there
  if (minor !== 4) return minor === 2 ? 'gap' : 'missing'
  return patch === undefined || apaches.includes(patch) ? there : 'gap'
}
