import type {Day, Decision, GatheredBatch, Imported, ImportedMention, Problem, Report, Reviewable, Unit, Wanted} from "../0-records/index.ts"
import {type Added, add, addProblem, type Coding, isKnown, type Kept} from "./add.ts"
import {actors, aggregate, type Grouping, span} from "./aggregate.ts"
import {count, events, type Page, problems, quotes, report, reports, runs, type SkippingPage} from "./ask.ts"
import {changes, forget, type Target, uncoded} from "./change.ts"
import {compare} from "./compare.ts"
import {type CorrectionQuery, correct, corrections, undo} from "./correct.ts"
import type {Database} from "./database.ts"
import {facets} from "./facets.ts"
import {gatherable, nearby, settle, ungather, ungathered} from "./gather.ts"
import {deeds, inOrder, publishers, reportDays} from "./handed.ts"
import {type ImportedCount, type ImportedMentions, importMentions, importRows, runOf} from "./imported.ts"
import {listed} from "./listed.ts"
import {places} from "./places.ts"
import type {Query} from "./query.ts"
import {type ReviewOrder, reviewedReports, reviewProgress, reviewQueue} from "./review.ts"
import {event, merge, rulings, split, undoRuling} from "./ruling.ts"
import {stories, story} from "./stories.ts"
import {told} from "./told.ts"

/**
 * All that a store can be asked to do. Every argument and answer is plain JSON, so that a process that does not
 * hold the file can hand the call to the one that does.
 */
