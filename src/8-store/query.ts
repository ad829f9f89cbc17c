import {CoderError, type Day, type Status, statuses} from "../0-records/index.ts"
import {type Session, Values} from "./database.ts"
import {pairNumber} from "./mention.ts"
import {wordsOf} from "./words.ts"

/** Somebody: a name, a country's code, a role's code such as `USAGOV`; or a group: the body of that name, and each member on the days of its membership. */
export type Who = string | {readonly name: string; readonly members: readonly {readonly country: string; readonly from: Day | null; readonly to: Day | null}[]}

/** What is asked for. Filters stand in a row with "and"; the values of one filter with "or". An absent one lets all pass. */
export type Query = {
  readonly actor?: readonly Who[]
  readonly recipient?: readonly Who[]
  /** Either side. */
  readonly side?: readonly Who[]
  readonly dyad?: readonly [Who, Who]
  /** Whether the dyad's first does it to its second; without it either may do. */
  readonly isDirected?: boolean
  /** Countries of either side. */
  readonly country?: readonly string[]
  /** Sectors of either side. */
  readonly sector?: readonly string[]
  readonly type?: readonly string[]
  readonly mode?: readonly string[]
  readonly quad?: readonly number[]
  readonly context?: readonly string[]
  /** `actual` where absent. */
  readonly status?: readonly Status[] | "all"
  /** The model's own floor where absent. */
  readonly minConfidence?: number
  /** First and last day, both included; events that touch them. For quotes and reports the day of publication. */
  readonly since?: Day
  readonly until?: Day
  /** A place's name or a country's code. */
  readonly place?: readonly string[]
  /** West, south, east and north in degrees: places known to a point within. Where west is more than east, it crosses the 180th meridian. */
  readonly box?: readonly [number, number, number, number]
  /** Of quotes: whom others speak of in them, by name or by what is told to be done within their words. */
  readonly about?: readonly Who[]
  /** Of quotes: beginnings of the words that say that somebody speaks. */
  readonly cue?: string
  /** Beginnings of words that all stand in the evidence. */
  readonly text?: string
  /** Beginnings of words that all stand in the report, its title included. */
  readonly reportText?: string
  readonly publisher?: readonly string[]
  /** A report's id, key or url. */
  readonly report?: string
  /** Stories, such as `s12`. */
  readonly story?: readonly string[]
  /** The event's id. */
  readonly event?: string
  /** The run's number; the codings that count now where absent. */
  readonly run?: number
  /** The codings that counted at the end of this day. */
  readonly asOf?: Day
}

/** Conditions on `m` (mentions, or quotes as `m`) and `r` (its report), apart as far as what they leave out is told. */
export type Conditions = {
  readonly base: string
  readonly status: string
  readonly confidence: string
  /** Whether there is a day, where days are asked for; `base` holds of rows in the range and of those without a day. */
  readonly dated: string
  /** What `base` and `dated` say of days, so plainly that the database passes over whole stretches of rows. */
  readonly range: string
}

/** Filters that quotes do not have, by the names that askers use. */
export const eventFilters = ["recipient", "dyad", "directed", "type", "mode", "quad", "context", "status", "place", "box", "event"] as const

/** @throws CoderError `query-wrong`, where filters of that name are given that quotes do not have */
export function expectQuoteFilters(given: Readonly<Record<string, unknown>>): void {
  const foreign = eventFilters.filter(name => given[name] !== undefined)
  if (foreign.length > 0)
    throw new CoderError("query-wrong", `Cannot ask quotes by ${foreign.join(", ")}: expected filters of speakers, days, text and reports`)
}

/** Filters that only quotes have. */
export const quotesOnly = ["about", "cue"] as const

/** @throws CoderError `query-wrong`, where filters are given that only quotes have */
function expectEventFilters(query: Query): void {
  const foreign = quotesOnly.filter(name => query[name] !== undefined)
  if (foreign.length > 0) throw new CoderError("query-wrong", `Cannot ask events by ${foreign.join(", ")}: expected them with quotes only`)
}

