import { valueOn } from '../scheduler/feasible.ts'
import type { Allocation, Node } from '../types.ts'

/** Fills in what Nomad knows of an allocation: `${NOMAD_PORT_http}`, `${attr.kernel.name}`. */
export function interpolate(text: string, alloc: Allocation, node: Node, workload: string): string {
  if (!text.includes('${')) return text
  return text.replace(/\$\{([^{}]+)\}/g, (found, name: string) => {
    const port = /^NOMAD_(HOST_PORT|PORT|IP|ADDR)_(\w+)$/.exec(name)
    const mapped = port && alloc.Ports.find((one) => one.Label === port[2])
    if (mapped) {
      if (port[1] === 'IP') return mapped.HostIP
      if (port[1] === 'ADDR') return `${mapped.HostIP}:${mapped.Value}`
      return String(port[1] === 'PORT' ? mapped.To || mapped.Value : mapped.Value)
    }
    const known: Record<string, string> = {
      NOMAD_ALLOC_ID: alloc.ID,
      NOMAD_ALLOC_NAME: alloc.Name,
      NOMAD_ALLOC_INDEX: /\[(\d+)\]$/.exec(alloc.Name)?.[1] ?? '',
      NOMAD_JOB_ID: alloc.Job.ID,
      NOMAD_JOB_NAME: alloc.Job.Name,
      NOMAD_GROUP_NAME: alloc.TaskGroup,
      NOMAD_TASK_NAME: workload,
      NOMAD_DC: node.Datacenter,
    }
    return known[name] ?? valueOn(node, found) ?? ''
  })
}
