import type { Place } from './scan.ts'

/** What Nomad answers with 400 to a job file. */
export class ParseError extends Error {}

/** What the lab cannot evaluate: answered with 501, never a verdict on the file. */
export class Gap extends Error {
  constructor(what: string) {
    super(`lab: ${what} is not simulated`)
  }
}

/** One of HCL's diagnostics as Nomad prints it. */
export function diagnostic(place: Place, summary: string, detail: string): string {
  return `input.hcl:${place.line},${place.column}-${place.endColumn}: ${summary}; ${detail}`
}
