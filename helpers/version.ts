import pkg from '../package.json' with { type: 'json' }

/** Of the grader, as in package.json. */
export const graderVersion = pkg.version
