import type {Day} from "./day.ts"
import type {Actor, EventPlace} from "./event.ts"

/** How many, of what, and how many more there would be without a filter. */
export type Count = {
  readonly unit: Unit
  readonly count: number
  /** What all other filters let pass, each once: of another status; else less sure; else without a day where days were asked for. */
  readonly leftOut: {readonly status: number; readonly confidence: number; readonly undated: number}
  /** Reports that the count is out of: those the filters of reports and days let pass. */
  readonly reports: number
  /** Reports in the store, in their newest version. */
  readonly ingested: number
}

/** What is counted: one trigger in one sentence, one deed, one attribution of speech, or one affair. */
export type Unit = "mentions" | "events" | "quotes" | "stories"

/** One affair: reports that belong together, and what they tell. */
export type Story = {
  /** `s` and the number of its oldest report; where affairs were joined, the ids of both lead to it. */
  readonly story: string
  /** The title of the most central report; `null` where it has none. */
  readonly headline: string | null
  /** The id of that report. */
  readonly central: string
  /** Days of publication, both included; `null` where no report has one. */
  readonly first: Day | null
  readonly last: Day | null
  readonly reports: number
  /** Reports that are no copy of another. */
  readonly originals: number
  readonly publishers: readonly string[]
  readonly events: number
  readonly mentions: number
  /** Those in most of its events, the most told first: a country's code, or a name where there is none. */
  readonly actors: readonly {readonly party: string; readonly events: number}[]
}

/** A count of one group. An event counts once for each of its dyads or actors, and once in totals. */
export type Group = {
  /** First day of the day, week (from Monday), month or year; type; publisher; place; for a dyad `CHN VEN`. */
  readonly key: string
  /** Both sides of a dyad, a country's code or, where it has none, a name; `null` for other groupings. */
  readonly dyad: readonly [string, string] | null
  /** What `count` counts. */
  readonly unit: "mentions" | "events"
  readonly count: number
  /** Of them, of quads 1 and 2, and of quads 3 and 4. */
  readonly cooperation: number
  readonly conflict: number
  /** Mean of PLOVER's value, −10 to 10, three decimals; `null` where none has one. */
  readonly meanIntensity: number | null
  /** Reports that the count is out of: those published in the period or by the publisher, else all that the query's filters of reports and days let pass. */
  readonly reports: number
  /** `count` for each 1,000 of these reports, three decimals; `null` where there are none. */
  readonly per1000: number | null
}

/** How many at one place: a point where the place is known to that level, else a whole country. */
export type PlaceCount = {
  readonly name: string
  readonly country: string | null
  readonly level: EventPlace["level"]
  /** Degrees, WGS 84; `null` for a country. */
  readonly lat: number | null
  readonly lon: number | null
  readonly count: number
  /** Of them, of quads 1 and 2, and of quads 3 and 4. */
  readonly cooperation: number
  readonly conflict: number
}

/** Somebody who does, suffers or speaks, with how often. */
export type KnownActor = {
  readonly name: string
  readonly kind: string
  readonly country: string | null
  readonly sector: string | null
  readonly code: string | null
  /** Mentions as actor and as recipient, and quotes as speaker, of the present codings. */
  readonly asActor: number
  readonly asRecipient: number
  readonly quotes: number
}

/** One meaning of a name, as reports tell it: who that is, since when, and the words that say so. */
export type ToldActor = Pick<KnownActor, "name" | "kind" | "country" | "sector" | "code"> & {
  /** Mentions and quotes of the present codings in which it is meant. */
  readonly told: number
  /** Days on which the first and the last report of it came out; `null` where no report has one. */
  readonly from: Day | null
  readonly to: Day | null
  /** Where it is said most plainly: the words, how they came to mean it, and the row of which report. */
  readonly said: Pick<Actor, "text" | "basis"> & {readonly row: string; readonly report: string}
}

/** An office or part that the tables know somebody to have held. */
export type HeldOffice = {
  /** The holder, as the tables write the name. */
  readonly name: string
  /** `null` where none or several. */
  readonly country: string | null
  /** What kind of office or part: `head-of-state`, `foreign`, `opposition` … (knowledge/README.md). */
  readonly duty: string
  /** `null` where your own list gives none. */
  readonly sector: string | null
  /** First and last day that the tables know; `null` where your own list sets no bound. */
  readonly from: Day | null
  readonly to: Day | null
  /** Whether no end is known: then it lasted up to `to` at least. */
  readonly isOpen: boolean
  /** Whether it comes from memory and not from a source. */
  readonly isRecalled: boolean
}
