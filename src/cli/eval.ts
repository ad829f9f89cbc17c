import {createHash} from "node:crypto"
import {readFile, stat} from "node:fs/promises"
import {basename} from "node:path"
import {CoderError, type Problem, problemOf} from "../0-records/index.ts"
import {filesBelow} from "../1-read/index.ts"
import {
  type Answer,
  type Compared,
  compare,
  type Evaluation,
  emptyAnswer,
  type Fields,
  type Gold,
  type Key,
  kindOf,
  type Measure,
  place,
  readGold,
  reportHtml,
  reportText,
  score,
  scoreSheet,
  sheetRows,
  sheetScoresHtml,
  sheetScoresText,
  textOf,
} from "../10-score/index.ts"
import type {Coder} from "../journey.ts"
import type {Call, Verb} from "./call.ts"
import {readFilter} from "./coding.ts"
import {isTerminal, knowledge, minConfidence, numberOf, out, quiet, threads} from "./options.ts"
import {readRows} from "./rows.ts"
import {type Outcome, run, write} from "./run.ts"
import {count, problemLine, seconds, tell} from "./tell.ts"

const formats = ["text", "json", "html"]

export const evaluate: Verb = {
  name: "eval",
  about: "score a coder on annotated texts, or by a person's coding sheet",
  inputs: "GOLD...",
  notes: [
    "GOLD is a JSON Lines file of annotated documents (corpus/GUIDE.md), a folder of them, or -. Without --rows the texts are coded here and now.",
    "With --key, GOLD is a coding sheet of communique sample, filled in by a person. What each figure means: docs/evaluation.md.",
  ],
  options: [
    {name: "rows", takes: "LIST", about: "score these JSON Lines of rows, by any system, in place of coding; several files joined by commas"},
    {name: "against", takes: "LIST", about: "compare with the rows of another system or version, by a paired test"},
    {name: "texts", about: "write the texts as JSON Lines, for another system to code, and score nothing"},
    {name: "part", takes: "PART", values: ["train", "dev", "test"], about: "only documents of one part of the corpus; models learn from train"},
    {name: "key", takes: "FILE", about: "the key of a coding sheet"},
    {name: "errors", takes: "N", about: "how many errors of each kind are shown; default 20"},
    {
      name: "format",
      short: "f",
      takes: "FORMAT",
      values: formats,
      about: "text, json or html; default by the ending of --out, else text on a terminal and json elsewhere",
    },
    out,
    minConfidence,
    knowledge,
    threads,
    quiet,
  ],
  examples: [
    "communique eval corpus/original --part test --format html --out scores.html",
    "communique eval corpus/original --texts > texts.jsonl",
    "communique eval corpus/original --rows events.jsonl,quotes.jsonl --against old.jsonl --format text",
    "communique eval sheet.csv --key sheet.key.jsonl --format text",
  ],
  run: async call => {
    const format = formatOf(call)
    if (call.has("key")) return write(call, format, ({output}) => scoreSheets(call, format, output.write))
    if (call.has("texts")) return write(call, "jsonl", ({output}) => writeTexts(call, output.write))
    const settings = {
      least: readFilter(call).minConfidence,
      mistakes: numberOf(call, "errors", "a whole number", number => Number.isInteger(number) && number >= 0) ?? 20,
    }
    if (call.has("rows")) return write(call, format, ({output, signal}) => scoreGold(call, format, settings, output.write, signal, undefined))
    return run(call, format, ({coder, output, signal}) => scoreGold(call, format, settings, output.write, signal, coder))
  },
}

type Write = (chunk: string) => Promise<void>
type Settings = {readonly least: number | undefined; readonly mistakes: number}

function formatOf(call: Call): string {
  const ending = /\.(\w+)$/.exec(call.value("out") ?? "")?.[1]?.toLowerCase() ?? ""
  const byEnding = formats.includes(ending) ? ending : undefined
  return call.value("format") ?? byEnding ?? (isTerminal(call) ? "text" : "json")
}

