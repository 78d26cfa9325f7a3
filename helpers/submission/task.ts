import { constraintsOf, servicesFrom } from './canonical.ts'
import type { Task, Template } from './job.ts'
import type { Body } from './values.ts'
import { bodies, field, flag, isBody, list, milliseconds, number, text } from './values.ts'

/** A task of Nomad's API JSON; defaults are Nomad's (100 MHz, 300 MB, 5 s to stop). */
export function taskFrom(task: Body, job: string, group: string): Task {
  const name = text(field(task, 'Name'))
  const config = configOf(task)
  const resources = isBody(field(task, 'Resources')) ? (field(task, 'Resources') as Body) : {}
  return {
    name,
    driver: text(field(task, 'Driver')),
    config,
    image: text(field(config, 'image')),
    ports: list(field(config, 'ports')).map((port) => text(port)),
    services: servicesFrom(task, [job, group, name]),
    resources: {
      cpu: number(field(resources, 'CPU'), 100),
      cores: number(field(resources, 'Cores'), 0),
      memory: number(field(resources, 'MemoryMB'), 300),
      memoryMax: number(field(resources, 'MemoryMaxMB'), 0),
    },
    artifacts: list(field(task, 'Artifacts')).length,
    templates: bodies(field(task, 'Templates')).map(templateFrom),
    vault: list(field(task, 'Vault')).length > 0,
    identities: identitiesOf(task),
    secrets: list(field(task, 'Secrets')).length,
    dispatchPayload: list(field(task, 'DispatchPayload')).length > 0,
    csiPlugin: list(field(task, 'CSIPluginConfig')).length > 0,
    volumeMounts: list(field(task, 'VolumeMounts')).length,
    constraints: constraintsOf(task, 'Constraints'),
    affinities: constraintsOf(task, 'Affinities'),
    killTimeoutMs: milliseconds(field(task, 'KillTimeout'), 5_000),
    shutdownDelayMs: milliseconds(field(task, 'ShutdownDelay'), 0),
  }
}

function configOf(task: Body): Body {
  const config = field(task, 'Config')
  return isBody(config) ? config : {}
}

function templateFrom(template: Body): Template {
  return {
    data: text(field(template, 'EmbeddedTmpl')),
    source: text(field(template, 'SourcePath')),
    destination: text(field(template, 'DestPath')),
    left: text(field(template, 'LeftDelim')) || '{{',
    right: text(field(template, 'RightDelim')) || '}}',
  }
}

/**
 * Names of the identities that a student wrote. Nomad gives each task one called `default` that is
 * neither in its environment nor in a file, and adds those of its own Consul and Vault set-up.
 */
function identitiesOf(task: Body): string[] {
  const all = [...bodies(field(task, 'Identities')), ...bodies(field(task, 'Identity'))]
  return all
    .filter((each) => {
      const name = text(field(each, 'Name'))
      const shown = flag(field(each, 'Env')) || flag(field(each, 'File'))
      const ours = name === '' || name === 'default' || /^(consul|vault)_/.test(name)
      return shown || !ours || field(each, 'Written') === true
    })
    .map((each) => text(field(each, 'Name')) || 'default')
}
