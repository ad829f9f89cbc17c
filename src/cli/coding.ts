import {styleText} from "node:util"
import {type Coded, CoderError, day, type Problem} from "../0-records/index.ts"
import {formats, read} from "../1-read/index.ts"
import type {Layout, LayoutOptions, Row, RowKind, Style} from "../9-export/index.ts"
import {type Call, type Option, unknown} from "./call.ts"
import {until} from "./interrupt.ts"
import {format, isTerminal, knowledge, layoutOf, minConfidence, numberOf, otherOntologyOf, out, quiet, threads} from "./options.ts"
import {openScratch} from "./output.ts"
import {countReports, type Progress, showProgress} from "./progress.ts"
import {run} from "./run.ts"
import {count, problemLine, seconds, tell} from "./tell.ts"

/** What `code` and `quotes` have in common: reports in, rows out. */

export const inputNotes = [
  "INPUT is a file, a folder, a URL, or - for standard input; several may stand in a row.",
  "The ending tells the format, else how the input begins:",
]

/** How inputs are read. */
export const readingOptions: readonly Option[] = [
  {name: "as", takes: "FORMAT", values: formats.map(({name}) => name), about: "read the inputs as FORMAT, whatever their ending"},
  {name: "columns", takes: "LIST", about: "name a table's columns, as in id=doc,text=body,published=date"},
  {name: "published", takes: "DAY", about: "the day, YYYY-MM-DD, of reports that have no date of their own"},
]

export const codingOptions: readonly Option[] = [format, out, ...readingOptions, minConfidence, knowledge, threads, quiet]

/** Codes the inputs and writes their rows. Gives the exit code. */
export async function codeInputs(call: Call, kind: RowKind): Promise<number> {
  const layout = layoutOf(call)
  if (layout.isBinary && isTerminal(call)) throw new CoderError("call-wrong", `Cannot print ${layout.name} on a terminal: expected --out FILE or a redirection`)
  if (layout.isDataset && kind === "quotes") throw new CoderError("call-wrong", `Cannot write quotes as ${layout.name}: it has no place for them`)
  const other = await otherOntologyOf(call, [layout])
  const given = readFilter(call, layout)
  const reading = readingOf(call)
  const wanted: readonly RowKind[] = layout.isMixed && kind === "events" ? ["events", "quotes"] : [kind]
  return run(call, layout.name, async ({coder, output, signal}) => {
    const filter: Filter = {statuses: given.statuses, events: given.minConfidence ?? coder.floor, quotes: given.minConfidence ?? 0}
    const tally = newTally()
    const {progress, report} = telling(call, tally)
    // After a stop no new report is taken; those under way are finished and written.
    const coded = coder.codeAll(until(signal, read(call.inputs, {...reading, stdin: process.stdin, signal})))
    const scratch = layout.isBinary ? await openScratch(call.value("out")) : undefined
    try {
      const leftOut = (reason: string) => void tally.unwritten.set(reason, (tally.unwritten.get(reason) ?? 0) + 1)
      const options = {kind, leftOut, hasOther: other !== undefined, ...(isTerminal(call) && terminal()), ...(scratch && {scratch: scratch.folder})}
      const rows = rowsOf(coded, wanted, filter, tally, report, progress)
      for await (const chunk of layout.write(other ? changed(rows, other.recast) : rows, options)) await output.write(chunk)
    } finally {
      progress?.clear()
      await scratch?.close()
    }
    return {done: tally.reports, failures: tally.failures, closing: closingLine(kind, tally)}
  })
}

/** What a run over reports tells on standard error: its progress on a terminal, and each problem, which it counts. */
export function telling(call: Call, tally: {problems: number; failures: number}): {progress: Progress | undefined; report: (problem: Problem) => void} {
  const progress = process.stderr.isTTY && !isTerminal(call) && !call.has("quiet") ? showProgress(countReports(call.inputs)) : undefined
  const report = (problem: Problem) => {
    tally.problems++
    if (!problem.isWarning) tally.failures++
    if (problem.isWarning && call.has("quiet")) return
    progress?.clear()
    tell(problemLine(problem))
  }
  return {progress, report}
}

/** Least confidences, and the statuses asked for; `undefined` for all. */
type Filter = {readonly events: number; readonly quotes: number; readonly statuses: ReadonlySet<string> | undefined}

export function readFilter(
  call: Call,
  {isDataset}: Pick<Layout, "isDataset"> = {isDataset: false},
): {
  minConfidence: number | undefined
  statuses: ReadonlySet<string> | undefined
} {
  const statuses = call.list("status")
  return {
    minConfidence: numberOf(call, "min-confidence", "a number from 0 to 1", number => number >= 0 && number <= 1),
    statuses: statuses ? new Set(statuses) : isDataset ? new Set(["actual"]) : undefined,
  }
}

