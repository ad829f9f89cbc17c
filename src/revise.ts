import {
  type Actor,
  type ActorKind,
  CoderError,
  type CoderRef,
  type Day,
  day,
  type EventDate,
  type EventPlace,
  type EventRecord,
  type Quote,
  type ReportRef,
  type Span,
  type Status,
  slice,
  statuses,
  unitOf,
  type Words,
} from "./0-records/index.ts"
import {identify, type Knowledge, locate, readDate} from "./5-resolve/index.ts"
import {classify, kindOfQuote, type Ontology} from "./6-code/index.ts"

/** A side as a person names it: its words in the report and, where the tables or the report do not say whom they mean, who that is. */
export type SideGiven = Span & {readonly name?: string; readonly kind?: ActorKind; readonly country?: string | null; readonly sector?: string | null}

/** What a person says otherwise of an event; spans count code points of the report's text. An absent field stays as it is. */
export type Revision = {
  readonly type?: string
  readonly mode?: string | null
  readonly status?: Status
  readonly contexts?: readonly string[]
  readonly trigger?: Span
  readonly actors?: readonly SideGiven[]
  readonly recipients?: readonly SideGiven[]
  /** Words that name a day, or days where no word does. */
  readonly date?: Span | {readonly from: Day; readonly to: Day} | null
  readonly place?: Span | null
}

/** A report with what was found in it, to which a person has something to say. */
export type Revisable = {
  readonly report: ReportRef
  readonly text: string
  readonly sentences: readonly Span[]
  readonly events: readonly EventRecord[]
  readonly quotes: readonly Quote[]
}

type Kit = {readonly knowledge: Knowledge; readonly ontology: Ontology; readonly coder: CoderRef}

/**
 * Writes the record of an event as a person says it: words are cut out of the text, whole words each; who, when and where they
 * mean is looked up as for the coder's own rows.
 *
 * @param base  the row as it was; `null` for an event that the coder missed, which needs `type` and `trigger`
 * @throws CoderError `correction-wrong`
 */
export function revise(told: Revisable, base: EventRecord | null, revision: Revision, {knowledge, ontology, coder}: Kit): EventRecord {
  const {report, text} = told
  const trigger = revision.trigger ? wordsAt(text, revision.trigger) : base?.trigger
  const type = revision.type ?? base?.type
  if (!trigger || type === undefined) throw new CoderError("correction-wrong", "Cannot add an event: expected its type and the words that tell it")
  const modes = ontology.types.get(type)?.cameo
  if (!modes)
    throw new CoderError(
      "correction-wrong",
      `Cannot take ${JSON.stringify(type.slice(0, 60))} as a type: expected one of ${[...ontology.types.keys()].join(", ")}`,
    )
  const asked = revision.mode === undefined ? base?.mode : revision.mode
  const mode = asked != null && (revision.mode !== undefined || modes.has(asked)) ? asked : null
  if (!modes.has(mode ?? "")) {
    const known = [...modes.keys()].filter(Boolean)
    throw new CoderError(
      "correction-wrong",
      `Cannot take ${JSON.stringify(mode)} as a mode of ${type}: expected ${known.length > 0 ? `one of ${known.join(", ")}` : "none"}`,
    )
  }
  const status = revision.status ?? base?.status ?? "actual"
  if (!statuses.includes(status))
    throw new CoderError("correction-wrong", `Cannot take ${JSON.stringify(status)} as a status: expected one of ${statuses.join(", ")}`)
  const sentence = sentenceAt(told, trigger)
  const sides = (given: readonly SideGiven[] | undefined, standing: readonly Actor[] = []) =>
    given ? given.flatMap(side => sidesAt(told, side, standing, knowledge)) : standing
  const actors = sides(revision.actors, base?.actors)
  const contexts = revision.contexts ?? base?.contexts ?? []
  return {
    id: base?.id ?? "",
    event: base?.event ?? "",
    type,
    mode,
    status,
    ...classify(ontology, {type, mode, status, contexts, sentence: sentence.text, trigger: trigger.text, sector: actors[0]?.sector ?? null}),
    contexts,
    actors,
    recipients: sides(revision.recipients, base?.recipients),
    date: revision.date === undefined ? dateKept(base, status, report) : dateAt(told, revision.date, status),
    place: revision.place === undefined ? (base?.place ?? null) : revision.place && placeAt(told, revision.place, knowledge),
    trigger,
    sentence,
    confidence: 1,
    report,
    story: base?.story ?? null,
    review: null,
    coder: base?.coder ?? coder,
  }
}

/** What a person says otherwise of a quote. */
export type QuoteRevision = {readonly content?: Span; readonly cue?: Span | null; readonly speaker?: SideGiven | null}

/**
 * Writes the record of a quote as a person says it; its kind follows from the marks around its words.
 *
 * @param base  the row as it was; `null` for a quote that the coder missed, which needs `content`
 * @throws CoderError `correction-wrong`
 */