export const calls = {
  /** Adds a coded report; it is on disk when this returns. The same report by the same coder again adds nothing. */
  add: (database: Database, coded: Kept, coding: Coding): Promise<Added> => add(database, coded, coding),
  /** Keeps the problem of an input that gave no report. */
  addProblem: (database: Database, problem: Problem, day: Day) => addProblem(database, problem, day),
  /** Whether the report is there as this coder codes it. */
  isKnown: (database: Database, report: Report, coding: Coding) => isKnown(database, report, coding),
  /** A report by its id, key or url, with its text and all found in it; `null` where there is none. */
  report: async (database: Database, id: string, run?: number) => (await report(database, id, run)) ?? null,
  reports: (database: Database, query: Query, page: Page = {}) => reports(database, query, page),
  /** All reports, the newest first, with how much was found in each. */
  listed: (database: Database, page: Page = {}) => listed(database, page),
  mentions: (database: Database, query: Query, page: SkippingPage = {}) => events(database, query, "mentions", page),
  /** One row for each event: the mention that speaks for it. */
  events: (database: Database, query: Query, page: SkippingPage = {}) => events(database, query, "events", page),
  quotes: (database: Database, query: Query, page: Page = {}) => quotes(database, query, page),
  /** Mentions, events or quotes in the order of arrival, a page at a time: what is written to files. */
  inOrder: (database: Database, query: Query, unit: Unit, cursor?: string | null) => inOrder(database, query, unit, cursor),
  /** Deeds with all their mentions, a page at a time. */
  deeds: (database: Database, query: Query, unit: "mentions" | "events", cursor?: string | null) => deeds(database, query, unit, cursor),
  /** Adds rows of another data set's files in its own run. */
  importRows: (database: Database, rows: readonly Imported[], of: {readonly dataset: string; readonly day: Day}): Promise<ImportedCount> =>
    importRows(database, rows, of),
  /** Adds reports that tell events of another data set which are there. */
  importMentions: (database: Database, rows: readonly ImportedMention[], of: {readonly dataset: string; readonly day: Day}): Promise<ImportedMentions> =>
    importMentions(database, rows, of),
  /** The number of a run that a number or an imported data set's name means. */
  runOf: (database: Database, name: string) => runOf(database, name),
  /** What two runs tell of the same dyads and days, a page at a time. */
  compare: (database: Database, query: Query, other: number, cursor?: string | null) => compare(database, query, other, cursor),
  /** Reports published on each day. */
  reportDays: (database: Database, query: Query) => reportDays(database, query),
  /** Reports of each publisher. */
  publishers: (database: Database, query: Query) => publishers(database, query),
  /** How many, and how many the filters of status, confidence and days leave out. */
  count: (database: Database, query: Query, unit: Unit) => count(database, query, unit),
  /** Counts by period, dyad, type or another grouping; by `dyad` they are the edges of a network. */
  aggregate: (database: Database, query: Query, options: {readonly by: Grouping; readonly unit?: "mentions" | "events"; readonly limit?: number}) =>
    aggregate(database, query, options),
  /** The largest groups of types, sides, places and publishers, at once. */
  facets: (database: Database, query: Query, options: {readonly unit?: "mentions" | "events"; readonly limit?: number} = {}) =>
    facets(database, query, options),
  /** Counts by place, points and whole countries apart. */
  places: (database: Database, query: Query, options: {readonly unit?: "mentions" | "events"; readonly limit?: number} = {}) =>
    places(database, query, options),
  actors: (database: Database, options: {readonly begins?: string; readonly limit?: number} = {}) => actors(database, options),
  /** Whom a name or code means, since when, and in which words. */
  told: (database: Database, who: string, options: {readonly limit?: number} = {}) => told(database, who, options),
  /** First and last day of actual events; both `null` where none has a day. */
  span: (database: Database) => span(database),
  runs: (database: Database) => runs(database),
  problems: (database: Database, page: Page = {}) => problems(database, page),
  /** Reports that a run has not coded. */
  uncoded: (database: Database, options: {readonly run: number | null; readonly since?: Day; readonly after?: number; readonly limit?: number}) =>
    uncoded(database, options),
  /** What changed from one run to another. */
  changes: (database: Database, from: number, to: number, limit?: number) => changes(database, from, to, limit),
  /** Keeps a reviewer's verdict on a row, or a row that the coder missed; every question finds it from then on. */
  correct: (database: Database, decision: Decision) => correct(database, decision),
  /** Takes a verdict back. */
  undo: (database: Database, number: number, made: string) => undo(database, number, made),
  corrections: (database: Database, query: CorrectionQuery = {}, page: Page = {}) => corrections(database, query, page),
  /** Mentions or quotes that wait for a verdict. */
  reviewQueue: (
    database: Database,
    query: Query,
    options: {readonly of?: Reviewable; readonly order?: ReviewOrder; readonly reviewer?: string; readonly limit?: number} = {},
  ) => reviewQueue(database, query, options),
  reviewProgress: (database: Database, of?: Reviewable) => reviewProgress(database, of),
  /** Keys of the reports that reviewers said something of, in the order of arrival. */
  reviewedReports: (database: Database) => reviewedReports(database),
  /** Numbers of reports that are still to be gathered, in the order of publication; each is to be read, computed and settled. */
  ungathered: (database: Database, limit?: number) => ungathered(database, limit),
  gatherable: (database: Database, reports: readonly number[]) => gatherable(database, reports),
  /** What is near reports that are to be gathered. */
  nearby: (database: Database, wanted: Wanted) => nearby(database, wanted),
  /** Keeps how reports were gathered; false where that is out of date. */
  settle: (database: Database, batch: GatheredBatch) => settle(database, batch),
  /** Undoes all gathering but what was ruled by hand. */
  ungather: (database: Database) => ungather(database),
  /** Stories with an event that passes the filters: those of most reports first. */
  stories: (database: Database, query: Query, page: Page = {}) => stories(database, query, page),
  /** A story with its reports; `null` where there is none. */
  story: async (database: Database, id: string) => (await story(database, id)) ?? null,
  /** An event with all its mentions and why they are one, by the id of any of them; `null` where there is none. */
  event: async (database: Database, id: string) => (await event(database, id)) ?? null,
  /** Makes the events of two mentions one, by hand. */
  merge: (database: Database, one: string, other: string, day: Day) => merge(database, one, other, day),
  /** Sets apart what the report of a mention tells from the rest of its event, by hand. */
  split: (database: Database, id: string, day: Day) => split(database, id, day),
  undoRuling: (database: Database, ruling: number, day: Day) => undoRuling(database, ruling, day),
  rulings: (database: Database) => rulings(database),
  /** Removes reports everywhere and writes the file anew. */
  forget: (database: Database, target: Target) => forget(database, target),
  /** Writes a whole copy to a new file. */
  backup: (database: Database, path: string) => database.backup(path),
} as const

type Calls = typeof calls
type Without<First, Call> = Call extends (first: First, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never

/** A store held open: each of `calls` without its first argument. */
export type Store = {readonly [Name in keyof Calls]: Without<Database, Calls[Name]>} & {
  /** Ends what is under way and lets the file go; after it no call is taken. */
  readonly close: () => Promise<void>
}

/** Hands a call to whoever holds the database. */
export type Caller = (name: keyof Calls, args: readonly unknown[]) => Promise<unknown>

/** Runs a call by its name, as it comes from another process. */
export function runCall(database: Database, name: string, args: readonly unknown[]): Promise<unknown> {
  if (!Object.hasOwn(calls, name)) throw new Error(`no call ${name}`)
  const call = calls[name as keyof Calls] as (database: Database, ...args: readonly unknown[]) => Promise<unknown>
  return call(database, ...args)
}

/** The store whose every call goes through `caller`. */
export function storeOf(caller: Caller, close: () => Promise<void>): Store {
  const names = Object.keys(calls) as (keyof Calls)[]
  const entries = names.map(name => [name, (...args: unknown[]) => caller(name, args)] as const)
  return {...(Object.fromEntries(entries) as unknown as Omit<Store, "close">), close}
}
