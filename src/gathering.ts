import {gather, sketch} from "./7-gather/index.ts"
import type {Store} from "./8-store/index.ts"

/** Gathers a report that a store has just taken in: room 7 computes what room 8 found near. Another that gathers at the same time makes it compute anew. */
export async function gatherReport(store: Store, report: number): Promise<void> {
  const found = await store.gatherable(report)
  if (!found) return
  const made = sketch(found.ref, found.text, found.events, found.floor)
  let isSettled = false
  while (!isSettled) isSettled = await store.settle(gather(found, made, await store.near({report, ...made})))
}

/** Gathers what is still to be gathered, in the order of publication; after a kill that is what was under way. Gives how many reports. */
export async function gatherRest(
  store: Store,
  {signal, told}: {readonly signal?: AbortSignal; readonly told?: (reports: number) => void} = {},
): Promise<number> {
  let done = 0
  for (;;) {
    const reports = await store.ungathered()
    if (reports.length === 0) return done
    for (const report of reports) {
      if (signal?.aborted) return done
      await gatherReport(store, report)
      done++
      told?.(done)
    }
  }
}