export function reviseQuote(told: Revisable, base: Quote | null, revision: QuoteRevision, {knowledge, coder}: Kit): Quote {
  const {report, text} = told
  const content = revision.content ? wordsAt(text, revision.content) : base?.content
  if (!content) throw new CoderError("correction-wrong", "Cannot add a quote: expected the words that were said")
  const sentence = revision.content ? sentenceAt(told, {start: content.start, end: content.start + 1}) : base!.sentence
  const units = ({start, end}: Span) => ({start: unitOf(text, start), end: unitOf(text, end)})
  const [side] = revision.speaker ? sidesAt(told, revision.speaker, base?.speaker ? [base.speaker] : [], knowledge) : []
  return {
    id: base?.id ?? "",
    kind: revision.content ? kindOfQuote(text, units(content), units(sentence)) : base!.kind,
    content,
    cue: revision.cue === undefined ? (base?.cue ?? null) : revision.cue && wordsAt(text, revision.cue),
    speaker: revision.speaker === undefined ? (base?.speaker ?? null) : (side ?? null),
    sentence,
    confidence: 1,
    report,
    review: null,
    coder: base?.coder ?? coder,
  }
}

/** Words of the text, made whole at both ends. */
function wordsAt(text: string, {start, end}: Span): Words {
  const points = Array.from(text)
  const isWord = (at: number) => /[\p{L}\p{N}]/u.test(points[at] ?? "")
  if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= points.length)) {
    throw new CoderError(
      "correction-wrong",
      `Cannot take ${start} to ${end} as words of the report: expected code points from 0 to ${points.length}, start before end`,
    )
  }
  let [from, to] = [start, end]
  while (from < to && /\s/u.test(points[from]!)) from++
  while (to > from && /\s/u.test(points[to - 1]!)) to--
  if (from === to) throw new CoderError("correction-wrong", `Cannot take ${start} to ${end} as words of the report: found only spaces there`)
  while (from > 0 && isWord(from) && isWord(from - 1)) from--
  while (to < points.length && isWord(to - 1) && isWord(to)) to++
  return {text: points.slice(from, to).join(""), start: from, end: to}
}

function sentenceAt({text, sentences}: Revisable, {start, end}: Span): EventRecord["sentence"] {
  const index = sentences.findIndex(sentence => sentence.start <= start && end <= sentence.end)
  const found = sentences[index]
  if (!found)
    throw new CoderError(
      "correction-wrong",
      `Cannot take ${JSON.stringify(slice(text, start, end).slice(0, 60))} as what tells an event: expected words of one sentence`,
    )
  return {index, text: slice(text, found.start, found.end), start: found.start, end: found.end}
}

/** Whom words mean: as the person says; else as on the row or elsewhere in the report; else by the tables; else nobody known. */
function sidesAt({report, text, events, quotes}: Revisable, {start, end, ...said}: SideGiven, standing: readonly Actor[], knowledge: Knowledge): Actor[] {
  const words = wordsAt(text, {start, end})
  if (Object.values(said).some(value => value !== undefined)) {
    const {name = words.text, country = null, sector = null} = said
    const code = country === sector ? country : `${country ?? ""}${sector ?? ""}` || null
    const kind = said.kind ?? (sector === null && country !== null ? "country" : country === "IGO" ? "igo" : "other")
    return [{...words, name, kind, country, sector, code, basis: "stated", via: null}]
  }
  const kept = standing.filter(actor => actor.start === words.start && actor.end === words.end)
  if (kept.length > 0) return kept
  const everybody = [...events.flatMap(event => [...event.actors, ...event.recipients]), ...quotes.flatMap(({speaker}) => (speaker ? [speaker] : []))]
  const there = everybody.filter(actor => actor.start === words.start && actor.end === words.end && actor.via === null)
  // "Both sides" are several with the same words.
  if (there.length > 0) return there.filter((actor, at) => there.findIndex(({name}) => name === actor.name) === at)
  const named = everybody.find(actor => actor.text === words.text && actor.via === null)
  if (named) return [{...named, ...words}]
  const found = identify({text: words.text, date: report.published, ...(report.title && {context: report.title})}, knowledge)
  return [{...words, ...(found ?? {name: words.text, kind: "other", country: null, sector: null, code: null, basis: "stated"}), via: null}]
}

function dateAt({report, text, sentences}: Revisable, given: NonNullable<Revision["date"]> | null, status: Status): EventDate | null {
  if (given === null) return null
  if ("from" in given) {
    const [from, to] = [day(given.from), day(given.to)]
    if (to < from) throw new CoderError("correction-wrong", `Cannot take ${from} to ${to} as days: expected the first before the last`)
    return {from, to, basis: "implied", text: null, start: null, end: null}
  }
  const words = wordsAt(text, given)
  const sentence = sentences.find(one => one.start <= words.start && words.end <= one.end) ?? words
  const [before, around] = [slice(text, sentence.start, words.start), slice(text, sentence.start, sentence.end)]
  const found = readDate(words.text, {published: report.published, sentence: around, at: before.length, status})
  if (!found)
    throw new CoderError(
      "correction-wrong",
      `Cannot read ${JSON.stringify(words.text.slice(0, 60))} as a day: expected words that name one, or the first and last day`,
    )
  return {...found.days, basis: found.basis, ...words}
}

/** Only what happened takes the day of the report by default. */
function dateKept(base: EventRecord | null, status: Status, {published}: ReportRef): EventDate | null {
  if (base?.date && (base.date.text !== null || status === "actual" || base.status !== "actual")) return base.date
  return status === "actual" && published !== null && !base?.date
    ? {from: published, to: published, basis: "implied", text: null, start: null, end: null}
    : null
}

function placeAt({text, events}: Revisable, given: Span, knowledge: Knowledge): EventPlace {
  const words = wordsAt(text, given)
  const countries = events.flatMap(({actors, recipients}) => [...actors, ...recipients].flatMap(({country}) => country ?? []))
  return {...locate(words.text, knowledge, {countries}), ...words}
}
