import type {EventRecord, Gathered, GatheredBatch, Near, Nearby, ReportRef, Sketch, Telling} from "../0-records/index.ts"
import {bandsOf, copied} from "./copies.ts"
import {deedsOf} from "./deeds.ts"
import {neighbourhood} from "./nearby.ts"
import {isNear, isRoundUp, linksOf, profileOf} from "./stories.ts"
import {tellingsOf} from "./telling.ts"

export {bandsOf, copied} from "./copies.ts"
export {wanted} from "./nearby.ts"

/** @param floor  the coder's own least confidence, 0 to 1: what is under it is gathered with nothing */
export function sketch(report: ReportRef, text: string, events: readonly EventRecord[], floor: number): Sketch {
  const told = tellingsOf(events, floor)
  const isInRoundUp = isRoundUp(told)
  const tellings = told.map(telling => ({...telling, isInRoundUp}))
  return {bands: bandsOf(text), tellings, profile: profileOf(report, text, tellings)}
}

/** A report that is to be gathered. */
export type Sketched = Sketch & {
  readonly report: number
  readonly run: number
  readonly text: string
  /** The number of each deed's telling, by the deed's id within the report. */
  readonly numbers: ReadonlyMap<string, number>
}

/** Gathers reports one after another, each among those before it and what `nearby` has: in batches or one by one, they end alike. */
export function gatherBatch(batch: readonly Sketched[], nearby: Nearby): GatheredBatch {
  const around = neighbourhood(nearby)
  const reports = batch.map(one => {
    const gathered = gather(one, around.near(one.report, one))
    around.place(gathered, one.text)
    return gathered
  })
  return {generation: nearby.generation, reports}
}

/** Says which deeds a report tells, which report it is a copy of, and which reports are of the same affair. */
export function gather({report, run, text, numbers, bands, tellings, profile}: Sketched, near: Near): Gathered {
  const copies = near.copies.flatMap(({report, text: other, copyOf}) => {
    const likeness = copied(text, other)
    return likeness === undefined ? [] : [{report, first: copyOf, likeness}]
  })
  const [first] = [...copies].sort((a, b) => a.first - b.first || b.likeness - a.likeness)
  const numberOf = (join: number | string) => (typeof join === "number" ? join : numbers.get(join)!)
  const deeds = deedsOf(tellings, near).map(({joins, ...told}) => ({...told, number: numberOf(told.telling.id), joins: joins.map(numberOf)}))
  const joined = new Set(deeds.flatMap(({joins}) => joins))
  const byNumber = new Map(near.tellings.flatMap(placed => (joined.has(placed.number) ? [[placed.number, placed] as const] : [])))
  const links = new Map(linksOf(profile, near.reports).map(({report, reason}) => [report, reason]))
  for (const {telling, joins} of deeds) {
    for (const join of joins) {
      const other = byNumber.get(join)
      // An anniversary tells the deed, and is another affair; a round-up is of none.
      const isAside = (one: Telling) => one.isBackground || one.isInRoundUp
      if (other && !isAside(telling) && !isAside(other.telling) && isNear(telling, other.telling)) links.set(other.report, "they tell one event")
    }
  }
  for (const {report} of copies) links.set(report, "nearly the same text")
  return {
    report,
    run,
    bands,
    copyOf: first ? {report: first.first, likeness: first.likeness} : null,
    tellings: deeds,
    profile,
    links: [...links].map(([report, reason]) => ({report, reason})),
  }
}