/** A coder's answers, document by document, with the layers that it told nothing of. */
type Answered = {readonly coder: string; readonly answers: ReadonlyMap<string, Answer>; readonly omit: ReadonlySet<Measure>}

async function scoreGold(call: Call, format: string, settings: Settings, write: Write, signal: AbortSignal, coder: Coder | undefined): Promise<Outcome> {
  const met = newMet()
  const given = await readDocuments(call, met)
  const own = coder ? await codeDocuments(coder, given, settings, signal, met) : await readAnswers(call.list("rows") ?? [], given, settings, met)
  const other = call.has("against") ? await readAnswers(call.list("against") ?? [], given, settings, met) : undefined
  // After a stop, those that were coded are scored.
  const documents = given.filter(({id}) => own.answers.has(id))
  if (documents.length === 0) return {done: 0, failures: met.failures, closing: ""}
  const compared = ({answers}: Answered): Compared[] => documents.map(gold => ({gold, answer: answers.get(gold.id)!}))
  const evaluation: Evaluation = {
    coder: own.coder,
    scores: score(compared(own), {omit: own.omit, mistakes: settings.mistakes}),
    against: other ? {coder: other.coder, comparison: compare(compared(own), compared(other), {omit: new Set([...own.omit, ...other.omit])})} : null,
  }
  await write(format === "html" ? reportHtml(evaluation) : format === "text" ? reportText(evaluation) : `${JSON.stringify(evaluation)}\n`)
  return {done: documents.length, failures: met.failures, closing: `${count(documents.length, "document")}, ${count(met.failures, "problem")} in ${seconds()}`}
}

/** Failures so far, each told when it is met. */
type Met = {failures: number; readonly tell: (problem: Problem) => void}

function newMet(): Met {
  const met: Met = {
    failures: 0,
    tell: problem => {
      met.failures++
      tell(problemLine(problem))
    },
  }
  return met
}

/** Does `work`; a CoderError is told as a problem. */
async function telling(met: Met, place: Problem["place"], work: () => void | Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof CoderError)) throw error
    met.tell(problemOf(error, place))
  }
}

async function readDocuments(call: Call, met: Met): Promise<Gold[]> {
  const documents = new Map<string, Gold>()
  for await (const row of readRows(await filesOf(call.inputs), "gold-unreadable")) {
    if ("code" in row) {
      met.tell(row)
      continue
    }
    await telling(met, row.place, () => {
      const gold = readGold(row.value, row.place)
      if (documents.has(gold.id)) throw new CoderError("gold-unreadable", `Cannot read the document "${gold.id}": found its id twice`, row.place)
      if (!call.has("part") || partOf(gold.id) === call.value("part")) documents.set(gold.id, gold)
    })
  }
  return [...documents.values()]
}

/** The part of the corpus that a document is in, by its id: one in sixteen each for dev and test (training/data.py). */
function partOf(id: string): string {
  const last = createHash("sha256").update(id).digest("hex").at(-1)
  return last === "0" ? "dev" : last === "1" ? "test" : "train"
}

/** Files as they are, folders as the .jsonl files below them. */
async function filesOf(inputs: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const input of inputs) {
    const found = input === "-" ? undefined : await stat(input).catch(() => undefined)
    if (!found?.isDirectory()) files.push(input)
    else for await (const path of filesBelow(input)) if (path.endsWith(".jsonl")) files.push(path)
  }
  return files
}

/** Rows as `communique code` and `quotes` print them by default, and the mentions. */
async function codeDocuments(coder: Coder, documents: readonly Gold[], {least}: Settings, signal: AbortSignal, met: Met): Promise<Answered> {
  const answers = new Map<string, Answer>()
  for (const gold of documents) {
    if (signal.aborted) break
    const {id, title, published} = gold
    const at = {report: id}
    const answer = emptyAnswer(gold)
    answers.set(id, answer)
    await telling(met, at, async () => {
      const coded = await coder.code({id, text: textOf(gold), ...(title !== null && {title}), ...(published !== null && {published})})
      const events = coded.events.filter(({confidence}) => confidence >= (least ?? coder.floor))
      const quotes = coded.quotes.filter(({confidence}) => confidence >= (least ?? 0))
      for (const row of [...events, ...quotes, ...coded.mentions]) await telling(met, at, () => place(row, gold, answer, at))
    })
  }
  const {version, model} = coder.info
  return {coder: `communique ${version}, model ${model.slice(0, 15)}`, answers, omit: new Set()}
}

