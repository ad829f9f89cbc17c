import type {Verdict} from "./correction.ts"
import type {Day} from "./day.ts"
import type {Status} from "./mark.ts"
import type {Problem} from "./problem.ts"
import type {CoderRef, ReportRef} from "./report.ts"
import type {Span, Words} from "./span.ts"

/** Where a value comes from: these words, elsewhere in the report, the knowledge tables, or a default. */
export type Basis = "stated" | "resolved" | "known" | "implied"

/** What kind of thing an actor is. */
export type ActorKind = "person" | "government" | "country" | "organisation" | "armed-group" | "group" | "igo" | "company" | "media" | "other"

/** Whom words mean: the answer of room 5 for any phrase. */
export type Identity = {
  /** The fullest name known, such as "Wang Yi" for "the Minister". */
  readonly name: string
  readonly kind: ActorKind
  /** ISO 3166 alpha-3, `XKX`, or `IGO`; `null` where unknown. */
  readonly country: string | null
  /** A CAMEO role code such as GOV, MIL, MED (media), HLH (medical); `null` for a bare country or where unknown. */
  readonly sector: string | null
  /** Country and sector joined, such as `USAGOV`; `null` where both are unknown. */
  readonly code: string | null
  readonly basis: Basis
}

/** One side of an event, or a quote's speaker. */
export type Actor = Words &
  Identity & {
    /** The words in this sentence that stand for a side known from another ("the order"); `null` where the words are its own. */
    readonly via: Words | null
  }

/** When it happened. `text`, `start` and `end` are the time expression; all three `null` where the day is implied. */
export type EventDate = {
  readonly from: Day
  readonly to: Day
  readonly basis: Basis
  readonly text: string | null
  readonly start: number | null
  readonly end: number | null
}

/** Where it happened. */
export type EventPlace = Words & {
  readonly name: string
  /** ISO 3166 alpha-3; `null` at sea or where unknown. */
  readonly country: string | null
  /** Degrees, WGS 84; `null` unless the place is known to the level of a city or point. */
  readonly lat: number | null
  readonly lon: number | null
  readonly level: "point" | "city" | "region" | "country" | "sea" | "unknown"
}

/** An event in another ontology: both codes `null` where no row of its crosswalk fits. */
export type OtherCode = {
  /** The name of the ontology's folder. */
  readonly ontology: string
  /** `sha256:` of its crosswalk. */
  readonly hash: string
  readonly code: string | null
  readonly sub: string | null
}

/** A rejected row is none, so that no record says so. */
export type Review = Exclude<Verdict, "rejected"> | null

/** One mention of one thing that one side did to another: a trigger in a sentence of a report. Docs: docs/event-record.md. */
export type EventRecord = {
  /** `<report id>/<n>`, n from 1 in text order over all rows that the model proposes. */
  readonly id: string
  /** The deed's id, shared by its retellings in the report: the id of the first. */
  readonly event: string
  /** A type of the ontology, such as `ACCUSE`. */
  readonly type: string
  readonly mode: string | null
  readonly status: Status
  /** 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict. */
  readonly quad: 1 | 2 | 3 | 4
  /** PLOVER's conflict–cooperation value, −10 to +10; `null` where the ontology has none. */
  readonly intensity: number | null
  /** CAMEO code, a string: `010` and `10` differ. */
  readonly cameo: string
  readonly contexts: readonly string[]
  /** What another ontology's crosswalk makes of it; absent where none was asked for. */
  readonly also?: OtherCode
  readonly actors: readonly Actor[]
  /** Empty where the report names nobody acted upon. */
  readonly recipients: readonly Actor[]
  readonly date: EventDate | null
  readonly place: EventPlace | null
  readonly trigger: Words
  readonly sentence: Words & {readonly index: number}
  /** Probability that type, actors and recipients are all right, 0 to 1, three decimals. */
  readonly confidence: number
  readonly report: ReportRef
  /** The affair it belongs to; `null` until a store gathers. */
  readonly story: string | null
  /** What a reviewer said of it; `null` where nobody did. The confidence of such a row is 1. */
  readonly review: Review
  readonly coder: CoderRef
}

/** One attribution of speech or writing to a speaker. */
export type Quote = {
  /** `<report id>/q<n>`, n from 1 in text order. */
  readonly id: string
  readonly kind: "direct" | "mixed" | "indirect"
  /** Without the outer quotation marks when direct. */
  readonly content: Words
  readonly cue: Words | null
  readonly speaker: Actor | null
  readonly sentence: Words & {readonly index: number}
  readonly confidence: number
  readonly report: ReportRef
  /** What a reviewer said of it, as of events. */
  readonly review: Review
  readonly coder: CoderRef
}

/** Words that name an actor, a place or a time, whether or not an event has them. */
export type Mention = Words & {readonly kind: "actor" | "place" | "time"}

/** What coding one report gives. Warnings about it are in `problems`. */
export type Coded = {
  readonly report: ReportRef
  /** The settled text that all offsets count in. */
  readonly text: string
  /** Where its sentences stand, in order. */
  readonly sentences: readonly Span[]
  readonly events: readonly EventRecord[]
  readonly quotes: readonly Quote[]
  /** What cleaning left out of the text, as `Report` has it. */
  readonly dropped: readonly string[]
  /** In text order. */
  readonly mentions: readonly Mention[]
  readonly problems: readonly Problem[]
}
