import {createHash} from "node:crypto"
import {readFileSync} from "node:fs"
import {
  type Coded,
  CoderError,
  type CoderRef,
  day,
  type EventRecord,
  type HeldOffice,
  type Identity,
  type Place,
  type Problem,
  problemOf,
  type Quote,
  type Report,
  type ReportRef,
  type Source,
  unitOf,
} from "./0-records/index.ts"
import {isProblem} from "./1-read/index.ts"
import {findDateline} from "./2-clean/dateline.ts"
import {clean, withLanguage} from "./2-clean/index.ts"
import {segment} from "./3-segment/index.ts"
import {type Model, openModel, type Relation} from "./4-encode/index.ts"
import {identify, type Knowledge, officesOf, openKnowledge, resolve, withOwn} from "./5-resolve/index.ts"
import {code, type Ontology, openOntology} from "./6-code/index.ts"
import {beside, knowledgeFolder, ontologyFolder} from "./folders.ts"
import {type QuoteRevision, type Revisable, type Revision, revise, reviseQuote} from "./revise.ts"

export type {QuoteRevision, Revision} from "./revise.ts"

/** Codes one report: rooms 2 to 6 in order. */
async function codeOne(source: Source, kit: Kit): Promise<Coded> {
  return codeSettled(await settle(source), source.place, kit)
}

/** Room 2, with errors that name the language. */
async function settle(source: Source): Promise<Report> {
  try {
    return clean(source)
  } catch (error) {
    throw await withLanguage(error, source)
  }
}

/** Codes a report whose text is settled: rooms 3 to 6. */
async function codeSettled(report: Report, place: Place, {model, knowledge, ontology, coder}: Kit): Promise<Coded> {
  const sentences = segment(report)
  const marks = await model.mark(report, sentences)
  const resolved = resolve(report, sentences, marks, knowledge)
  const {id, title, url, publisher, published} = report
  return {
    report: {id, title, url, publisher, published},
    text: report.text,
    dropped: report.dropped,
    ...code(report, sentences, marks, resolved, {ontology, coder}),
    problems: [...report.problems, ...cutSentences(marks.cut, report, place)],
  }
}

function cutSentences(cut: ReadonlySet<number>, {id}: Report, place: Place): Problem[] {
  if (cut.size === 0) return []
  const some = [...cut].slice(0, 5).join(", ")
  const message = `Cannot read ${cut.size} sentence${cut.size === 1 ? "" : "s"} in one piece (index ${some}${cut.size > 5 ? " …" : ""}): read in parts`
  return [{code: "sentence-cut", message, place: {...place, report: id}, isWarning: true}]
}

/**
 * Codes reports in the order given. A report that fails is told as a problem; the run goes on. Problems among the sources
 * are handed through in their place.
 */
async function* codeAll(sources: AsyncIterable<Source | Problem>, kit: Kit): AsyncGenerator<Coded | Problem> {
  for await (const source of sources) yield isProblem(source) ? source : await orTell(source, () => codeOne(source, kit))
}

/** What the work gives, or the problem of the report that it failed on. */
async function orTell<Result>(source: Source, work: () => Promise<Result>): Promise<Result | Problem> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof CoderError)) throw error
    return problemOf(error, {...source.place, ...(source.id !== undefined && {report: source.id})})
  }
}

/** What is held open: model, tables, ontology, and what each row says of them. */
type Kit = {readonly model: Model; readonly knowledge: Knowledge; readonly ontology: Ontology; readonly coder: CoderRef}

/** A report as a program hands it over; one of `text` and `html` is needed. */
export type Input = Omit<Source, "place">

/** A pair in a text, for `relate`: spans are `[start, end]` in code points. */
export type Pair = {readonly text: string; readonly source: readonly [number, number]; readonly target: readonly [number, number]}

/** What one side does to the other. */
export type Related = Relation & {readonly quad: 1 | 2 | 3 | 4}

