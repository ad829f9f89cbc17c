import {CoderError, type Count, type Status, statuses} from "../0-records/index.ts"
import {identify, type Knowledge, openGroups, openKnowledge} from "../5-resolve/index.ts"
import {openOntology} from "../6-code/index.ts"
import type {Query, Who} from "../8-store/index.ts"
import {knowledgeFolder, ontologyFolder} from "../folders.ts"
import {type Call, type Option, unknown} from "./call.ts"
import {dayOf, numberOf, since, until, wholeOf} from "./options.ts"
import {count} from "./tell.ts"

/** What `query` and `dyad` have in common: filters, and the words that tell a count. */

const list = (name: string, about: string): Option => ({name, takes: "LIST", isList: true, about})

const statusOption: Option = {
  name: "status",
  takes: "LIST",
  values: [...statuses, "all"],
  isList: true,
  about: `actual where absent; any of ${statuses.join(", ")}, or all`,
}

/** Filters that a dyad's timeline may have too. */
export const timelineFilters: readonly Option[] = [
  list("type", "event types, such as COERCE,ASSAULT"),
  list("context", "contexts, such as economic"),
  statusOption,
  {name: "min-confidence", takes: "P", about: "least confidence, 0 to 1; the model's own least where absent"},
  since,
  until,
  list("publisher", "publishers, as the reports name them"),
  {name: "run", takes: "N", about: "rows of run N, whatever coded them later; communique runs lists them"},
  {name: "as-of", takes: "DAY", about: "rows as the store had them at the end of DAY"},
]

export const filters: readonly Option[] = [
  list("actor", "who did it: names, countries (CHN or China), codes (USAGOV) or groups (EU, NATO, ASEAN, G7, BRICS: members on the day)"),
  list("recipient", "to whom"),
  list("side", "on either side"),
  {name: "dyad", takes: "A,B", isList: true, about: "between A and B, either way"},
  {name: "directed", about: "with --dyad: from A to B only"},
  list("country", "countries of either side"),
  list("sector", "sectors of either side, such as GOV,MIL"),
  list("mode", "modes, such as restrict"),
  list("quad", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"),
  list("place", "where: names or countries"),
  list("about", "of quotes: whom others speak of"),
  {name: "cue", takes: "WORDS", about: "of quotes: beginnings of the words that say that somebody speaks, such as denied"},
  {name: "text", takes: "WORDS", about: "beginnings of words that all stand in the evidence"},
  {name: "report-text", takes: "WORDS", about: "beginnings of words that all stand in the report"},
  {name: "report", takes: "ID", about: "one report, by its id or url"},
  list("story", "stories, such as s12"),
  {name: "event", takes: "ID", about: "one event, by its id"},
  ...timelineFilters,
]

/**
 * Reads the filters of a call.
 *
 * @throws CoderError `call-wrong`
 */
export function queryOf(call: Call): Query {
  const knowledge = lazily(() => openKnowledge(knowledgeFolder))
  const who = (option: string) => call.list(option)?.map(text => whoOf(text, knowledge))
  const dyad = who("dyad")
  if (dyad && dyad.length !== 2) throw new CoderError("call-wrong", `Cannot use "${call.value("dyad")}" as --dyad: expected two sides, as in CHN,VEN`)
  if (call.has("directed") && !dyad) throw new CoderError("call-wrong", 'Cannot use "--directed" alone: expected "--dyad A,B" with it')
  const query: {[Name in keyof Query]: Query[Name] | undefined} = {
    actor: who("actor"),
    recipient: who("recipient"),
    side: who("side"),
    dyad: dyad && [dyad[0]!, dyad[1]!],
    isDirected: call.has("directed") || undefined,
    country: call.list("country")?.map(text => codeOf(text, knowledge)),
    sector: call.list("sector")?.map(sector => sector.toUpperCase()),
    type: call.has("type") ? typesOf(call) : undefined,
    mode: call.list("mode"),
    quad: call.list("quad")?.map(quadOf),
    context: call.list("context"),
    status: statusOf(call),
    minConfidence: numberOf(call, "min-confidence", "a number from 0 to 1", number => number >= 0 && number <= 1),
    since: dayOf(call, "since"),
    until: dayOf(call, "until"),
    place: call.list("place"),
    about: who("about"),
    cue: call.value("cue"),
    text: call.value("text"),
    reportText: call.value("report-text"),
    publisher: call.list("publisher"),
    report: call.value("report"),
    story: call.list("story"),
    event: call.value("event"),
    run: wholeOf(call, "run"),
    asOf: dayOf(call, "as-of"),
  }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as Query
}

/** A group with its members; a code as it is; a country's name as its code; any other name as it is. */
export function whoOf(text: string, knowledge: () => Knowledge): Who {
  return groups().get(text) ?? codeOf(text, knowledge)
}

const groups = lazily(() => openGroups(knowledgeFolder))

function codeOf(text: string, knowledge: () => Knowledge): string {
  if (/^[A-Z]{3,12}$/.test(text)) return text
  const found = identify({text}, knowledge())
  return found?.kind === "country" && found.country !== null ? found.country : text
}

/** Opens the tables when they are first asked. */
export function lazily<T>(open: () => T): () => T {
  let opened: T | undefined
  return () => {
    opened ??= open()
    return opened
  }
}

function typesOf(call: Call): string[] {
  const known = [...openOntology(ontologyFolder, "plover-2021").types.keys()]
  return call.list("type")!.map(text => {
    const type = text.toUpperCase()
    if (!known.includes(type)) throw unknown(`"${text}" as --type`, type, known)
    return type
  })
}

function quadOf(text: string): number {
  if (!/^[1-4]$/.test(text)) throw new CoderError("call-wrong", `Cannot use "${text}" as --quad: expected 1, 2, 3 or 4`)
  return Number(text)
}

function statusOf(call: Call): Query["status"] | undefined {
  const wanted = call.list("status")
  return wanted?.includes("all") ? "all" : (wanted as readonly Status[] | undefined)
}

/** `12 events`, what the filters left out, and out of how many reports; or which kind of nothing it is. */
export function countLine({unit, count: counted, leftOut, reports, ingested}: Count, shown = counted): string {
  const [one, many] = unit === "stories" ? (["story", "stories"] as const) : ([unit.slice(0, -1), unit] as const)
  const out = [
    leftOut.status > 0 && `${leftOut.status.toLocaleString("en-US")} of another status`,
    leftOut.confidence > 0 && `${leftOut.confidence.toLocaleString("en-US")} less sure`,
    leftOut.undated > 0 && `${leftOut.undated.toLocaleString("en-US")} without a day`,
  ].filter(part => part !== false)
  if (ingested === 0) return "nothing ingested: the store holds no report"
  const left = out.length === 0 ? "" : `; left out: ${out.join(", ")}`
  if (counted === 0 && out.length > 0) return `no ${one} passed the filters${left}`
  if (counted === 0) return `nothing matches in ${count(ingested, "report")}`
  const part = shown < counted ? `${shown.toLocaleString("en-US")} of ${count(counted, one, many)}` : count(counted, one, many)
  return `${part} in ${count(reports, "report")}${left}`
}
