import {createReadStream} from "node:fs"
import {CoderError, type Imported, type Problem} from "../0-records/index.ts"
import {lines, mostBytes} from "../1-read/index.ts"
import {openStore, type Store} from "../8-store/index.ts"
import {type Importable, importable, type Line, readDataset, sniffDataset} from "../9-export/index.ts"
import type {Call, Verb} from "./call.ts"
import {today} from "./coder.ts"
import {telling} from "./coding.ts"
import {watchInterrupt} from "./interrupt.ts"
import {quiet, storeOf, storeOption} from "./options.ts"
import {count, seconds, tell} from "./tell.ts"

export const importing: Verb = {
  name: "import",
  about: "read GDELT or ICEWS files into a store, to compare with",
  inputs: "FILE...",
  notes: [
    "FILE is a file of GDELT Events, 1.0 or 2.0, or of ICEWS, unpacked, or - for standard input. Its rows stand in a run of their own, named gdelt or icews:",
    "no question answers them unless --run asks for that run. The same rows again add nothing. A row that cannot be read is told with its line and passed over.",
  ],
  options: [storeOption, {name: "as", takes: "DATASET", values: importable, about: "gdelt or icews, whatever the first line looks like"}, quiet],
  examples: ["communique import 20260312.export.CSV --store project.duckdb", "unzip -p 20260312.export.CSV.zip | communique import - --store project.duckdb"],
  run: async call => {
    const {signal, exitCode} = watchInterrupt()
    const store = await openStore(storeOf(call), {make: true})
    const tally = {added: 0, known: 0, statements: 0, problems: 0, failures: 0}
    const runs = new Map<string, number>()
    const {report} = telling(call, tally)
    try {
      for (const input of call.inputs) await importFile(input, {call, store, tally, runs, report, signal})
    } finally {
      await store.close()
    }
    if (!call.has("quiet")) {
      const left = tally.statements > 0 ? `; left out: ${count(tally.statements, "row")} of a code that PLOVER has no type for` : ""
      const where = [...runs].map(([dataset, run]) => ` as run ${run} (${dataset})`).join(",")
      tell(
        `${count(tally.added, "event")} added${where}, ${tally.known.toLocaleString("en-US")} known, ${count(tally.failures, "problem")}${left} in ${seconds()}`,
      )
    }
    return exitCode() ?? (tally.failures > 0 ? (tally.added + tally.known > 0 ? 3 : 1) : 0)
  },
}

type Work = {
  readonly call: Call
  readonly store: Store
  readonly tally: {added: number; known: number; statements: number}
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
      throw new CoderError("format-unknown", `Cannot tell the data set of ${JSON.stringify(input)}: expected GDELT Events or ICEWS, or "--as"`, {input})
    let batch: Imported[] = []
    const flush = async () => {
      if (batch.length === 0) return
      const {run, added, known} = await store.importRows(batch, {dataset, day})
      runs.set(dataset, run)
      tally.added += added
      tally.known += known
      batch = []
    }
    for await (const row of readDataset(again(first.value, all), dataset)) {
      if (signal.aborted) break
      if (row === null) tally.statements++
      else if ("isWarning" in row) report(row)
      else if (batch.push(row) === batchSize) await flush()
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
