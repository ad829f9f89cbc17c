import type {Coded, Problem, Report, Source} from "../0-records/index.ts"
import {isProblem, read} from "../1-read/index.ts"
import {type Added, openStore, type Store} from "../8-store/index.ts"
import {gatherRest} from "../gathering.ts"
import type {Coder} from "../journey.ts"
import {codingOf} from "../keeping.ts"
import type {Verb} from "./call.ts"
import {inputNotes, readingOf, readingOptions, telling} from "./coding.ts"
import {gatherAsTheyCome} from "./gather.ts"
import {until} from "./interrupt.ts"
import {answerFormat, answerFormatOf, knowledge, quiet, storeOf, storeOption, threads} from "./options.ts"
import {run} from "./run.ts"
import {count, seconds} from "./tell.ts"

export const ingest: Verb = {
  name: "ingest",
  about: "code reports into a store",
  inputs: "INPUT...",
  notes: [
    "Prints a line for each report once it is on disk. A report that is there already changes nothing; a changed text is kept as a new version.",
    ...inputNotes,
  ],
  options: [storeOption, answerFormat, ...readingOptions, knowledge, threads, quiet],
  examples: [
    "communique ingest news/ --store project.duckdb",
    "communique ingest articles.csv --columns id=doc,text=body,published=date --store project.duckdb",
  ],
  run: call => {
    const path = storeOf(call)
    const format = answerFormatOf(call)
    const reading = readingOf(call)
    return run(call, format, async ({coder, output, signal}) => {
      const store = await openStore(path, {make: true})
      const tally = {added: 0, version: 0, recoded: 0, known: 0, mentions: 0, events: 0, quotes: 0, problems: 0, failures: 0}
      const coding = codingOf(coder)
      const {progress, report} = telling(call, tally)
      try {
        await gatherRest(store, {signal})
        const gathering = gatherAsTheyCome(store)
        const sources = until(signal, read(call.inputs, {...reading, stdin: process.stdin, signal}))
        for await (const one of codedOrKnown(sources, coder, store)) {
          if ("code" in one) {
            report(one)
            await store.addProblem(one, coding.day)
            continue
          }
          if ("known" in one) {
            tally.known++
            await output.write(lineOf({outcome: "known", id: one.known.id}, format))
            continue
          }
          const added = await store.add(one, coding)
          await gathering.add(added.report)
          for (const problem of one.problems) report(problem)
          tally[added.outcome]++
          if (added.outcome !== "known") for (const unit of ["mentions", "events", "quotes"] as const) tally[unit] += added[unit]
          progress?.count(1, added.mentions)
          await output.write(lineOf({...added, id: one.report.id}, format))
        }
        await gathering.end()
      } finally {
        progress?.clear()
        await store.close()
      }
      const {added, version, recoded, known, failures} = tally
      const changed = [count(added, "report added", "reports added")]
      if (version > 0) changed.push(count(version, "new version"))
      if (recoded > 0) changed.push(`${recoded} coded again`)
      if (known > 0) changed.push(`${known.toLocaleString("en-US")} known`)
      const found = `${count(tally.mentions, "mention")} of ${count(tally.events, "event")}, ${count(tally.quotes, "quote")}, ${count(tally.problems, "problem")}`
      return {done: added + version + recoded + known, failures, closing: `${changed.join(", ")}; ${found} in ${seconds()}`}
    })
  },
}

/** Each report is cleaned, to know by its text whether the store has it, and coded where it has not. */
export async function* codedOrKnown(
  sources: AsyncIterable<Source | Problem>,
  coder: Coder,
  store: Store,
): AsyncGenerator<Coded | Problem | {readonly known: Report}> {
  const coding = codingOf(coder)
  for await (const source of sources) {
    if (isProblem(source)) {
      yield source
      continue
    }
    const report = await coder.settle(source)
    if ("code" in report) yield report
    else yield (await store.isKnown(report, coding)) ? {known: report} : await coder.codeSettled(report, source)
  }
}

function lineOf({id, outcome, ...rest}: Partial<Added> & {readonly id: string; readonly outcome: Added["outcome"]}, format: string): string {
  const {run, mentions, events, quotes} = rest
  if (format !== "text") return `${JSON.stringify({id, outcome, ...(run !== undefined && {run, mentions, events, quotes})})}\n`
  const found = mentions === undefined ? "" : `  ${count(mentions, "mention")} of ${count(events ?? 0, "event")}, ${count(quotes ?? 0, "quote")}`
  return `${outcome.padEnd(7)}  ${id.replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd")}${found}\n`
}