/** How the inputs are read: the options `--as`, `--columns` and `--published`. */
export function readingOf(call: Call) {
  const as = formats.find(({name}) => name === call.value("as"))?.name
  const published = call.value("published")
  const columns = call.has("columns") ? columnsOf(call) : undefined
  return {...(as && {as}), ...(columns && {columns}), ...(published !== undefined && {published: publishedOf(published)})}
}

const fields = ["id", "text", "html", "title", "published", "url", "publisher"]

function columnsOf(call: Call): Record<string, string> {
  return Object.fromEntries(
    (call.list("columns") ?? []).map(pair => {
      const [, field, column] = /^([^=]+)=(.+)$/.exec(pair) ?? []
      if (field === undefined || column === undefined) throw new CoderError("call-wrong", `Cannot use "${pair}" in --columns: expected field=column`)
      if (!fields.includes(field)) throw unknown(`"${field}" in --columns`, field, fields)
      return [field, column]
    }),
  )
}

function publishedOf(text: string): string {
  try {
    return day(text)
  } catch {
    throw new CoderError("call-wrong", `Cannot use "${text}" as --published: expected YYYY-MM-DD`)
  }
}

/** What a run has met so far. Mentions, events and quotes are those that passed the filter. */
type Tally = {
  reports: number
  mentions: number
  events: number
  quotes: number
  leftOut: number
  /** Of those left out, the events of another status than the ones asked for. */
  ofOtherStatus: number
  problems: number
  failures: number
  /** Events that the layout has no row for, by reason. */
  readonly unwritten: Map<string, number>
}

const newTally = (): Tally => ({reports: 0, mentions: 0, events: 0, quotes: 0, leftOut: 0, ofOtherStatus: 0, problems: 0, failures: 0, unwritten: new Map()})

/** Each row as `change` makes it. */
export async function* changed(rows: AsyncIterable<Row>, change: (row: Row) => Row): AsyncGenerator<Row> {
  for await (const row of rows) yield change(row)
}

async function* rowsOf(
  coded: AsyncIterable<Coded | Problem>,
  wanted: readonly RowKind[],
  filter: Filter,
  tally: Tally,
  report: (problem: Problem) => void,
  progress: Progress | undefined,
): AsyncGenerator<Row> {
  for await (const one of coded) {
    if (!("events" in one)) {
      report(one)
      continue
    }
    for (const problem of one.problems) report(problem)
    const events = one.events.filter(({confidence, status}) => confidence >= filter.events && (!filter.statuses || filter.statuses.has(status)))
    const quotes = one.quotes.filter(({confidence}) => confidence >= filter.quotes)
    tally.reports++
    tally.mentions += events.length
    tally.events += new Set(events.map(({event}) => event)).size
    tally.quotes += quotes.length
    if (wanted.includes("events")) {
      tally.leftOut += one.events.length - events.length
      tally.ofOtherStatus += one.events.filter(({status}) => filter.statuses && !filter.statuses.has(status)).length
    }
    if (wanted.includes("quotes")) tally.leftOut += one.quotes.length - quotes.length
    progress?.count(1, events.length)
    if (wanted.includes("events")) yield* events
    if (wanted.includes("quotes")) yield* quotes
  }
}

function closingLine(kind: RowKind, {reports, mentions, events, quotes, leftOut, ofOtherStatus, problems, unwritten}: Tally): string {
  const found = kind === "events" ? [`${count(mentions, "mention")} of ${count(events, "event")}`] : []
  const without = [...unwritten].map(([reason, events]) => `; ${count(events, "event")} ${reason} not written`).join("")
  const line = `${[...found, count(quotes, "quote"), count(problems, "problem")].join(", ")} in ${seconds()}${without}`
  if (leftOut > 0) return `${line}; ${count(leftOut, "row")} left out by the filter${ofOtherStatus > 0 ? `, ${ofOtherStatus} of them of another --status` : ""}`
  const isEmpty = kind === "events" ? mentions === 0 : quotes === 0
  return isEmpty ? `${line}; ${count(reports, "report")} read, ${kind === "events" ? "no event" : "no quote"} found` : line
}

/** The terminal's width and colours; none where https://no-color.org asks for none. */
export function terminal(): Pick<LayoutOptions, "width" | "style"> {
  const style: Style = (format, text) => styleText(format, text, {validateStream: false})
  return {width: process.stdout.columns, ...(!process.env.NO_COLOR && {style})}
}
