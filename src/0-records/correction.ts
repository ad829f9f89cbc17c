import type {EventRecord, Quote} from "./event.ts"
import type {ReportRef} from "./report.ts"
import type {Words} from "./span.ts"

/** What a reviewer said of a row: right as it is, no event, right as it was changed, or missed by the coder. */
export const verdicts = ["accepted", "rejected", "corrected", "added"] as const
export type Verdict = (typeof verdicts)[number]

/** The fields that a reviewer may change; some change with others, as `cameo` does with `type`. */
export const correctable = [
  ...(["type", "mode", "status", "quad", "intensity", "cameo", "contexts"] as const),
  ...(["actors", "recipients", "date", "place", "trigger", "sentence"] as const),
] as const
export type Correctable = (typeof correctable)[number]

/** Those of a quote. */
export const correctableOfQuote = ["kind", "content", "cue", "speaker", "sentence"] as const

/** What a verdict may be on. */
export const reviewable = ["event", "quote"] as const
export type Reviewable = (typeof reviewable)[number]

/** One field as the reviewer saw it and as it was left. */
export type FieldChange = {readonly field: Correctable | (typeof correctableOfQuote)[number]; readonly old: unknown; readonly new: unknown}

/** One verdict of one reviewer on one row. Docs: docs/event-record.md. */
export type Correction = {
  /** 1, 2, 3 in the order in which they were made. */
  readonly number: number
  readonly report: ReportRef
  /** Whether it is on an event or on a quote. */
  readonly of: Reviewable
  /** The id of the event's row, or the quote's, that it stands on now; `null` where the present coding has none, and where it is of the other. */
  readonly event: string | null
  readonly quote: string | null
  /** Whether it is in force: neither taken back, nor of a row that is gone, nor followed by another verdict on the same row. */
  readonly isInForce: boolean
  /** What the coder wrote there, by which the row is found again: its type (of a quote `QUOTE`) and the words that tell it, or that were said. Of an added row its own. */
  readonly type: string
  readonly trigger: Words
  readonly verdict: Verdict
  readonly reviewer: string
  /** When it was made, ISO 8601, UTC. */
  readonly made: string
  readonly why: string | null
  /** Empty for what was accepted or rejected; of an added row every field, with `old` null. */
  readonly changes: readonly FieldChange[]
  /** When it was taken back; `null` while it was not. */
  readonly undone: string | null
}

/** A verdict as it is handed to the store. */
export type Decision = {
  /** The asker's own name for it: a verdict that is handed over twice is kept once. */
  readonly key: string
  /** The report's id, key or url. */
  readonly report: string
  /** What it is on; an event where absent. */
  readonly of?: Reviewable
  /** The id of the event's row, or of the quote's; `null` for one that the coder missed. */
  readonly event: string | null
  readonly verdict: Verdict
  readonly reviewer: string
  readonly made: string
  readonly why: string | null
  /** Whether the reviewer saw the row as its coder wrote it, and not as others had left it. */
  readonly isBlind: boolean
  /** The row as the reviewer leaves it; `null` where nothing of it was changed. */
  readonly record: EventRecord | Quote | null
}

/** What reviewers have said so far, over the rows that count now. */
export type ReviewProgress = {
  /** Mentions with a verdict in force, and those without one that are as sure as the model's own least confidence. */
  readonly decided: number
  readonly left: number
  /** By reviewer: the last verdict of each on each row. */
  readonly reviewers: readonly ({readonly reviewer: string} & Readonly<Record<Verdict, number>>)[]
  /** Rows that two reviewers decided: how many of them, in how many they say the same, and Cohen's kappa of whether it is an event. */
  readonly pairs: readonly {
    readonly reviewers: readonly [string, string]
    readonly both: number
    readonly same: number
    /** `null` where chance alone would always agree. */
    readonly kappa: number | null
  }[]
}
