import {CoderError} from "../0-records/index.ts"
import {openStore, type Store} from "../8-store/index.ts"
import {annotate, readGold} from "../10-score/index.ts"
import type {Coder} from "../journey.ts"
import {unknown, type Verb} from "./call.ts"
import {out, quiet, storeOf, storeOption, threads} from "./options.ts"
import {run} from "./run.ts"
import {count, problemLine, seconds, tell} from "./tell.ts"

export const corpus: Verb = {
  name: "corpus",
  about: "write reviewed reports as annotated documents, to train on or to score by",
  inputs: "export",
  notes: [
    "A document a line, in the form of corpus/GUIDE.md. A report is reviewed when each of its events that counts has a verdict; an event counts when it is",
    "as sure as the model's own least confidence. Mentions that are in no event are the coder's.",
  ],
  options: [
    storeOption,
    {name: "partly", about: "reports with any verdict too; what has none stands as the coder wrote it"},
    {name: "license", takes: "NAME", about: "under which the texts may be handed on, as the documents say it"},
    out,
    threads,
    quiet,
  ],
  examples: ["communique corpus export --store project.duckdb --out reviewed.jsonl", "communique eval reviewed.jsonl"],
  run: call => {
    const [action = "", ...more] = call.inputs
    if (action !== "export" || more.length > 0) throw unknown(`"${[action, ...more].join(" ")}" with corpus`, action, ["export"])
    const path = storeOf(call)
    return run(call, "jsonl", async ({coder, output, signal}) => {
      const store = await openStore(path, {isReader: true})
      try {
        const {ids, partly} = await reviewed(store, coder, call.has("partly"))
        let [done, failures, events] = [0, 0, 0]
        for (const id of ids) {
          if (signal.aborted) break
          try {
            const document = await documentOf(store, coder, id, call.value("license") ?? null)
            readGold(document, {report: id})
            await output.write(`${JSON.stringify(document)}\n`)
            done++
            events += document.sentences.reduce((sum, {e}) => sum + e.length, 0)
          } catch (error) {
            if (!(error instanceof CoderError)) throw error
            failures++
            tell(problemLine({code: error.code, message: error.message, place: {report: id}, isWarning: false}))
          }
        }
        const rest = partly === 0 ? "" : `; ${count(partly, "report")} reviewed in part left out, --partly takes them too`
        if (ids.length === 0) return {done: 1, failures, closing: `no report is reviewed${rest}; the page /review of communique serve is where to begin`}
        return {done, failures, closing: `${count(done, "document")} with ${count(events, "event")}${rest} in ${seconds()}`}
      } finally {
        await store.close()
      }
    })
  },
}

/** The reports whose events all have a verdict, or some where that will do, in the order of arrival; and how many have only some. */
async function reviewed(store: Store, {floor}: Coder, takesPart: boolean): Promise<{ids: string[]; partly: number}> {
  const ids: string[] = []
  let partly = 0
  for (const key of await store.reviewedReports()) {
    const found = (await store.report(key))!
    const isWhole = found.events.every(({review, confidence}) => review !== null || confidence < floor)
    if (isWhole || takesPart) ids.push(key)
    else partly++
  }
  return {ids, partly}
}

async function documentOf(store: Store, coder: Coder, key: string, license: string | null) {
  const {report, text, sentences, events, quotes} = (await store.report(key))!
  const {mentions} = await coder.recode(report, text)
  const counted = events.filter(({review, confidence}) => review !== null || confidence >= coder.floor)
  const identify = (words: string) => coder.resolve({text: words, date: report.published, ...(report.title && {context: report.title})}) ?? undefined
  return annotate({report, text, sentences, events: counted, quotes, mentions}, identify, license)
}
