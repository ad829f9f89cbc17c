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
  const stopped = new Promise<"stopped">(stop => signal.addEventListener("abort", () => stop("stopped"), {once: true}))
  const items = from[Symbol.asyncIterator]()
  while (!signal.aborted) {
    const next = await Promise.race([items.next(), stopped]).catch(error => {
      if (signal.aborted) return "stopped" as const
      throw error
    })
    if (next === "stopped" || next.done) return
    yield next.value
  }
}
