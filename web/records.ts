import type {Coded, Correction, Count, EventRecord, Group, PlaceCount, Problem, Quote, ReportRef, ReviewProgress, Story, Unit} from "../src/0-records/index.ts"

/** What the server answers, beyond the records themselves; `/openapi.json` says what each field means. */

/** A coded report, with the confidence under which rows are hidden unless asked for. */
export type ShownReport = Omit<Coded, "mentions" | "dropped"> & {readonly dropped: readonly string[] | null; readonly floor: number}

/** What became of a report that was to be kept. */
export type KeptReport = {
  readonly report: ReportRef
  readonly outcome: "added" | "version" | "recoded" | "known"
  readonly mentions: number
  readonly events: number
  readonly quotes: number
}

export type ListedReport = ReportRef & {readonly mentions: number; readonly events: number; readonly quotes: number; readonly problems: number}

export type ReportList = {readonly reports: readonly ListedReport[]; readonly next: string | null; readonly total: number}

export type EventPage = {readonly count: Count; readonly rows: readonly EventRecord[]; readonly next: string | null}

export type StoryPage = {readonly count: Count; readonly rows: readonly Story[]; readonly next: string | null}

export type ShownStory = Story & {
  readonly of: readonly (ReportRef & {
    readonly copyOf: string | null
    readonly likeness: number | null
    readonly reasons: readonly {readonly other: string; readonly reason: string}[]
  })[]
}

export type Ruling = {
  readonly ruling: number
  readonly kind: "merge" | "split"
  readonly ids: readonly string[]
  readonly made: string
  readonly undone: string | null
}

export type ShownEvent = {
  readonly event: string
  readonly mentions: readonly (EventRecord & {readonly telling: string; readonly joined: string | null; readonly reasons: readonly string[]})[]
  readonly rulings: readonly Ruling[]
}

export type QuotePage = {readonly count: Count; readonly rows: readonly Quote[]; readonly next: string | null}

export type Aggregate = {readonly by: string; readonly unit: Unit; readonly groups: readonly Group[]; readonly total: number; readonly ungrouped: number}

/** The largest groups of each kind. */
export type Facets = Readonly<Record<"type" | "actor" | "recipient" | "place" | "publisher", readonly {readonly key: string; readonly count: number}[]>>

export type Places = {
  readonly count: Count
  readonly points: readonly PlaceCount[]
  readonly countries: readonly PlaceCount[]
  readonly more: number
  readonly elsewhere: number
  readonly unplaced: number
}

export type Run = {
  readonly run: number
  readonly version: string
  readonly model: string
  readonly ontology: string
  readonly knowledge: string
  readonly machine: string
  readonly floor: number
  readonly started: string
  readonly reports: number
  readonly mentions: number
  readonly events: number
  readonly quotes: number
}

export type RunList = {readonly runs: readonly Run[]}

export type ProblemList = {readonly problems: readonly Problem[]; readonly next: string | null}

/** What waits for a verdict. */
export type ReviewQueue = {
  readonly rows: readonly (EventRecord | Quote)[]
  readonly left: number
  readonly access: "open" | "token" | "none"
  readonly modes: Readonly<Record<string, readonly string[]>>
  readonly progress: ReviewProgress
}

export type Corrected = {readonly correction: Correction; readonly event: EventRecord | null; readonly quote: Quote | null}

export type CorrectionList = {readonly corrections: readonly Correction[]; readonly next: string | null; readonly total: number; readonly unattached: number}

/** A mention as one run has it; `null` where it has none at these words. */
type CodedIn = {readonly id: string; readonly type: string; readonly mode: string | null; readonly status: string; readonly confidence: number} | null

export type ChangeList = {
  readonly same: number
  readonly total: number
  readonly changes: readonly {readonly report: string; readonly trigger: string; readonly before: CodedIn; readonly after: CodedIn}[]
}