/**
 * @param which  the quotes that are asked, in place of those that count for the query's run and day
 * @throws CoderError `query-wrong`, where the query asks what quotes do not have
 */
export function quoteConditions(query: Query, values: Values, which?: string): Conditions {
  expectQuoteFilters(query)
  const speaker = (condition: string) => `m.speaker IN (SELECT a.number FROM actors a WHERE ${condition})`
  const day = {from: "r.published", to: "r.published"}
  const range = touches(query, day, values)
  const conditions = [
    which ?? allOf([coding(query, values), asReviewed(query, values)]),
    ...ofReport(query, values, "r.publisher"),
    range === "true" ? range : `(${day.from} IS NULL OR (${range}))`,
  ]
  for (const who of [query.actor, query.side]) {
    if (who) conditions.push(anyOf(who.flatMap(meanings).map(({days, ...one}) => allOf([speaker(is(one, "a", values)), onDays(days, day, values)]))))
  }
  if (query.country) conditions.push(speaker(`a.country IN ${values.addAll(query.country)}`))
  if (query.sector) conditions.push(speaker(`a.sector IN ${values.addAll(query.sector)}`))
  if (query.about) conditions.push(anyOf(query.about.flatMap(meanings).map(({days, ...one}) => allOf([isAbout(one, values), onDays(days, day, values)]))))
  if (query.cue !== undefined) conditions.push(hasWords("lower(concat(' ', m.cue->>'text'))", query.cue))
  if (query.text !== undefined) conditions.push(hasWords("m.words", query.text))
  return {
    base: allOf(conditions),
    status: "true",
    confidence: query.minConfidence === undefined ? "true" : `m.confidence >= ${values.add(query.minConfidence)}`,
    dated: range === "true" ? range : `${day.from} IS NOT NULL`,
    range,
  }
}

/** @param which  the mentions that are asked, in place of those that count for the query's run and day */
export async function mentionConditions(session: Session, query: Query, values: Values, floor: number, which?: string): Promise<Conditions> {
  expectEventFilters(query)
  const day = {from: "m.day_from", to: "m.day_to"}
  const range = touches(query, day, values)
  const conditions = [
    which ?? allOf([coding(query, values), asReviewed(query, values)]),
    ...ofReport(query, values, "m.publisher"),
    range === "true" ? range : `(${day.from} IS NULL OR (${range}))`,
  ]
  for (const [who, role] of [[query.actor, "actor"], [query.recipient, "recipient"], [query.side]] as const) {
    if (!who) continue
    const each = who.flatMap(meanings).map(async one => allOf([await sideIs(session, one, values, role), onDays(one.days, day, values)]))
    conditions.push(anyOf(await Promise.all(each)))
  }
  if (query.dyad) conditions.push(await dyadIs(session, query.dyad, query.isDirected ?? false, day, values))
  if (query.country) conditions.push(await sideIs(session, {countries: query.country}, values))
  if (query.sector)
    conditions.push(`m.number IN (SELECT s.mention FROM sides s JOIN actors a ON a.number = s.actor WHERE a.sector IN ${values.addAll(query.sector)})`)
  for (const name of ["type", "mode", "quad"] as const) if (query[name]) conditions.push(`m.${name} IN ${values.addAll(query[name])}`)
  if (query.context) conditions.push(anyOf(query.context.map(context => `m.contexts::VARCHAR LIKE ${values.add(`%"${context.replace(/[%_"\\]/g, "")}"%`)}`)))
  if (query.place) {
    conditions.push(anyOf(query.place.map(place => `(m.place_country = ${values.add(place)} OR m.place_folded = ${values.add(place.toLowerCase())})`)))
  }
  if (query.box) conditions.push(inBox(query.box, values))
  if (query.event !== undefined) conditions.push(`m.event = ${values.add(query.event)}`)
  if (query.text !== undefined) conditions.push(hasWords("m.words", query.text))
  const wanted = query.status ?? ["actual"]
  return {
    base: allOf(conditions),
    status: wanted === "all" || wanted.length === statuses.length ? "true" : `m.status IN ${values.addAll(wanted)}`,
    confidence: `m.confidence >= ${values.add(query.minConfidence ?? floor)}`,
    dated: range === "true" ? range : `${day.from} IS NOT NULL`,
    range,
  }
}

