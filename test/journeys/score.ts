import type {Actor, Coded, Day, EventRecord, Quote} from "../../src/0-records/index.ts"

/**
 * A side of an event: what may stand there, any of a list. `"KENGOV"` is the beginning of an actor's code, `"~the words"`
 * stand in an actor's words or name, `"KEN & UGA"` asks for both, `null` is an empty side.
 */
export type Side = string | null | readonly (string | null)[]

/** A row that a careful reader codes. A field that is absent is not asked. Docs: test/journeys/README.md. */
export type ExpectedEvent = {
  readonly sentence: string
  readonly trigger: readonly string[]
  readonly type: readonly string[]
  readonly actor?: Side
  readonly recipient?: Side
  /** Either direction is right, and so are both sides in one list. */
  readonly mutual?: boolean
  readonly status: readonly string[]
  /** A day, or the first and the last; `null` where the row must have none. */
  readonly date?: Day | readonly [Day, Day] | null
  /** Scored by itself: a row with another mode is right. */
  readonly mode?: string
}

/** `null` asks for none: the cue of a quote that runs on. */
export type ExpectedQuote = {
  readonly kind: string | readonly string[]
  readonly content: string
  readonly speaker: string | readonly string[]
  readonly cue: string | null | readonly string[]
}

/** Rows that must not come out of a sentence: any, or those of these types or this status. */
export type MustNot = {readonly sentence: string; readonly why: string; readonly type?: readonly string[]; readonly status?: string}

export type Expected = {
  readonly published: Day
  readonly must: readonly ExpectedEvent[]
  readonly quotes: readonly ExpectedQuote[]
  readonly mustNot: readonly MustNot[]
}

/** What a coded report is worth. `extra` rows are neither asked for nor forbidden: a person reads them. */
export type Score = {
  readonly right: number
  readonly total: number
  /** Of the right rows for which a mode is told, those that have it. */
  readonly modesRight: number
  readonly modesTotal: number
  readonly misses: readonly string[]
  readonly wrong: readonly string[]
  readonly extra: readonly string[]
  readonly quotesRight: number
  readonly quotesTotal: number
  readonly quoteMisses: readonly string[]
}

/** Compares what a report became with what a careful reader expects of it; one row answers one expectation. */
export function scoreJourney(expected: Expected, coded: Coded): Score {
  const rows = new Set(coded.events)
  const answers = expected.must.map(wanted => ({
    wanted,
    row: takeFirst(rows, row => isRight(row, wanted) && isMode(row, wanted)) ?? takeFirst(rows, row => isRight(row, wanted)),
  }))
  const misses = answers.flatMap(({wanted, row}) => (row ? [] : [missed(wanted, coded.events)]))
  const moded = answers.filter(({wanted, row}) => row && wanted.mode)
  const isForbidden = (row: EventRecord, no: MustNot) =>
    holds(row.sentence.text, no.sentence) && (no.type?.includes(row.type) ?? true) && row.status === (no.status ?? row.status)
  const wrong = expected.mustNot.flatMap(no => coded.events.filter(row => isForbidden(row, no)).map(row => `${told(row)}: ${no.why}`))
  const extra = [...rows].filter(row => !expected.mustNot.some(no => isForbidden(row, no))).map(told)

  const quotes = new Set(coded.quotes)
  const quoteMisses = expected.quotes.flatMap(wanted => (takeFirst(quotes, quote => isRightQuote(quote, wanted)) ? [] : [missedQuote(wanted, coded.quotes)]))
  return {
    right: expected.must.length - misses.length,
    total: expected.must.length,
    modesRight: moded.filter(({wanted, row}) => row && isMode(row, wanted)).length,
    modesTotal: moded.length,
    misses,
    wrong,
    extra,
    quotesRight: expected.quotes.length - quoteMisses.length,
    quotesTotal: expected.quotes.length,
    quoteMisses,
  }
}

/** Takes the first of `items` that `fits` out of the set, or answers `undefined`. */
function takeFirst<T>(items: Set<T>, fits: (item: T) => boolean): T | undefined {
  const found = [...items].find(fits)
  if (found !== undefined) items.delete(found)
  return found
}

function isRight(row: EventRecord, wanted: ExpectedEvent): boolean {
  return faults(row, wanted).length === 0
}

/** The fields in which a row differs from what is wanted. */
function faults(row: EventRecord, wanted: ExpectedEvent): string[] {
  const sidesRight = wanted.mutual ? areBothSides(row, wanted) : isSide(row.actors, wanted.actor) && isSide(row.recipients, wanted.recipient)
  const checks: readonly (readonly [string, boolean])[] = [
    ["trigger", isAt(row, wanted)],
    ["type", wanted.type.includes(row.type)],
    ["sides", sidesRight],
    ["status", wanted.status.includes(row.status)],
    ["date", wanted.date === undefined || isDate(row, wanted.date)],
  ]
  return checks.filter(([, isFine]) => !isFine).map(([name]) => name)
}

function isMode(row: EventRecord, wanted: ExpectedEvent): boolean {
  return wanted.mode === undefined || row.mode === wanted.mode
}

function isAt(row: EventRecord, wanted: ExpectedEvent): boolean {
  return holds(row.sentence.text, wanted.sentence) && wanted.trigger.some(words => overlap(row.trigger.text, words))
}

