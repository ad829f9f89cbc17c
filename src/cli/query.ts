import {CoderError, type Count, type Group, type Unit} from "../0-records/index.ts"
import {type Grouping, groupings, openStore, type Query, type Store} from "../8-store/index.ts"
import {type Layout, type Row, withoutWords} from "../9-export/index.ts"
import {countLine, filters, queryOf} from "./asking.ts"
import type {Call, Verb} from "./call.ts"
import {terminal} from "./coding.ts"
import {groupsCsv, groupsTable} from "./groups.ts"
import {layoutOptions, noText, rowsFor, type Unwritten, unwrittenWords} from "./handing.ts"
import {format, isTerminal, layoutOf, out, quiet, storeOf, storeOption, wholeOf} from "./options.ts"
import {type Output, openScratch} from "./output.ts"
import {write} from "./run.ts"
import {writtenStories} from "./stories.ts"
import {count, seconds} from "./tell.ts"

export const units: readonly Unit[] = ["events", "mentions", "quotes", "stories"]

export const query: Verb = {
  name: "query",
  about: "ask a store for events, mentions, quotes, stories or counts",
  inputs: "",
  notes: [
    "An event is one deed and is shown by its surest mention; a mention is one trigger in one sentence. The latest day comes first.",
    "Filters stand together with and, the values of a LIST with or. Counts by period, dyad or type tell the reports that they are out of.",
  ],
  options: [
    storeOption,
    {name: "show", takes: "UNIT", values: units, about: "events, mentions, quotes or stories; default events"},
    {name: "by", takes: "GROUP", values: groupings, about: `count by ${groupings.join(", ")}`},
    {name: "limit", takes: "N", about: "at most N rows; default 100 on a terminal, all elsewhere"},
    noText,
    ...filters,
    format,
    out,
    quiet,
  ],
  examples: [
    "communique query --store project.duckdb --actor China --type COERCE --since 2025-01-01",
    "communique query --store project.duckdb --dyad CHN,VEN --by month --format csv --out dyad.csv",
    "communique query --store project.duckdb --show quotes --actor 'Wang Yi' --text Venezuela",
    "communique query --store project.duckdb --show stories --country VEN",
  ],
  run: async call => {
    const path = storeOf(call)
    const unit = (call.value("show") ?? "events") as Unit
    const by = call.value("by") as Grouping | undefined
    if (by && (unit === "quotes" || unit === "stories"))
      throw new CoderError("call-wrong", `Cannot count ${unit} by a group: expected "--show events" or "--show mentions" with --by`)
    const limit = wholeOf(call, "limit") ?? (isTerminal(call) ? 100 : undefined)
    const asked = queryOf(call)
    const layout = layoutOf(call)
    if ((layout.isDataset && (by || unit === "quotes")) || (unit === "stories" && !["text", "jsonl", "csv"].includes(layout.name))) {
      throw new CoderError("call-wrong", `Cannot write ${by ? "counts" : unit} as ${layout.name}: it has no place for them`)
    }
    if (layout.isBinary && (by || isTerminal(call))) {
      throw new CoderError(
        "call-wrong",
        by ? `Cannot write counts as ${layout.name}: expected text, jsonl or csv` : `Cannot print ${layout.name} on a terminal: expected --out FILE`,
      )
    }
    return write(call, layout.name, async ({output}) => {
      const store = await openStore(path, {isReader: true})
      try {
        const counted = await store.count(asked, unit)
        const shown =
          unit === "stories"
            ? await writeStories(store, asked, limit, layout, output)
            : by && unit !== "quotes"
              ? await writeGroups(store, asked, {by, unit, limit}, layout, output)
              : await writeRows(store, asked, {unit, limit}, layout, output, call)
        return {done: 1, failures: 0, closing: `${closingOf(counted, by, shown)} in ${seconds()}`}
      } finally {
        await store.close()
      }
    })
  },
}

/** How many rows or groups were written and how many groups there are, how many mentions stand in no group, and what the layout has no place for, in words. */
type Shown = {readonly rows: number; readonly groups?: number; readonly ungrouped: number; readonly unwritten?: string}

function closingOf(counted: Count, by: Grouping | undefined, {rows, groups = rows, ungrouped, unwritten = ""}: Shown): string {
  if (!by) return `${countLine(counted, rows)}${unwritten}`
  const outside =
    ungrouped > 0
      ? `; ${count(ungrouped, counted.unit.slice(0, -1))} in no group: without a ${by === "week" || by === "month" || by === "year" || by === "day" ? `day, or longer than a ${by}` : by}`
      : ""
  return `${rows < groups ? `${rows.toLocaleString("en-US")} of ` : ""}${count(groups, "group")}: ${countLine(counted)}${outside}`
}

const pageSize = 1000

async function writeRows(
  store: Store,
  asked: Query,
  {unit, limit = Number.MAX_SAFE_INTEGER}: {unit: Exclude<Unit, "stories">; limit: number | undefined},
  layout: Layout,
  output: Output,
  call: Call,
): Promise<Shown> {
  let rows = 0
  const unwritten: Unwritten = new Map()
  const isBare = call.has("no-text")
  async function* pages(): AsyncGenerator<Row> {
    let after: string | null | undefined
    while (rows < limit && after !== null) {
      const page = await store[unit](asked, {limit: Math.min(pageSize, limit - rows), ...(after !== undefined && {after})})
      rows += page.rows.length
      after = page.next
      yield* page.rows
    }
  }
  const scratch = layout.isBinary ? await openScratch(call.value("out")) : undefined
  try {
    const options = {...layoutOptions(store, asked, unit, unwritten), ...(isTerminal(call) && terminal()), ...(scratch && {scratch: scratch.folder})}
    // Data sets' layouts count deeds, whose mentions have to stand together.
    const tally = {rows: 0}
    const chosen = layout.isDataset ? rowsFor(store, asked, {unit, layout, isBare, limit}, tally) : isBare ? withoutWords(pages()) : pages()
    for await (const chunk of layout.write(chosen, options)) await output.write(chunk)
    rows += tally.rows
  } finally {
    await scratch?.close()
  }
  return {rows, ungrouped: 0, unwritten: unwrittenWords(unwritten)}
}

async function writeStories(store: Store, asked: Query, limit: number | undefined, layout: Layout, output: Output): Promise<Shown> {
  const most = limit ?? Number.MAX_SAFE_INTEGER
  let rows = 0
  let after: string | null | undefined
  while (rows < most && after !== null) {
    const page = await store.stories(asked, {limit: Math.min(pageSize, most - rows), ...(after !== undefined && {after})})
    await output.write(writtenStories(page.rows, layout.name, rows === 0))
    rows += page.rows.length
    after = page.next
  }
  return {rows, ungrouped: 0}
}

async function writeGroups(
  store: Store,
  asked: Query,
  {by, unit, limit}: {by: Grouping; unit: "events" | "mentions"; limit: number | undefined},
  layout: Layout,
  output: Output,
): Promise<Shown> {
  const {groups, total, ungrouped} = await store.aggregate(asked, {by, unit, ...(limit !== undefined && {limit})})
  await output.write(written(groups, by, layout))
  return {rows: groups.length, groups: total, ungrouped}
}

function written(groups: readonly Group[], by: Grouping, layout: Layout): string {
  if (layout.name === "jsonl") return groups.map(group => `${JSON.stringify(group)}\n`).join("")
  return layout.name === "csv" ? groupsCsv(groups, by) : groupsTable(groups, by)
}
