/** Go's multierror: nested lists are indented only by their own text. */
export function errorList(errors: string[]): string {
  const noun = errors.length === 1 ? 'error' : 'errors'
  return `${errors.length} ${noun} occurred:\n${errors.map((one) => `\t* ${one}\n`).join('')}\n`
}
