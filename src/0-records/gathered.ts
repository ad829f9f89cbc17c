import type {Day} from "./day.ts"

/** One side of a deed, as far as gathering compares it. */
export type Party = {
  readonly name: string
  readonly country: string | null
  readonly sector: string | null
  /** Whether a person is meant by name, some body by name, or only a kind ("gunmen", "the minister"). */
  readonly as: "person" | "body" | "kind"
}

/** A number that a sentence gives: of what, and whether it says "at least". */
export type Toll = {readonly of: readonly string[]; readonly count: number; readonly isLeast: boolean}

/** What one report tells of one deed: all that gathering compares. One for each deed of a report's coding. */
export type Telling = {
  /** The deed's id within its report: that of the mention which tells it first. */
  readonly id: string
  readonly type: string
  readonly mode: string | null
  /** `actual` for what happened, told as news or as history; else the status. */
  readonly outcome: string
  /** First and last day, and whether the text says so; a day by default is that of publication. `null` where nothing tells. */
  readonly days: {readonly from: Day; readonly to: Day; readonly isStated: boolean} | null
  readonly isBackground: boolean
  readonly published: Day | null
  readonly actors: readonly Party[]
  readonly recipients: readonly Party[]
  readonly place: {
    readonly name: string
    readonly country: string | null
    readonly lat: number | null
    readonly lon: number | null
    /** Whether it is a known town or point, and so tells deeds apart. */
    readonly isTown: boolean
  } | null
  /** Names of a place that the tables do not know, and capitalised words after "in", "near" and the like; lower case. */
  readonly towns: readonly string[]
  readonly tolls: readonly Toll[]
  /** "second", "another" and the like. */
  readonly ordinals: readonly string[]
  /** Stems of what the sentences say, without names, days and numbers. */
  readonly words: readonly string[]
  readonly trigger: string
  /** Indices of the sentences that tell it. */
  readonly sentences: readonly number[]
  /** Countries, names and places to look for others by. */
  readonly keys: readonly string[]
}

/** A telling that stands in the store: its number there, and that of the deed it was gathered into. */
export type Placed = {readonly telling: Telling; readonly number: number; readonly report: number; readonly deed: number}

/** A report as stories compare it. */
export type Profile = {
  readonly published: Day | null
  /** Stems of title and lead. */
  readonly words: readonly string[]
  /** Countries and names of those in its events, the most told first. */
  readonly keys: readonly string[]
}

/** What is near a report that is to be gathered. */
export type Near = {
  /** Grows with each gathering: what was computed from an older one is out of date. */
  readonly generation: number
  /** Reports that share a band of the text's signature. */
  readonly copies: readonly {readonly report: number; readonly text: string; readonly copyOf: number; readonly story: number}[]
  readonly tellings: readonly Placed[]
  readonly reports: readonly ({readonly report: number; readonly story: number} & Profile)[]
  /** What was ruled by hand of the report's tellings: each with a placed one, by its number, that tells the same deed, or another. */
  readonly together: readonly (readonly [string, number])[]
  readonly apart: readonly (readonly [string, number])[]
  /** Placed tellings that were set apart by hand: a deed with one of them is joined with no other. */
  readonly setApart: readonly number[]
}

/** How a report was gathered. */
export type Gathered = {
  readonly generation: number
  readonly report: number
  readonly run: number
  readonly bands: readonly number[]
  /** The first report of nearly the same text and the share of it in common; `null` where there is none. */
  readonly copyOf: {readonly report: number; readonly likeness: number} | null
  readonly tellings: readonly {
    readonly telling: Telling
    /** A placed telling's number, or the id of one of this report, for each deed that it is one with; empty where it stands alone. */
    readonly joins: readonly (number | string)[]
    readonly reasons: readonly string[]
  }[]
  readonly profile: Profile
  /** Reports of the same affair, with why. */
  readonly links: readonly {readonly report: number; readonly reason: string}[]
}