/** Conditions on reports alone, `r`: what they may be counted by when a count is put in proportion. */
export function reportConditions(query: Query, values: Values): string {
  return allOf([asOfReport(query, values), ...reportOnly(query, values), touches(query, {from: "r.published", to: "r.published"}, values)])
}

/**
 * Which mention speaks for each event: of the present codings the one that gathering chose, of others the surest of those that counted
 * then, since what was coded anew left its event.
 */
export function headsOnly(query: Query, values: Values): string {
  if (query.run === undefined && query.asOf === undefined) return "m.number = m.head"
  return `m.number IN (SELECT number FROM (SELECT m.number, row_number() OVER (PARTITION BY m.event ORDER BY CASE WHEN m.status = 'actual' THEN 0 ELSE 1 END, m.confidence DESC, m.number) AS place
    FROM mentions m WHERE ${coding(query, values)} AND ${asReviewed(query, values)}) h WHERE place = 1)`
}

/** Which coding of a report counts. */
export function coding({run, asOf}: Query, values: Values): string {
  if (run === undefined && asOf === undefined) return "m.is_current"
  const conditions = ["c.report = m.report", "c.run = m.run"]
  if (run !== undefined) conditions.push(`c.run = ${values.add(run)}`, "c.is_newest")
  if (asOf !== undefined) {
    const day = values.add(asOf)
    conditions.push(`c.since <= ${day}::DATE`)
    if (run === undefined) conditions.push(`(c.until IS NULL OR c.until > ${day}::DATE)`)
  }
  return `EXISTS (SELECT 1 FROM codings c WHERE ${allOf(conditions)})`
}

/** A run's rows are as its coder wrote them, those of a day as reviewers had left them by its end. */
export function asReviewed({run, asOf}: Query, values: Values): string {
  if (run !== undefined) return "m.valid_from IS NULL"
  if (asOf === undefined) return "true"
  const day = values.add(asOf)
  return `(m.valid_from IS NULL OR m.valid_from <= ${day}::DATE) AND (m.valid_until IS NULL OR m.valid_until > ${day}::DATE) AND coalesce(m.review, '') <> 'rejected'`
}

/** Which version of a report counts. */
function asOfReport({run, asOf}: Query, values: Values): string {
  if (run === undefined && asOf === undefined) return "r.is_current"
  return coding({...(run !== undefined && {run}), ...(asOf !== undefined && {asOf})}, values).replace(
    "c.report = m.report AND c.run = m.run",
    "c.report = r.number",
  )
}

/** @param publisherAt  the column that holds the publisher of a row's report */
function ofReport({publisher, ...query}: Query, values: Values, publisherAt: string): string[] {
  const conditions = reportOnly(query, values)
  return [
    ...(publisher ? [`${publisherAt} IN ${values.addAll(publisher)}`] : []),
    ...(conditions.length === 0 ? [] : [`m.report IN (SELECT r.number FROM reports r WHERE ${allOf(conditions)})`]),
  ]
}

function reportOnly({publisher, report, reportText, story}: Query, values: Values): string[] {
  const conditions: string[] = []
  if (story)
    conditions.push(
      `r.number IN (SELECT g.report FROM gathered g WHERE g.story IN (SELECT h.story FROM gathered h WHERE h.report IN (${story.map(storyNumber).join(", ")})))`,
    )
  if (publisher) conditions.push(`r.publisher IN ${values.addAll(publisher)}`)
  if (report !== undefined) {
    const given = values.add(report)
    conditions.push(`(r.id = ${given} OR r.key = ${given} OR r.url = ${given})`)
  }
  if (reportText !== undefined) conditions.push(hasWords("r.words", reportText))
  return conditions
}

