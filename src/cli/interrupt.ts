/** Ctrl-C or a polite kill: the first lets the run end with what is finished, the second ends it at once. */
export type Interrupt = {
  readonly signal: AbortSignal
  /** 128 and the signal's number, as shells count; `undefined` while there was none. */
  readonly exitCode: () => number | undefined
}

export function watchInterrupt(): Interrupt {
  const controller = new AbortController()
  let exitCode: number | undefined
  for (const [name, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.on(name, () => {
      if (exitCode !== undefined) process.exit(code)
      exitCode = code
      controller.abort()
    })
  }
  return {signal: controller.signal, exitCode: () => exitCode}
}

/** The items of `from` until `signal` says stop, even while `from` waits for its next one. */
export async function* until<T>(signal: AbortSignal, from: AsyncIterable<T>): AsyncGenerator<T> {
  const items = from[Symbol.asyncIterator]()
  let stop = () => {}
  signal.addEventListener("abort", () => stop(), {once: true})
  try {
    while (!signal.aborted) {
      // Not Promise.race with one promise for all turns, which would keep something of every turn.
      const next = await new Promise<IteratorResult<T>>((done, fail) => {
        stop = () => done({done: true, value: undefined})
        items.next().then(done, error => (signal.aborted ? stop() : fail(error)))
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    // After a stop `from` may wait for its next item for ever.
    const closed = items.return?.().catch(() => {})
    if (!signal.aborted) await closed
  }
}
