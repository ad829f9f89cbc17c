import {CoderError, printable} from "../0-records/index.ts"
import {keyOf, openKnowledge, withOwn} from "../5-resolve/index.ts"
import {openStore} from "../8-store/index.ts"
import {knowledgeFolder} from "../folders.ts"
import {type Call, unknown, type Verb} from "./call.ts"
import {accept, type Learned, learnedFrom} from "./learned.ts"
import {answerFormat, answerFormatOf, knowledge, out, quiet, storeOf, storeOption, wholeOf} from "./options.ts"
import {write} from "./run.ts"
import {count, seconds} from "./tell.ts"

export const actors: Verb = {
  name: "actors",
  about: "list what a store's reports state of persons that the tables do not know, and accept it",
  inputs: "learned|accept [NAME...]",
  notes: [
    '"learned" lists persons whose country and part a report states beside the name, as in "Kenyan Foreign Minister Grace Wafula", with the words and the report that said so first.',
    '"accept" puts the named into learned.csv of --knowledge DIR, each from the day of that report on; code with --knowledge DIR to use it. Nothing is used before it is accepted.',
  ],
  options: [storeOption, knowledge, {name: "min-reports", takes: "N", about: "only what N reports or more state; default 1"}, answerFormat, out, quiet],
  examples: [
    "communique actors learned --store project.duckdb --min-reports 2",
    'communique actors accept "Grace Wafula" --store project.duckdb --knowledge lists/',
    "communique code news/ --knowledge lists/",
  ],
  run: async call => {
    const [task = "", ...names] = call.inputs
    if (task !== "learned" && task !== "accept") throw unknown(`"${task}" with actors`, task, ["learned", "accept"])
    if (task === "learned" && names.length > 0)
      throw new CoderError("call-wrong", `Cannot use "${names[0]}": expected "communique actors learned" without names`)
    return task === "learned" ? list(call) : acceptNamed(call, names)
  },
}

async function list(call: Call): Promise<number> {
  const format = answerFormatOf(call)
  const path = storeOf(call)
  return write(call, format, async ({output}) => {
    const found = await candidates(call, path)
    for (const one of found) await output.write(format === "text" ? lineOf(one) : `${JSON.stringify(one)}\n`)
    return {done: 1, failures: 0, closing: `${count(found.length, "person", "persons")} learned in ${seconds()}`}
  })
}

async function acceptNamed(call: Call, names: readonly string[]): Promise<number> {
  const folder = call.value("knowledge")
  if (folder === undefined) throw new CoderError("call-wrong", 'Cannot accept without a folder of lists: expected "--knowledge DIR"')
  if (names.length === 0) throw new CoderError("call-wrong", "Cannot accept nobody: expected names, as communique actors learned tells them")
  const format = answerFormatOf(call)
  const path = storeOf(call)
  return write(call, format, async ({output}) => {
    const found = await candidates(call, path)
    const chosen = names.map(name => {
      const [one, ...others] = found.filter(candidate => keyOf(candidate.name) === keyOf(name))
      if (!one) throw new CoderError("call-wrong", `Cannot accept "${name}": expected a name that communique actors learned tells`)
      // The most reported reading; of two that are alike a person must choose, in learned.csv.
      if (others.some(({reports}) => reports === one.reports))
        throw new CoderError(
          "call-wrong",
          `Cannot accept "${name}": found ${[one, ...others].map(codeOf).join(", ")} in as many reports each; write the right one into learned.csv`,
        )
      return one
    })
    const added = accept(chosen, folder)
    for (const one of chosen) await output.write(format === "text" ? lineOf(one) : `${JSON.stringify(one)}\n`)
    return {done: 1, failures: 0, closing: `${count(added, "row")} added to learned.csv, ${chosen.length - added} known in ${seconds()}`}
  })
}

async function candidates(call: Call, path: string): Promise<Learned[]> {
  const least = wholeOf(call, "min-reports") ?? 1
  const folder = call.value("knowledge")
  const tables = openKnowledge(knowledgeFolder)
  const store = await openStore(path, {isReader: true})
  try {
    const known = folder === undefined ? tables : withOwn(tables, folder, {isNew: call.inputs[0] === "accept"})
    return (await learnedFrom(store, known)).filter(({reports}) => reports >= least)
  } finally {
    await store.close()
  }
}

const codeOf = ({country, sector}: Learned) => `${country}${sector}`

function lineOf(one: Learned): string {
  const days = one.from === one.to ? one.from : `${one.from} to ${one.to}`
  const tables = one.tables === null ? "" : `  (tables: ${one.tables})`
  const line = `${one.name} (${codeOf(one)})  ${count(one.reports, "report")}  ${days}${tables}  “${one.words}” in ${one.report}`
  return `${printable(line)}\n`
}
