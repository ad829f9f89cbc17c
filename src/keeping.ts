import {arch} from "node:os"
import type {Day} from "./0-records/index.ts"
import type {Added, Coding, Kept, Store} from "./8-store/index.ts"
import {gatherReports} from "./gathering.ts"
import type {Coder} from "./journey.ts"

/** As the store dates what it takes in. */
export const today = (): Day => new Date().toISOString().slice(0, 10)

/** What the store keeps of a coder and of today. */
export function codingOf({info, floor}: Coder): Coding {
  return {coder: info, machine: arch(), floor, day: today()}
}

/** Keeps a coded report, and gathers it with those that are there. */
export async function keep(store: Store, coded: Kept, coding: Coding): Promise<Added> {
  const added = await store.add(coded, coding)
  await gatherReports(store, [added.report])
  return added
}
