import {createHash} from "node:crypto"
import type {Coded, CoderRef, Day, Problem, Quote, Report, ReportRef} from "../0-records/index.ts"
import {reattach} from "./correct.ts"
import type {Database, Session} from "./database.ts"
import {leave} from "./gather.ts"
import {type Actors, addMentions, internActors, json, type Of, quoteFieldColumns, quoteFieldValues} from "./mention.ts"
import {searchable} from "./words.ts"

/** Who coded: what every row says of its coder, and what the run records besides. */
export type Coding = {
  readonly coder: CoderRef
  /** CPU architecture, such as `x64`: the same text gives the same rows on the same one. */
  readonly machine: string
  /** The model's own least confidence, 0 to 1. */
  readonly floor: number
  /** Today, as the door's clock says. */
  readonly day: Day
}

/** What the store keeps of a coded report. */
export type Kept = Omit<Coded, "mentions" | "dropped"> & {readonly dropped: readonly string[] | null}

/** What became of a report that was handed to the store. */
export type Added = {
  /** `added` is new, `version` a changed text of a report that is there, `recoded` an old text by another coder, `known` changes nothing. */
  readonly outcome: "added" | "version" | "recoded" | "known"
  /** The report's number in the store. */
  readonly report: number
  readonly run: number
  readonly mentions: number
  readonly events: number
  readonly quotes: number
}

/** The store's key of a report: sha256 of url or id, publisher, published and settled text. */
export function keyOf({id, url, publisher, published}: ReportRef, text: string): string {
  return createHash("sha256")
    .update(JSON.stringify([url ?? id, publisher, published, text]))
    .digest("hex")
}

/** What the versions of a report share: the id that the input gave it, else its url; `null` where its id is a hash of its text. */
function sourceOf({id, url}: ReportRef): string | null {
  return /^[0-9a-f]{16}$/.test(id) ? url : id
}

/** Says whether the store has this report as this coder codes it, so that it need not be coded again. */
export async function isKnown(database: Session, report: Report, coding: Coding): Promise<boolean> {
  const run = await findRun(database, coding)
  if (run === undefined) return false
  const found = await database.all("SELECT 1 AS found FROM codings WHERE run = $1 AND report = (SELECT number FROM reports WHERE key = $2)", [
    run,
    keyOf(report, report.text),
  ])
  return found.length > 0
}

/** Adds a coded report in one transaction. The same report by the same coder again adds no row. */
export function add(database: Database, coded: Kept, coding: Coding): Promise<Added> {
  return database.transaction(async session => {
    const last = await lastNumbers(session)
    const run = (await findRun(session, coding)) ?? (await addRun(session, coding, last.runs + 1))
    const counts = {mentions: coded.events.length, events: new Set(coded.events.map(({event}) => event)).size, quotes: coded.quotes.length}
    const key = keyOf(coded.report, coded.text)
    const [known] = await session.all("SELECT number, is_current FROM reports WHERE key = $1", [key])
    const number = (known?.number as number | undefined) ?? last.reports + 1
    if (known) {
      const codings = await session.all("SELECT 1 AS found FROM codings WHERE report = $1 AND run = $2", [number, run])
      if (codings.length > 0) return {outcome: "known", report: number, run, ...counts}
    }
    const source = sourceOf(coded.report)
    const older = known ? [] : await olderVersions(session, coded.report, source)
    const isCurrent = known ? known.is_current === true : true
    for (const report of [...older, ...(known ? [number] : [])]) await endCoding(session, report, coding.day)
    for (const report of older) {
      await session.all("UPDATE reports SET is_current = false WHERE number = $1", [report])
      await session.all("UPDATE codings SET is_newest = false WHERE report = $1 AND run = $2", [report, run])
    }
    if (!known) await addReport(session, coded, {number, key, source, day: coding.day})
    const {mentions, events, quotes} = counts
    const until = isCurrent ? null : coding.day
    await session.insert(
      "codings",
      ["report", "run", "since", "until", "is_newest", "mentions", "events", "quotes"],
      [[number, run, coding.day, until, isCurrent, mentions, events, quotes]],
    )
    const actors = await internActors(session, coded)
    await addMentions(session, coded.events, actors, {report: number, run, isCurrent, first: last.mentions + 1})
    await addQuotes(session, coded.quotes, actors, {report: number, run, isCurrent, first: last.quotes + 1})
    await addProblems(session, coded.problems, {report: number, run, day: coding.day})
    if (known && isCurrent) await reattach(session, number, run, coding.day)
    return {outcome: known ? "recoded" : older.length > 0 ? "version" : "added", report: number, run, ...counts}
  })
}

