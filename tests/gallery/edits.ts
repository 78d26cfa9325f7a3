import { readFileSync } from 'node:fs'
import { mistake } from '../harness.ts'

/** Small changes of a job file of the reference: (text) => text. */
export type Edit = (text: string) => string

/** Replaces the first `what`; that it is there is checked, or the entry would be the reference. */
export const put =
  (what: string | RegExp, by: string): Edit =>
  (text) => {
    const changed = text.replace(what, () => by)
    if (changed === text) throw new Error(`the reference has no ${what}`)
    return changed
  }

export const all =
  (...edits: Edit[]): Edit =>
  (text) =>
    edits.reduce((now, edit) => edit(now), text)

export const cut = (what: string | RegExp): Edit => put(what, '')

/** Lines inside `job`, before the group. */
export const inJob = (lines: string): Edit => put(/\n {2}group/, `\n${lines}\n  group`)
/** Lines inside the group, before its network. */
export const inGroup = (lines: string): Edit => put(/\n {4}network/, `\n${lines}\n    network`)
/** Lines inside the task, before its config. */
export const inTask = (lines: string): Edit => put(/\n {6}config/, `\n${lines}\n      config`)
/** Lines inside the docker config. */
export const inConfig = (lines: string): Edit =>
  put(/( *)auth_soft_fail = true/, `        auth_soft_fail = true\n${lines}`)
/** Lines inside the service. */
export const inService = (lines: string): Edit =>
  put(/provider = "consul"/, `provider = "consul"\n${lines}`)

/** Another task beside the first, another group after it. */
export const andTask = (lines: string): Edit => put(/\n {2}\}\n\}\n$/, `\n${lines}\n  }\n}\n`)
export const andGroup = (lines: string): Edit => put(/\n\}\n$/, `\n${lines}\n}\n`)

export const count = (n: number): Edit => put(/count = \d/, `count = ${n}`)
/** Every `nginx` or `apache` that names job, group and task. */
export const named = (name: string): Edit =>
  all(put(/job "\w+"/, `job "${name}"`), put(/group "\w+"/, `group "${name}"`))

/** The file of a recording instead (tests/conformance/recordings/mistakes). */
export const recorded =
  (name: string): Edit =>
  () =>
    readFileSync(mistake(name), 'utf8')

export const pin = (operator: string, value: string): string =>
  [
    '    constraint {',
    '      attribute = "$' + '{attr.unique.hostname}"',
    ...(operator ? [`      operator  = "${operator}"`] : []),
    `      value     = "${value}"`,
    '    }',
  ].join('\n')

/** A container beside the server that ends at once and is started again, again and again. */
export const crashing = andGroup(`
  group "logger" {
    restart {
      attempts = 1000
      interval = "24h"
      delay    = "20s"
      mode     = "delay"
    }

    update {
      min_healthy_time = "0s"
    }

    task "logger" {
      driver = "docker"

      config {
        image   = "nginx:1.22.1"
        command = "true"
      }

      resources {
        cpu    = 50
        memory = 32
      }
    }
  }`)

/** A check of the service. */
export const check = (path: string, interval = '10s', more = ''): Edit =>
  inService(
    `        check {\n          type     = "http"\n          path     = "${path}"\n` +
      `          interval = "${interval}"\n          timeout  = "2s"\n${more}        }`,
  )

/** A group beside the server's, with a service of its own: at a static port, or large. */
export const cache = (groupCount: number, cpu = 100): Edit =>
  andGroup(`
  group "cache" {
    count = ${groupCount}

    network {
      port "cache" {
        ${cpu > 100 ? '' : 'static = 8080'}
        to = 80
      }
    }

    task "cache" {
      driver = "docker"

      config {
        image = "nginx:1.22.1"
        ports = ["cache"]
      }

      service {
        name     = "cache"
        port     = "cache"
        provider = "consul"
      }

      resources {
        cpu    = ${cpu}
        memory = 64
      }
    }
  }`)

/** The service in Consul twice: at its port and at a second one. */
export const twice = (service: string): Edit =>
  all(
    put('      port "http"', '      port "second" {\n        to = 80\n      }\n      port "http"'),
    put('["http"]', '["http", "second"]'),
    put(
      /( *)resources/,
      `      service {\n        name     = "${service}"\n        port     = "second"\n` +
        '        provider = "consul"\n      }\n\n      resources',
    ),
  )

/** Docker publishes nothing. */
export const noPorts = cut(/\n *ports .*/)
/** The address of one VM, whatever VM it runs on. */
export const address = inService('        address  = "192.168.56.105"')
/** The service at a label that no port has. */
export const labelWeb = put('port     = "http"', 'port     = "web"')
/** What policy refuses. */
export const privileged = inConfig('        privileged     = true')
