import {gatherBatch, sketch, wanted} from "./7-gather/index.ts"
import type {Store} from "./8-store/index.ts"

/**
 * Gathers reports that a store has taken in, in this order: room 7 computes what room 8 found near them, and it is kept all at once.
 * Another that gathers at the same time makes it compute anew.
 */
export async function gatherReports(store: Store, reports: readonly number[]): Promise<void> {
  for (;;) {
    const found = await store.gatherable(reports)
    if (found.length === 0) return
    const batch = found.map(({ref, events, floor, numbers, ...one}) => ({...one, numbers: new Map(numbers), ...sketch(ref, one.text, events, floor)}))
    if (await store.settle(gatherBatch(batch, await store.nearby(wanted(batch))))) return
  }
}

/** Reports that are gathered at once: what a store reads for a batch hardly grows with it. */
const batchSize = 1000

/** Gathers what is still to be gathered, in the order of publication; after a kill that is what was under way. Gives how many reports. */
export async function gatherRest(
  store: Store,
  {signal, told}: {readonly signal?: AbortSignal; readonly told?: (reports: number) => void} = {},
): Promise<number> {
  let done = 0
  for (;;) {
    const reports = await store.ungathered(batchSize)
    if (reports.length === 0 || signal?.aborted) return done
    await gatherReports(store, reports)
    done += reports.length
    told?.(reports.length)
  }
}
