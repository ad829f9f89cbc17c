import type {Days} from "./day.ts"
import type {Basis, EventPlace, Identity} from "./event.ts"
import type {Span} from "./span.ts"

/** What room 5 says of a report: one entry for each mention mark, in the same order. */
export type Resolved = {
  /** For actor mentions: whom they mean, one or several ("both sides" means two). Empty for places and times. */
  readonly identities: readonly (readonly Identity[])[]
  /** Which of the report's entities each actor mention belongs to; mentions of one entity share a number; −1 for places and times. */
  readonly entities: readonly number[]
  /** For time mentions: the days they mean; `null` where they cannot be told (an undated report, "recently"). */
  readonly days: readonly ({readonly days: Days; readonly basis: Basis} | null)[]
  /** For place mentions (and actor mentions that name a place): where that is; `null` where unknown. */
  readonly places: readonly (Omit<EventPlace, "text" | "start" | "end"> | null)[]
  /** For each quote mark, the index of the mention that says it, in its own sentence or a neighbouring one; `null` where nobody is named. */
  readonly speakers: readonly (number | null)[]
  /** Sides that a trigger has by way of another sentence: the recipient of "rejected the order". */
  readonly borrowed: readonly Borrowed[]
}

/** A side known only through another sentence. */
export type Borrowed = {
  /** Index into the triggers. */
  readonly trigger: number
  readonly role: "actor" | "recipient"
  /** Index of the antecedent's mention: the side's own words. */
  readonly mention: number
  /** The words at the trigger that lead there, UTF-16 units. */
  readonly via: Span
}