/** A coder held open. Several calls may run at the same time. */
export type Coder = {
  /**
   * Codes one report.
   *
   * @throws CoderError `text-empty`, `row-unreadable`, `language-not-english`, `input-too-large`, where the report cannot be coded
   */
  readonly code: (report: Input) => Promise<Coded>
  /** Codes many, in order; a report that fails gives a `Problem` and the rest goes on. */
  readonly codeAll: (sources: AsyncIterable<Source | Problem>) => AsyncGenerator<Coded | Problem>
  /** Cleans a report without coding it: as it will be stored. */
  readonly settle: (source: Source) => Promise<Report | Problem>
  /** Codes what `settle` gave. */
  readonly codeSettled: (report: Report, source: Source) => Promise<Coded | Problem>
  /** Codes a stored report again, whose text is settled and stays as it is. */
  readonly recode: (report: ReportRef, text: string) => Promise<Coded>
  /**
   * Says what the source does to the target: always the likeliest of the types.
   *
   * @throws CoderError `pair-unreadable`, where a span holds no word of the text
   */
  readonly relate: (pair: Pair) => Promise<Related>
  /**
   * Says whom a phrase means; `null` where nothing can be said. `date` is a day, for offices that change hands.
   *
   * @throws CoderError `day-unreadable`
   */
  readonly resolve: (phrase: {readonly text: string; readonly context?: string; readonly date?: string | null}) => Identity | null
  /** The offices and parts that the tables know somebody of that name to have held, the earliest first; of namesakes each one's. */
  readonly offices: (name: string) => readonly HeldOffice[]
  /**
   * Writes the record of an event as a person says it is; `base` is the row as it was, `null` for one that was missed.
   *
   * @throws CoderError `correction-wrong`
   */
  readonly revise: (report: Revisable, base: EventRecord | null, revision: Revision) => EventRecord
  /** The same of a quote. */
  readonly reviseQuote: (report: Revisable, base: Quote | null, revision: QuoteRevision) => Quote
  /** Versions and hashes, as every row carries them. */
  readonly info: CoderRef
  /** The confidence under which the command prints no event unless asked, 0 to 1: chosen with the model, for F1. `code` gives every row. */
  readonly floor: number
  /** The ontology's event types. */
  readonly types: readonly string[]
  /** The modes of each type. */
  readonly modes: Readonly<Record<string, readonly string[]>>
  /** Gives the model's memory back; a second call does nothing. */
  readonly close: () => Promise<void>
}

/**
 * Folders that stand beside the program unless named otherwise; `threads` is how many processors the model may use; `lists` is
 * a folder with your own actors, offices and places, which come before the tables (docs/knowledge.md).
 */
export type CoderOptions = {
  readonly threads?: number
  readonly model?: string
  readonly knowledge?: string
  readonly lists?: string
  readonly ontology?: string
}

/** Plain JavaScript hands over what the types forbid. */
function expectText(report: Input): Input {
  const found = [report?.text, report?.html].find(part => part != null && typeof part !== "string")
  if (found !== undefined) throw new CoderError("row-unreadable", `Cannot read the report: expected "text" or "html" to be a string, found ${typeof found}`)
  return report
}

/**
 * Opens the coder: loads the model and the tables once.
 *
 * @throws CoderError `model-unreadable`, `knowledge-unreadable`, `ontology-unreadable`, where a folder is not as it should be
 * @example
 * const coder = await openCoder()
 * const {events} = await coder.code({text: "France expelled two Russian diplomats on Monday.", published: "2024-05-15"})
 * await coder.close()
 */
export async function openCoder({
  threads = 1,
  model: modelFolder = beside("models/communique-small"),
  knowledge: tables = knowledgeFolder,
  lists,
  ontology: types = ontologyFolder,
}: CoderOptions = {}): Promise<Coder> {
  const model = await openModel(modelFolder, {threads})
  const knowledge = lists === undefined ? openKnowledge(tables) : withOwn(openKnowledge(tables), lists)
  const ontology = openOntology(types, "plover-2021")
  const {version} = JSON.parse(readFileSync(beside("package.json"), "utf8")) as {version: string}
  const config = `sha256:${createHash("sha256")
    .update(JSON.stringify({ontology: ontology.hash, limit: model.manifest.limit, cut: model.manifest.cut}))
    .digest("hex")}`
  const coder: CoderRef = {version, model: model.hash, ontology: ontology.name, knowledge: knowledge.hash, config}
  const kit: Kit = {model, knowledge, ontology, coder}
  return {
    code: async report => codeOne({...expectText(report), place: {}}, kit),
    codeAll: sources => codeAll(sources, kit),
    settle: source => orTell(source, () => settle(source)),
    codeSettled: (report, source) => orTell(source, () => codeSettled(report, source.place, kit)),
    recode: (report, text) => codeSettled({...report, text, dateline: findDateline(text)?.span ?? null, dropped: [], problems: []}, {report: report.id}, kit),
    relate: async ({text, source, target}) => {
      const span = ([start, end]: readonly [number, number]) => ({start: unitOf(text, start), end: unitOf(text, end)})
      const relation = await model.relate(text, span(source), span(target))
      return {...relation, quad: ontology.types.get(relation.type)!.quad}
    },
    resolve: ({text, context, date}) => identify({text, ...(context !== undefined && {context}), ...(date && {date: day(date)})}, knowledge) ?? null,
    offices: name => officesOf(name, knowledge),
    revise: (report, base, revision) => revise(report, base, revision, kit),
    reviseQuote: (report, base, revision) => reviseQuote(report, base, revision, kit),
    info: coder,
    floor: model.manifest.cut.confidence,
    types: [...ontology.types.keys()],
    modes: Object.fromEntries([...ontology.types].map(([type, {cameo}]) => [type, [...cameo.keys()].filter(Boolean)])),
    close: () => model.close(),
  }
}