/** A story is named by its oldest report, and any of its reports leads to it. */
export function storyNumber(story: string): number {
  if (!/^s\d{1,9}$/.test(story)) throw new CoderError("query-wrong", `Cannot find the story ${JSON.stringify(story.slice(0, 60))}: expected one such as "s12"`)
  return Number(story.slice(1))
}

/** One way in which somebody may be meant, on some days only where `days` are given. */
type Meaning = {readonly name?: string; readonly countries?: readonly string[]; readonly days?: {readonly from: Day | null; readonly to: Day | null}}

/** A group means its members, those of the same days together. */
function meanings(who: Who): Meaning[] {
  if (typeof who === "string") return [{name: who}]
  const together = new Map<string, {countries: string[]; days: {from: Day | null; to: Day | null}}>()
  for (const {country, from, to} of who.members) {
    const key = `${from}/${to}`
    if (!together.has(key)) together.set(key, {countries: [], days: {from, to}})
    together.get(key)!.countries.push(country)
  }
  return [{name: who.name}, ...together.values()]
}

function is({name, countries = []}: Meaning, actor: string, values: Values): string {
  return name === undefined ? `${actor}.country IN ${values.addAll(countries)}` : isWho(name, actor, values)
}

/** Whether an actor goes by a name, a country's code or a role's code. */
export function isWho(name: string, actor: string, values: Values): string {
  const given = values.add(name)
  return `(${actor}.country = ${given} OR ${actor}.code = ${given} OR ${actor}.folded = ${values.add(name.toLowerCase())})`
}

/** A member of a group counts on the days of its membership; where no day is known, only one that is a member still. */
function onDays(days: Meaning["days"], day: {from: string; to: string}, values: Values): string {
  if (!days) return "true"
  const conditions: string[] = []
  if (days.from !== null) conditions.push(`(${day.from} IS NULL OR ${day.from} >= ${values.add(days.from)}::DATE)`)
  if (days.to !== null) conditions.push(`${day.from} <= ${values.add(days.to)}::DATE`)
  return allOf(conditions)
}

/** Most parties that each mention's list is looked through for. */
const mostParties = 8

/**
 * Numbers of the parties that somebody means, where all actors of each are meant and they are few, so that a mention's own lists tell
 * whether it is one of them. `undefined` where single actors are meant, or where an index finds their mentions sooner than a look at each one.
 */
async function partiesOf(session: Session, one: Meaning): Promise<readonly number[] | undefined> {
  if (session.usesIndexes) return undefined
  const values = new Values()
  const meant = is(one, "a", values)
  const rows = await session.all(
    `SELECT a.party_number AS number, bool_and(coalesce(${meant}, false)) AS is_whole FROM actors a
     WHERE a.party_number IN (SELECT a.party_number FROM actors a WHERE ${meant}) GROUP BY a.party_number`,
    values.list,
  )
  return rows.length <= mostParties && rows.every(row => row.is_whole === true) ? rows.map(({number}) => number as number) : undefined
}

async function sideIs(session: Session, one: Meaning, values: Values, role?: "actor" | "recipient"): Promise<string> {
  const parties = await partiesOf(session, one)
  if (parties) return anyOf(parties.flatMap(party => (role ? [role] : ["actor", "recipient"]).map(at => `list_contains(m.${at}_parties, ${party})`)))
  return `m.number IN (SELECT s.mention FROM sides s JOIN actors a ON a.number = s.actor WHERE ${role ? `s.role = '${role}' AND ` : ""}${is(one, "a", values)})`
}

/** One of the two acts, and the other is acted upon. */
async function dyadIs(
  session: Session,
  [first, second]: NonNullable<Query["dyad"]>,
  isDirected: boolean,
  day: {from: string; to: string},
  values: Values,
): Promise<string> {
  const known = async (who: Who) => Promise.all(meanings(who).map(async one => ({one, parties: await partiesOf(session, one)})))
  const [firsts, seconds] = [await known(first), await known(second)]
  const pairs = firsts.flatMap(actor => seconds.map(recipient => [actor, recipient] as const))
  const both = isDirected ? pairs : pairs.flatMap(([one, other]) => [[one, other] as const, [other, one] as const])
  return anyOf(
    both.map(([actor, recipient]) => {
      const isPair =
        actor.parties && recipient.parties && actor.parties.length * recipient.parties.length <= mostParties
          ? anyOf(actor.parties.flatMap(one => recipient.parties!.map(other => `list_contains(m.dyad_parties, ${pairNumber(one, other)})`)))
          : pairIs(actor.one, recipient.one, values)
      return allOf([isPair, onDays(actor.one.days, day, values), onDays(recipient.one.days, day, values)])
    }),
  )
}

