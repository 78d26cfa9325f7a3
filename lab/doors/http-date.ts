let last = { second: Number.NaN, text: '' }

/** The time as HTTP writes it, which is the same for a second: a lab answers hundreds of times in one. */
export function httpDate(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== last.second) last = { second, text: new Date(ms).toUTCString() }
  return last.text
}
