import {CoderError, printable} from "../0-records/index.ts"
import {type Change, openStore, type Run, type Store} from "../8-store/index.ts"
import type {Verb} from "./call.ts"
import {answerFormat, answerFormatOf, out, quiet, storeOf, storeOption, wholeOf} from "./options.ts"
import type {Output} from "./output.ts"
import {write} from "./run.ts"
import {count, seconds} from "./tell.ts"

export const runs: Verb = {
  name: "runs",
  about: "list the coders that coded a store, or what changed between two",
  inputs: "",
  notes: ["A run is one coder: version, model, ontology, tables and kind of machine. Two mentions are the same where their trigger stands in the same place."],
  options: [
    storeOption,
    {name: "changes", takes: "A,B", isList: true, about: "what run B tells otherwise than run A, over the reports that both coded"},
    {name: "limit", takes: "N", about: "at most N changes; default 100"},
    answerFormat,
    out,
    quiet,
  ],
  examples: ["communique runs --store project.duckdb", "communique runs --store project.duckdb --changes 1,2"],
  run: async call => {
    const path = storeOf(call)
    const pair = call.list("changes")?.map(Number)
    const isPair = pair?.length === 2 && pair.every(number => Number.isSafeInteger(number) && number > 0)
    if (pair && !isPair) throw new CoderError("call-wrong", `Cannot use "${call.value("changes")}" as --changes: expected two runs, as in 1,2`)
    const format = answerFormatOf(call)
    return write(call, format, async ({output}) => {
      const store = await openStore(path, {isReader: true})
      try {
        if (pair)
          return {done: 1, failures: 0, closing: `${await writeChanges(store, pair[0]!, pair[1]!, output, format, wholeOf(call, "limit"))} in ${seconds()}`}
        const all = await store.runs()
        for (const one of all) await output.write(format === "text" ? runLine(one) : `${JSON.stringify(one)}\n`)
        return {done: 1, failures: 0, closing: `${count(all.length, "run")} in ${seconds()}`}
      } finally {
        await store.close()
      }
    })
  },
}

function runLine({run, version, model, ontology, started, reports, mentions, events, quotes}: Run): string {
  const found = `${count(reports, "report")}, ${count(mentions, "mention")} of ${count(events, "event")}, ${count(quotes, "quote")}`
  return `${run}  ${started}  ${version}  ${model.slice(0, 15)}  ${ontology}  ${found}\n`
}

/** Writes the changes from one run to another. Gives their closing line. */
export async function writeChanges(store: Store, from: number, to: number, output: Output, format: string, limit = 100): Promise<string> {
  const {same, total, changes} = await store.changes(from, to, limit)
  for (const change of changes) await output.write(format === "text" ? changeLine(change) : `${JSON.stringify(change)}\n`)
  const shown = changes.length < total ? ` (${changes.length} shown)` : ""
  return `from run ${from} to run ${to}: ${count(total, "mention")} changed${shown}, ${same.toLocaleString("en-US")} the same`
}

function changeLine({report, before, after, trigger}: Change): string {
  const side = (one: Change["before"]) =>
    one === null ? "nothing" : `${one.mode === null ? one.type : `${one.type}/${one.mode}`} ${one.status} ${one.confidence.toFixed(3)}`
  const isSidesOnly = before && after && side(before).replace(/\S+$/, "") === side(after).replace(/\S+$/, "")
  const line = `${report}  ${side(before)} → ${side(after)}${isSidesOnly ? " (other sides)" : ""}  “${trigger}”`
  return `${printable(line)}\n`
}
