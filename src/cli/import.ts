import {createReadStream} from "node:fs"
import {CoderError, type Imported, type ImportedMention, type Problem} from "../0-records/index.ts"
import {lines, mostBytes} from "../1-read/index.ts"
import {openStore, type Store} from "../8-store/index.ts"
import {type Importable, importable, type Line, readDataset, sniffDataset} from "../9-export/index.ts"
import {today} from "../keeping.ts"
import type {Call, Verb} from "./call.ts"
import {telling} from "./coding.ts"
import {watchInterrupt} from "./interrupt.ts"
import {quiet, storeOf, storeOption} from "./options.ts"
import {count, seconds, tell} from "./tell.ts"

export const importing: Verb = {
  name: "import",
  about: "read GDELT, ICEWS or POLECAT files into a store, to compare with",
  inputs: "FILE...",
  notes: [
    "FILE is a file of GDELT Events, 1.0 or 2.0, of GDELT Mentions, of ICEWS or of POLECAT, unpacked, or - for standard input. Its rows stand in a run of their",
    "own, named gdelt, icews or polecat: no question answers them unless --run asks for that run. Mentions go to events that are there: read those first. The",
    "same rows again add nothing. A row that cannot be read is told with its line and passed over.",
  ],
  options: [storeOption, {name: "as", takes: "DATASET", values: importable, about: `${importable.join(", ")}, whatever the first line looks like`}, quiet],
  examples: ["communique import 20260312.export.CSV --store project.duckdb", "unzip -p 20260312.export.CSV.zip | communique import - --store project.duckdb"],
  run: async call => {
    const {signal, exitCode} = watchInterrupt()
    const store = await openStore(storeOf(call), {make: true})
    const tally = {added: 0, mentions: 0, known: 0, unplaced: 0, statements: 0, problems: 0, failures: 0}
    const runs = new Map<string, number>()
    const {report} = telling(call, tally)
    try {
      for (const input of call.inputs) await importFile(input, {call, store, tally, runs, report, signal})
    } finally {
      await store.close()
    }
    if (!call.has("quiet")) {
      const left = [
        ...(tally.statements > 0 ? [`${count(tally.statements, "row")} of a code that PLOVER has no type for`] : []),
        ...(tally.unplaced > 0 ? [`${count(tally.unplaced, "mention")} of events that are not there`] : []),
      ]
      const mentions = tally.mentions > 0 ? ` and ${count(tally.mentions, "mention")}` : ""
      const where = [...runs].map(([dataset, run]) => ` as run ${run} (${dataset})`).join(",")
      tell(
        `${count(tally.added, "event")}${mentions} added${where}, ${tally.known.toLocaleString("en-US")} known, ${count(tally.failures, "problem")}${left.length > 0 ? `; left out: ${left.join(", ")}` : ""} in ${seconds()}`,
      )
    }
    return exitCode() ?? (tally.failures > 0 ? (tally.added + tally.mentions + tally.known > 0 ? 3 : 1) : 0)
  },
}

type Work = {
  readonly call: Call
  readonly store: Store
  readonly tally: {added: number; mentions: number; known: number; unplaced: number; statements: number}
  readonly runs: Map<string, number>
  readonly report: (problem: Problem) => void
  readonly signal: AbortSignal
}

/** Rows of one transaction. */
const batchSize = 2000

async function importFile(input: string, {call, store, tally, runs, report, signal}: Work): Promise<void> {
  const day = today()
  try {
    const all = linesOf(input, report)
    const first = await all.next()
    if (first.done) return
    const dataset = (call.value("as") as Importable | undefined) ?? sniffDataset(first.value.text)
    if (!dataset)
      throw new CoderError("format-unknown", `Cannot tell the data set of ${JSON.stringify(input)}: expected GDELT, ICEWS or POLECAT, or "--as"`, {input})
    // Mentions of GDELT stand with its events.
    const of = {dataset: dataset === "gdelt-mentions" ? "gdelt" : dataset, day}
    let batch: Imported[] = []
    let mentions: ImportedMention[] = []
    const flush = async () => {
      if (batch.length > 0) {
        const {run, added, known} = await store.importRows(batch, of)
        runs.set(of.dataset, run)
        tally.added += added
        tally.known += known
      }
      if (mentions.length > 0) {
        const {run, added, known, unplaced} = await store.importMentions(mentions, of)
        if (added + known > 0) runs.set(of.dataset, run)
        tally.mentions += added
        tally.known += known
        tally.unplaced += unplaced
      }
      ;[batch, mentions] = [[], []]
    }
    for await (const row of readDataset(again(first.value, all), dataset)) {
      if (signal.aborted) break
      if (row === null) tally.statements++
      else if ("isWarning" in row) report(row)
      else if (("of" in row ? mentions.push(row) : batch.push(row)) === batchSize) await flush()
    }
    await flush()
  } catch (error) {
    if (error instanceof CoderError && error.code !== "store-failed")
      report({code: error.code, message: error.message, place: {input, ...error.place}, isWarning: false})
    else throw error
  }
}

async function* again(first: Line, rest: AsyncIterable<Line>): AsyncGenerator<Line> {
  yield first
  yield* rest
}

async function* linesOf(input: string, report: (problem: Problem) => void): AsyncGenerator<Line> {
  const decoder = new TextDecoder()
  try {
    for await (const {number, bytes} of lines(input === "-" ? process.stdin : createReadStream(input))) {
      const place = {input, line: number}
      if (bytes) yield {text: decoder.decode(bytes).replace(/\r$/, ""), place}
      else report({code: "input-too-large", message: `Cannot read the row: found more than ${mostBytes} bytes`, place, isWarning: false})
    }
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException
    if (!code) throw error
    const isMissing = code === "ENOENT" || code === "ENOTDIR"
    throw new CoderError(
      isMissing ? "input-missing" : "input-unreadable",
      `Cannot read ${JSON.stringify(input)}: ${isMissing ? "found no such file" : message}`,
      {input},
    )
  }
}
