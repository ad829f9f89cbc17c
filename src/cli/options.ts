import {CoderError, type Day, day, statuses} from "../0-records/index.ts"
import {type Layout, layouts, type Row} from "../9-export/index.ts"
import {ontologyFolder} from "../folders.ts"
import {type Call, type Option, orList} from "./call.ts"

const layoutNames = layouts.map(({name}) => name)

/** Options that several verbs share; what a verb alone has stands in its own file. */
export const out: Option = {name: "out", short: "o", takes: "FILE", about: "write to FILE, which appears only when it is whole"}
export const threads: Option = {name: "threads", takes: "N", about: "processors that the model may use; default 1"}
export const knowledge: Option = {
  name: "knowledge",
  takes: "DIR",
  about: "your own actors.csv, offices.csv and places.csv, which come before the tables (docs/knowledge.md)",
}
export const ontology: Option = {
  name: "ontology",
  takes: "DIR",
  about: "also give each event its code in another ontology, by DIR/crosswalk.csv (docs/ontologies.md); for text, jsonl and csv",
}
export const quiet: Option = {name: "quiet", short: "q", about: "tell only failures: no progress, no warnings, no closing line"}
export const format: Option = {
  name: "format",
  short: "f",
  takes: "FORMAT",
  values: layoutNames,
  about: `${orList(layoutNames)}; default by the ending of --out, else text on a terminal and jsonl elsewhere`,
}
export const answerFormat: Option = {
  name: "format",
  short: "f",
  takes: "FORMAT",
  values: ["text", "jsonl"],
  about: "text or jsonl; default text on a terminal and jsonl elsewhere",
}
export const minConfidence: Option = {
  name: "min-confidence",
  takes: "P",
  about: "leave out rows with a confidence under P, 0 to 1; without it, events under the model's own least (models/*/README.md)",
}
export const status: Option = {
  name: "status",
  takes: "LIST",
  values: statuses,
  isList: true,
  about: `leave out events of another status; of ${statuses.join(", ")}; default all, for data sets' layouts actual`,
}

export const storeOption: Option = {
  name: "store",
  takes: "STORE",
  about: "one DuckDB file, such as project.duckdb, or a database of a PostgreSQL server, postgres://user@host/database",
}
export const since: Option = {name: "since", takes: "DAY", about: "first day, YYYY-MM-DD, included"}
export const until: Option = {name: "until", takes: "DAY", about: "last day, included"}

/** @throws CoderError `call-wrong` */
export function storeOf(call: Call): string {
  const path = call.value("store")
  if (path === undefined) throw new CoderError("call-wrong", `Cannot ${call.verb.name} without a store: expected "--store FILE" or "--store postgres://…"`)
  return path
}

/** @throws CoderError `call-wrong` */
export function dayOf(call: Call, option: string): Day | undefined {
  const text = call.value(option)
  try {
    return text === undefined ? undefined : day(text)
  } catch {
    throw new CoderError("call-wrong", `Cannot use "${text}" as --${option}: expected YYYY-MM-DD`)
  }
}

/** @throws CoderError `call-wrong` */
export function wholeOf(call: Call, option: string): number | undefined {
  return numberOf(call, option, "a whole number from 1", number => Number.isSafeInteger(number) && number >= 1 && number < 2 ** 31)
}

/** The layout that `--format` names, else the one that the ending of `--out` names, else the default of where the rows go. */
export function layoutOf(call: Call): Layout {
  const ending = /\.(\w+)$/.exec(call.value("out") ?? "")?.[1]?.toLowerCase()
  const wanted = [call.value("format"), ending, isTerminal(call) ? "text" : "jsonl"]
  return wanted.map(name => layouts.find(layout => layout.name === name || layout.ending === name)).find(layout => layout !== undefined)!
}

/** What `answerFormat` names, else the default of where the answers go. */
export function answerFormatOf(call: Call): string {
  return call.value("format") ?? (isTerminal(call) ? "text" : "jsonl")
}

/** Whether the rows go to a terminal. */
export function isTerminal(call: Call): boolean {
  return !call.has("out") && process.stdout.isTTY === true
}

/** @throws CoderError `call-wrong` */
export function numberOf(call: Call, option: string, expected: string, isGood: (number: number) => boolean): number | undefined {
  const text = call.value(option)
  if (text === undefined) return undefined
  const number = Number(text)
  if (text.trim() !== "" && isGood(number)) return number
  throw new CoderError("call-wrong", `Cannot use "${text}" as --${option}: expected ${expected}`)
}

/** Another ontology beside the coder's own: how a row gets its code there, and what names it in a manifest. */
export type OtherOntology = {readonly recast: (row: Row) => Row; readonly name: string; readonly hash: string}

/**
 * The ontology that `--ontology` names; `undefined` where it names none.
 *
 * @throws CoderError `call-wrong` for a layout without room for them; `ontology-unreadable`, with file and line
 */
export async function otherOntologyOf(call: Call, chosen: readonly Layout[]): Promise<OtherOntology | undefined> {
  const folder = call.value("ontology")
  if (folder === undefined) return undefined
  const misfit = chosen.find(({takesOther}) => !takesOther)
  if (misfit) {
    const fitting = layouts.filter(({takesOther}) => takesOther).map(({name}) => name)
    throw new CoderError("call-wrong", `Cannot write another ontology's codes as ${misfit.name}: expected ${orList(fitting)}`)
  }
  const {openCrosswalk, openOntology, recast} = await import("../6-code/index.ts")
  const crosswalk = openCrosswalk(folder, openOntology(ontologyFolder, "plover-2021"))
  const {name, hash} = crosswalk
  return {name, hash, recast: row => ("trigger" in row ? recast(row, crosswalk) : row)}
}

/** How the coder is opened: `--threads` and `--knowledge`. */
export function coderOptionsOf(call: Call): {threads?: number; lists?: string} {
  const threads = threadsOf(call)
  const lists = call.value("knowledge")
  return {...(threads !== undefined && {threads}), ...(lists !== undefined && {lists})}
}

function threadsOf(call: Call): number | undefined {
  return numberOf(call, "threads", "a whole number from 1 to 64", number => Number.isInteger(number) && number >= 1 && number <= 64)
}
