/**
 * Wall-clock deadlines of sockets and commands. They are never scaled by cluster time: a slow
 * machine needs the same seconds whatever the lab's clock does.
 */

/**
 * Runs `work` for at most `ms` of wall time. When that is over, or `outer` aborts, its signal
 * aborts and the promise rejects at once with `late()` or the outer reason, even if `work` never
 * settles.
 */
export async function withDeadline<T>(
  ms: number,
  late: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  outer?.throwIfAborted()
  const control = new AbortController()
  const stopped = Promise.withResolvers<never>()
  const stop = (reason: unknown) => {
    control.abort(reason)
    stopped.reject(reason)
  }
  const stopOuter = () => stop(outer?.reason)
  const timer = setTimeout(() => stop(late()), ms)
  outer?.addEventListener('abort', stopOuter, { once: true })
  try {
    return await Promise.race([work(control.signal), stopped.promise])
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stopOuter)
  }
}

/** An Error with a `code`, as sockets throw them. */
export function coded(code: string, message: string, cause?: unknown): Error & { code: string } {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code })
}

/** Waits `ms` of wall time: for other processes, which know no cluster time. */
export function wallSleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