function isDate(row: EventRecord, wanted: NonNullable<ExpectedEvent["date"]> | null): boolean {
  if (wanted === null) return row.date === null
  const [from, to] = typeof wanted === "string" ? [wanted, wanted] : wanted
  return row.date?.from === from && row.date.to === to
}

/** One of the alternatives is there in full, and nobody of another known country stands beside it. */
function isSide(actors: readonly Actor[], wanted: Side | undefined): boolean {
  if (wanted === undefined) return true
  const options = listOf(wanted)
  const parts = partsOf(options)
  const isAnswered = options.some(option =>
    option === null ? actors.length === 0 : option.split(" & ").every(part => actors.some(actor => isWho(actor, part))),
  )
  return isAnswered && actors.every(actor => actor.country === null || parts.some(part => isWho(actor, part)))
}

/** All who take part are in the row, on whichever side, and nobody of another known country. */
function areBothSides(row: EventRecord, {actor, recipient}: ExpectedEvent): boolean {
  const present = [...row.actors, ...row.recipients]
  const sides = [actor, recipient].map(side => listOf(side ?? null).filter(option => option !== null)).filter(side => side.length > 0)
  const areAllIn = sides.every(options => options.some(option => option.split(" & ").every(part => present.some(who => isWho(who, part)))))
  const parts = sides.flatMap(partsOf)
  return row.actors.length > 0 && areAllIn && present.every(who => who.country === null || parts.some(part => isWho(who, part)))
}

function isWho(actor: Actor, part: string): boolean {
  if (!part.startsWith("~")) return actor.code?.startsWith(part) ?? false
  return hasWords(actor.text, part.slice(1)) || hasWords(actor.name, part.slice(1))
}

function isRightQuote(quote: Quote, wanted: ExpectedQuote): boolean {
  return quoteFaults(quote, wanted).length === 0
}

function quoteFaults(quote: Quote, {kind, content, speaker, cue}: ExpectedQuote): string[] {
  const words = quote.cue?.text ?? null
  const checks: readonly (readonly [string, boolean])[] = [
    ["content", holds(quote.content.text, content)],
    ["kind", listOf(kind).includes(quote.kind)],
    ["speaker", listOf(speaker).some(who => quote.speaker !== null && (isWho(quote.speaker, who) || isWho(quote.speaker, `~${who}`)))],
    ["cue", listOf(cue).some(one => (one === null || words === null ? one === words : overlap(words, one)))],
  ]
  return checks.filter(([, isFine]) => !isFine).map(([name]) => name)
}

/** Says what was wanted and, where a row stands at its trigger, in what the likest one differs. */
function missed(wanted: ExpectedEvent, rows: readonly EventRecord[]): string {
  const near = likest(
    rows.filter(row => isAt(row, wanted)),
    row => faults(row, wanted),
  )
  const what = `${wanted.type.join("/")} ${sideText(wanted.actor)} → ${sideText(wanted.recipient)} ${wanted.status.join("/")} “${wanted.trigger[0]}” (${wanted.sentence})`
  return near ? `${what}: ${faults(near, wanted).join(", ") || "counted for another"} in ${told(near)}` : `${what}: no row`
}

function missedQuote(wanted: ExpectedQuote, quotes: readonly Quote[]): string {
  const near = likest(
    quotes.filter(quote => holds(quote.content.text, wanted.content)),
    quote => quoteFaults(quote, wanted),
  )
  const what = `${listOf(wanted.kind).join("/")} by ${listOf(wanted.speaker).join("/")} “${wanted.content}”`
  return near
    ? `${what}: ${quoteFaults(near, wanted).join(", ") || "counted for another"} in ${near.kind} by ${near.speaker?.name ?? "nobody"}`
    : `${what}: none`
}

function likest<T>(items: readonly T[], faultsOf: (item: T) => readonly string[]): T | undefined {
  return [...items].sort((a, b) => faultsOf(a).length - faultsOf(b).length)[0]
}

function told({type, mode, status, actors, recipients, date, trigger, sentence}: EventRecord): string {
  const names = (side: readonly Actor[]) => side.map(who => who.code ?? who.text).join("+") || "–"
  const days = date ? ` ${date.from}${date.to === date.from ? "" : `…${date.to}`}` : ""
  return `${type}${mode ? `/${mode}` : ""} ${status}${days} ${names(actors)} → ${names(recipients)} “${trigger.text}” [${sentence.index}]`
}

function sideText(side: Side | undefined): string {
  return side === undefined
    ? "*"
    : listOf(side)
        .map(option => option ?? "–")
        .join("|")
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T]
}

function partsOf(options: readonly (string | null)[]): string[] {
  return options.flatMap(option => option?.split(" & ") ?? [])
}

/** One of the two, as whole words, is part of the other. */
function overlap(a: string, b: string): boolean {
  return hasWords(a, b) || hasWords(b, a)
}

function hasWords(text: string, words: string): boolean {
  return ` ${plain(text)} `.includes(` ${plain(words)} `)
}

function holds(text: string, part: string): boolean {
  return settled(text).includes(settled(part))
}

/** Words alone, in lower case: punctuation at a trigger's or a name's edge does not matter. */
function plain(text: string): string {
  return settled(text)
    .replace(/[^\p{L}\p{N}'-]+/gu, " ")
    .trim()
}

/** Lower case, straight quotation marks, single spaces: cleaning may settle these otherwise than the page has them. */
export function settled(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[“”«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, " ")
    .trim()
}
