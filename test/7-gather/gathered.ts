import type {EventRecord, Near, Placed, Profile} from "../../src/0-records/index.ts"
import {gather, sketch} from "../../src/7-gather/index.ts"

/** Gathers reports one after another as a store does, in the order of their rows; every telling is told of all before it. */
export function gatherAll(
  events: readonly EventRecord[],
  {together = [], apart = [], setApart = []}: Partial<Pick<Near, "together" | "apart" | "setApart">> = {},
) {
  const reports = new Map<string, EventRecord[]>()
  for (const event of events) reports.set(event.report.id, [...(reports.get(event.report.id) ?? []), event])
  const placed: (Placed & {deed: number})[] = []
  const known: ({report: number; story: number; text: string; copyOf: number} & Profile)[] = []
  const reasons = new Map<string, readonly string[]>()
  let number = 0
  for (const rows of reports.values()) {
    number++
    const text = rows.map(({sentence}) => sentence.text).join(" ")
    const made = sketch(rows[0]!.report, text, rows, 0)
    const numbers = new Map(made.tellings.map(({id}, at) => [id, placed.length + 1 + at]))
    const {tellings, copyOf, links, profile} = gather(
      {report: number, run: 1, text, numbers, ...made},
      {
        copies: known,
        tellings: placed,
        reports: known,
        together,
        apart,
        setApart,
      },
    )
    for (const {telling, number: own, joins, reasons: why} of tellings) {
      const deeds = joins.map(join => placed.find(one => one.number === join)!.deed)
      const deed = deeds[0] ?? own
      for (const one of placed) if (deeds.includes(one.deed)) (one as {deed: number}).deed = deed
      placed.push({telling, number: own, report: number, deed})
      reasons.set(telling.id, why)
    }
    const stories = links.map(({report}) => known[report - 1]!.story)
    const story = Math.min(number, ...stories)
    for (const one of known) if (stories.includes(one.story)) (one as {story: number}).story = story
    known.push({...profile, report: number, story, text, copyOf: copyOf?.report ?? number})
  }
  const numbers = [...reports.keys()]
  return {
    deeds: new Map(placed.map(({telling, deed}) => [telling.id, String(deed)])),
    reasons,
    stories: new Map(events.map(({id, report}) => [id, String(known[numbers.indexOf(report.id)]!.story)])),
    copies: new Map(numbers.map((id, at) => [id, numbers[known[at]!.copyOf - 1]!])),
  }
}
