import {existsSync} from "node:fs"
import {CoderError} from "../0-records/index.ts"
import {isProblem, read} from "../1-read/index.ts"
import {drawer, type StrataBy, sheetCsv, sheetHtml, strataBy} from "../10-score/index.ts"
import type {Call, Verb} from "./call.ts"
import {codingOptions, inputNotes, readFilter, readingOf} from "./coding.ts"
import {until} from "./interrupt.ts"
import {numberOf, status} from "./options.ts"
import {openOutput} from "./output.ts"
import {run} from "./run.ts"
import {count, problemLine, seconds, tell} from "./tell.ts"

const isOut = (name: string) => name === "format" || name === "out"

export const sample: Verb = {
  name: "sample",
  about: "draw mentions for a person to code blind, as a check on the coder",
  inputs: "INPUT...",
  notes: ["Writes NAME.csv to fill in, NAME.html to read or print, and NAME.key.jsonl with the coder's answers, for communique eval.", ...inputNotes],
  options: [
    {name: "n", takes: "N", about: "how many mentions; default 200"},
    {name: "by", takes: "WHAT", values: strataBy, about: "draw as many of each type, status or step of confidence; default type"},
    {name: "seed", takes: "N", about: "another number draws others; default 1"},
    {name: "sheet", takes: "NAME", about: "how the files begin; default sheet"},
    status,
    ...codingOptions.filter(({name}) => !isOut(name)),
  ],
  examples: ["communique sample news/ --n 200 --by type --sheet check", "communique eval check.csv --key check.key.jsonl --format text"],
  run: drawSheet,
}

async function drawSheet(call: Call): Promise<number> {
  const n = numberOf(call, "n", "a whole number from 1 to 100000", number => Number.isInteger(number) && number >= 1 && number <= 100_000) ?? 200
  const seed = numberOf(call, "seed", "a whole number", number => Number.isSafeInteger(number)) ?? 1
  const by: StrataBy = strataBy.find(one => one === call.value("by")) ?? "type"
  const name = call.value("sheet") ?? "sheet"
  const files = [`${name}.csv`, `${name}.html`, `${name}.key.jsonl`] as const
  const standing = files.find(file => existsSync(file))
  if (standing)
    throw new CoderError("output-failed", `Cannot write ${JSON.stringify(standing)}: found one, and a sheet that a person filled in is not written over`)
  const {minConfidence, statuses} = readFilter(call)
  const reading = readingOf(call)
  return run(call, "jsonl", async ({coder, signal}) => {
    const draw = drawer(n, by, seed)
    const tally = {reports: 0, failures: 0}
    for await (const coded of coder.codeAll(until(signal, read(call.inputs, {...reading, stdin: process.stdin, signal})))) {
      const problems = isProblem(coded) ? [coded] : coded.problems
      for (const problem of problems) {
        if (!problem.isWarning) tally.failures++
        if (!problem.isWarning || !call.has("quiet")) tell(problemLine(problem))
      }
      if (isProblem(coded)) continue
      tally.reports++
      for (const event of coded.events)
        if (event.confidence >= (minConfidence ?? coder.floor) && (statuses?.has(event.status) ?? true)) draw.add(event, coded.text)
    }
    const {drawn, key} = draw.end()
    const {rows, ...head} = key
    if (drawn.length > 0) {
      await writeFile(files[0], sheetCsv(drawn))
      await writeFile(files[1], sheetHtml(drawn, coder.types))
      await writeFile(files[2], [head, ...rows].map(row => `${JSON.stringify(row)}\n`).join(""))
    }
    const all = Object.values(key.strata).reduce((sum, rows) => sum + rows, 0)
    const closing = `${count(drawn.length, "mention")} of ${all.toLocaleString("en-US")} drawn from ${count(tally.reports, "report")} in ${seconds()}${drawn.length > 0 ? `: ${files.join(", ")}` : "; no file is written"}`
    return {done: tally.reports, failures: tally.failures, closing}
  })
}

async function writeFile(path: string, text: string): Promise<void> {
  const output = await openOutput(path)
  try {
    await output.write(text)
    await output.commit()
  } finally {
    await output.abandon()
  }
}
