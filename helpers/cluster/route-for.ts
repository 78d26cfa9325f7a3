import type { ClusterFile } from './file.ts'
import { labRoute } from './lab-route.ts'
import { localRoute } from './local/route.ts'
import type { Route, Wires } from './route.ts'
import { straightRoute } from './straight.ts'

/** How the machines of this cluster file are reached; `within`: those of a lab in this process. */
export function routeFor(file: ClusterFile, within?: Wires): Route {
  if (file.local) return localRoute(file.local)
  return file.lab ? labRoute(file.lab, within) : straightRoute()
}
