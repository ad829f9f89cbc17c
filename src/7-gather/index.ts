import type {EventRecord, Gathered, Near, Profile, ReportRef, Telling} from "../0-records/index.ts"
import {bandsOf, copied} from "./copies.ts"
import {deedsOf} from "./deeds.ts"
import {isNear, linksOf, profileOf} from "./stories.ts"
import {tellingsOf} from "./telling.ts"

export {bandsOf, copied} from "./copies.ts"

/** What of a report is to be gathered: what a store needs to find what is near. */
export type Sketch = {readonly bands: readonly number[]; readonly tellings: readonly Telling[]; readonly profile: Profile}

/** @param floor  the coder's own least confidence, 0 to 1: what is under it is gathered with nothing */
export function sketch(report: ReportRef, text: string, events: readonly EventRecord[], floor: number): Sketch {
  const tellings = tellingsOf(events, floor)
  return {bands: bandsOf(text), tellings, profile: profileOf(report, text, tellings)}
}

/** Says which deeds a report tells, which report it is a copy of, and which reports are of the same affair. */
export function gather(
  {report, run, text}: {readonly report: number; readonly run: number; readonly text: string},
  {bands, tellings, profile}: Sketch,
  near: Near,
): Gathered {
  const copies = near.copies.flatMap(({report, text: other, copyOf}) => {
    const likeness = copied(text, other)
    return likeness === undefined ? [] : [{report, first: copyOf, likeness}]
  })
  const [first] = [...copies].sort((a, b) => a.first - b.first || b.likeness - a.likeness)
  const deeds = deedsOf(tellings, near)
  const byNumber = new Map<number | string, Near["tellings"][number]>(near.tellings.map(placed => [placed.number, placed]))
  const links = new Map(linksOf(profile, near.reports).map(({report, reason}) => [report, reason]))
  for (const {telling, joins} of deeds) {
    for (const join of joins) {
      const other = byNumber.get(join)
      // An anniversary tells the deed, and is another affair.
      if (other && !telling.isBackground && !other.telling.isBackground && isNear(telling, other.telling)) links.set(other.report, "they tell one event")
    }
  }
  for (const {report} of copies) links.set(report, "nearly the same text")
  return {
    generation: near.generation,
    report,
    run,
    bands,
    copyOf: first ? {report: first.first, likeness: first.likeness} : null,
    tellings: deeds,
    profile,
    links: [...links].map(([report, reason]) => ({report, reason})),
  }
}
