import module from 'node:module'
import { setFlagsFromString } from 'node:v8'

/** A worker of `grade class`: helpers/class/worker.ts starts it, bin/class/work.ts does the work. */
module.enableCompileCache?.()
setFlagsFromString('--max-semi-space-size=4')
await import('./work.ts')