async function readAnswers(files: readonly string[], documents: readonly Gold[], {least = 0}: Settings, met: Met): Promise<Answered> {
  const golds = new Map(documents.map(gold => [gold.id, gold]))
  const answers = new Map(documents.map(gold => [gold.id, emptyAnswer(gold)]))
  const kinds = new Set<string>()
  let strangers = 0
  for await (const row of readRows(files, "row-unreadable")) {
    if ("code" in row) {
      met.tell(row)
      continue
    }
    const gold = golds.get(reportOf(row.value))
    if (!gold) strangers++
    const {confidence} = row.value
    if (!gold || (typeof confidence === "number" && confidence < least)) continue
    kinds.add(kindOf(row.value))
    await telling(met, row.place, () => place(row.value, gold, answers.get(gold.id)!, row.place))
  }
  if (strangers > 0) tell(`warning: ${count(strangers, "row")} of other documents left out`)
  const omit: Measure[] = [...(kinds.has("quote") ? [] : (["quote", "direct"] as const)), ...(kinds.has("mention") ? [] : (["mention"] as const))]
  return {coder: files.map(file => basename(file)).join(", "), answers, omit: new Set(omit)}
}

function reportOf({report}: Fields): string {
  return typeof report === "object" && report !== null && "id" in report ? String(report.id) : ""
}

/** The rows that `communique code` reads, and any other system; ids lead back to the gold. */
async function writeTexts(call: Call, write: Write): Promise<Outcome> {
  const met = newMet()
  const documents = await readDocuments(call, met)
  for (const gold of documents) {
    const {id, title, published} = gold
    await write(`${JSON.stringify({id, text: textOf(gold), title, published})}\n`)
  }
  return {done: documents.length, failures: met.failures, closing: `${count(documents.length, "text")} in ${seconds()}`}
}

async function scoreSheets(call: Call, format: string, write: Write): Promise<Outcome> {
  if (call.inputs.length > 1) throw new CoderError("call-wrong", `Cannot use ${call.inputs.length} sheets with one key: expected one`)
  const [input = ""] = call.inputs
  const key = await readKey(call.value("key") ?? "")
  const text = await readFile(input, "utf8").catch(error => {
    throw new CoderError("input-missing", `Cannot read ${JSON.stringify(input)}: ${error instanceof Error ? error.message : error}`)
  })
  const scores = scoreSheet(sheetRows(text, input), key, input)
  await write(format === "html" ? sheetScoresHtml(scores) : format === "text" ? sheetScoresText(scores) : `${JSON.stringify(scores)}\n`)
  return {done: scores.answered, failures: 0, closing: `${count(scores.answered, "answered row")} of ${scores.rows} in ${seconds()}`}
}

async function readKey(path: string): Promise<Key> {
  const lines: Fields[] = []
  for await (const row of readRows([path], "row-unreadable")) {
    if ("code" in row) throw new CoderError(row.code, row.message, row.place)
    lines.push(row.value)
  }
  const [head, ...rows] = lines
  const isKey =
    typeof head?.strata === "object" &&
    rows.every(({row, stratum, event}) => typeof row === "number" && typeof stratum === "string" && typeof event === "object")
  if (!isKey) throw new CoderError("row-unreadable", `Cannot read ${JSON.stringify(path)} as a key: expected the file that communique sample wrote`)
  return {...(head as Omit<Key, "rows">), rows: rows as unknown as Key["rows"]}
}