/** Keeps the problem of an input that gave no report. The same problem again adds no row. */
export function addProblem(database: Database, problem: Problem, day: Day): Promise<void> {
  return database.transaction(session => addProblems(session, [problem], {report: null, run: null, day}))
}

const identity = ["version", "model", "ontology", "knowledge", "config"] as const

export async function findRun(session: Session, {coder, machine}: Coding): Promise<number | undefined> {
  const where = [...identity, "machine"].map((column, at) => `${column} = $${at + 1}`).join(" AND ")
  const [run] = await session.all(`SELECT number FROM runs WHERE ${where}`, [...identity.map(field => coder[field]), machine])
  return run?.number as number | undefined
}

export async function addRun(session: Session, {coder, machine, floor, day}: Coding, number: number): Promise<number> {
  await session.insert("runs", ["number", ...identity, "machine", "floor", "started"], [[number, ...identity.map(field => coder[field]), machine, floor, day]])
  return number
}

const numbered = ["runs", "reports", "mentions", "quotes"] as const

/** The greatest number of each table, 0 where it has no row. */
export async function lastNumbers(session: Session): Promise<Record<(typeof numbered)[number], number>> {
  const columns = numbered.map(table => `(SELECT coalesce(max(number), 0)::INTEGER FROM ${table}) AS ${table}`)
  const [row] = await session.all(`SELECT ${columns.join(", ")}`)
  return row as Record<(typeof numbered)[number], number>
}

async function olderVersions(session: Session, {publisher}: ReportRef, source: string | null): Promise<number[]> {
  if (source === null) return []
  const rows = await session.all("SELECT number FROM reports WHERE source = $1 AND publisher IS NOT DISTINCT FROM $2 AND is_current", [source, publisher])
  return rows.map(({number}) => number as number)
}

/** The coding of a report that counts so far counts no more. */
async function endCoding(session: Session, report: number, day: Day): Promise<void> {
  await leave(session, [report])
  await session.all("UPDATE codings SET until = $1 WHERE report = $2 AND until IS NULL", [day, report])
  for (const table of ["mentions", "quotes"]) await session.all(`UPDATE ${table} SET is_current = false WHERE report = $1 AND is_current`, [report])
}

async function addReport(
  session: Session,
  {report: {id, title, url, publisher, published}, text, sentences, dropped}: Kept,
  {number, key, source, day}: {number: number; key: string; source: string | null; day: Day},
): Promise<void> {
  await session.insert(
    "reports",
    ["number", "key", "id", "source", "title", "url", "publisher", "published", "text", "words", "added", "is_current", "dropped"],
    [[number, key, id, source, title, url, publisher, published, text, searchable(`${title ?? ""} ${text}`), day, true, json(dropped)]],
  )
  await session.insert(
    "sentences",
    ["report", "index", "start_at", "end_at"],
    sentences.map(({start, end}, index) => [number, index, start, end]),
  )
}

async function addQuotes(session: Session, quotes: readonly Quote[], actors: Actors, {report, run, isCurrent, first}: Of): Promise<void> {
  if (quotes.length === 0) return
  await session.insert(
    "quotes",
    ["number", "report", "run", "id", "is_current", "confidence", ...quoteFieldColumns],
    quotes.map((quote, at) => [first + at, report, run, quote.id, isCurrent, quote.confidence, ...quoteFieldValues(quote, actors)]),
  )
}

async function addProblems(
  session: Session,
  problems: readonly Problem[],
  {report, run, day}: {report: number | null; run: number | null; day: Day},
): Promise<void> {
  for (const {code, message, place, isWarning} of problems) {
    const values = [report, run, code, message, json(place)]
    const found = await session.all(
      `SELECT 1 AS found FROM problems WHERE report IS NOT DISTINCT FROM $1::INTEGER AND run IS NOT DISTINCT FROM $2::INTEGER
       AND code = $3 AND message = $4 AND place::VARCHAR = $5 LIMIT 1`,
      values,
    )
    if (found.length > 0) continue
    await session.insert("problems", ["report", "run", "code", "message", "place", "is_warning", "added"], [[...values, isWarning, day]])
  }
}
