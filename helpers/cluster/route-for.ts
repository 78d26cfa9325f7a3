import type { ClusterFile } from './file.ts'
import { labRoute } from './lab-route.ts'
import { localRoute } from './local/route.ts'
import type { Route } from './route.ts'
import { straightRoute } from './straight.ts'

/** How the machines of this cluster file are reached. */
export function routeFor(file: ClusterFile): Route {
  if (file.local) return localRoute(file.local)
  return file.lab ? labRoute(file.lab) : straightRoute()
}
