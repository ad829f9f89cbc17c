import type {Span} from "./span.ts"

/** What the model says of one report; all spans are UTF-16 units of the report's text, all probabilities 0 to 1. */
export type Marks = {
  /** In text order. Links below are indices into this list. */
  readonly mentions: readonly MentionMark[]
  /** In text order, then by type. */
  readonly triggers: readonly TriggerMark[]
  readonly quotes: readonly QuoteMark[]
}

/** An expression that names an actor, a place or a time. */
export type MentionMark = Span & {
  readonly sentence: number
  readonly kind: "actor" | "place" | "time"
  readonly probability: number
  /** The earlier mention that this one refers back to, by the coreference head; `null` where it refers to none within the passage. */
  readonly antecedent: Link | null
}

/** A link to a mention, with its probability. */
export type Link = {readonly mention: number; readonly probability: number}

/** The words that tell an event, with all that the model says of it. */
export type TriggerMark = Span & {
  readonly sentence: number
  readonly type: string
  readonly mode: string | null
  readonly status: Status
  /** Up to three of the ontology's contexts, likeliest first. */
  readonly contexts: readonly string[]
  /** That these words tell an event of this type. */
  readonly probability: number
  readonly statusProbability: number
  readonly actors: readonly Link[]
  readonly recipients: readonly Link[]
  readonly places: readonly Link[]
  readonly dates: readonly Link[]
  /** That type, actors and recipients are all right; calibrated as the model card says. */
  readonly confidence: number
}

/** Reported speech or writing. */
export type QuoteMark = {
  readonly sentence: number
  readonly content: Span
  /** `null` where the quote runs on from a sentence before. */
  readonly cue: Span | null
  readonly speaker: Link | null
  readonly probability: number
}

/** PLOVER defines such modes; DESIGN.md fixes the five names. */
export const statuses = ["actual", "intended", "hypothetical", "negated", "background"] as const
export type Status = (typeof statuses)[number]