function pairIs(actor: Meaning, recipient: Meaning, values: Values): string {
  return `m.number IN (SELECT d.mention FROM dyads d JOIN actors x ON x.number = d.actor JOIN actors y ON y.number = d.recipient
    WHERE ${is(actor, "x", values)} AND ${is(recipient, "y", values)})`
}

/** A quote that names somebody, or tells within its words what somebody does or suffers; not one of their own. */
function isAbout(one: Meaning, values: Values): string {
  const meant = is(one, "a", values)
  const point = (of: string, at: "start" | "end") => `CAST((${of}->>'${at}') AS INTEGER)`
  return allOf([
    `(m.speaker IS NULL OR m.speaker NOT IN (SELECT a.number FROM actors a WHERE ${meant}))`,
    anyOf([
      `EXISTS (SELECT 1 FROM actors a WHERE ${meant} AND (a.kind = 'country' OR a.folded = ${values.add((one.name ?? "").toLowerCase())}) AND concat(m.words, ' ') LIKE concat('% ', ${spaced("a.folded")}, ' %'))`,
      `EXISTS (SELECT 1 FROM mentions e JOIN sides s ON s.mention = e.number JOIN actors a ON a.number = s.actor WHERE e.report = m.report AND e.run = m.run AND e.is_current
        AND ${point("e.trigger_words", "start")} >= ${point("m.content", "start")} AND ${point("e.trigger_words", "end")} <= ${point("m.content", "end")} AND ${meant})`,
    ]),
  ])
}

/** What parts words within names: "kim jong-un", "côte d'ivoire", "u.s.". */
const marks = "-‐–.,:;/&()'’‘\"“”%_\\"

/** A name in lower case as the words of texts are kept, with one space and nothing else between them. Both back ends have these functions. */
const spaced = (name: string) => {
  const parted = `translate(${name}, '${marks.replace("'", "''")}', '${" ".repeat(marks.length)}')`
  return `trim(replace(replace(${parted}, '  ', ' '), '  ', ' '))`
}

/** Days that touch the range; of what has no day that is unknown. */
function touches({since, until}: Query, {from, to}: {from: string; to: string}, values: Values): string {
  const conditions: string[] = []
  if (since !== undefined) conditions.push(`${to} >= ${values.add(since)}::DATE`)
  if (until !== undefined) conditions.push(`${from} <= ${values.add(until)}::DATE`)
  return allOf(conditions)
}

function inBox([west, south, east, north]: NonNullable<Query["box"]>, values: Values): string {
  const [from, to, low, high] = [west, east, south, north].map(value => `${values.add(value)}::DOUBLE PRECISION`)
  return allOf([
    `m.place_lat BETWEEN ${low} AND ${high}`,
    west <= east ? `m.place_lon BETWEEN ${from} AND ${to}` : `(m.place_lon >= ${from} OR m.place_lon <= ${to})`,
  ])
}

/** Words match from their beginning. They stand in the SQL as they are, since letters and digits end no string. */
function hasWords(column: string, text: string): string {
  const words = wordsOf(text)
  if (words.length === 0) throw new CoderError("query-wrong", `Cannot search for ${JSON.stringify(text)}: expected a word`)
  return allOf(words.map(word => `${column} LIKE '% ${word}%'`))
}

const allOf = (conditions: readonly string[]) => (conditions.length === 0 ? "true" : conditions.join(" AND "))

const anyOf = (conditions: readonly string[]) => (conditions.length === 0 ? "false" : `(${conditions.map(condition => `(${condition})`).join(" OR ")})`)
