import {addDays, type Day, type Days} from "./day.ts"

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
  /** Whether its report tells of several affairs, and so belongs to none of them. */
  readonly isInRoundUp: boolean
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

/** The days on which another telling of the same deed may be set; `null` where nothing tells. */
export function daysAround({days, published, isBackground}: Telling): Days | null {
  if (days) return {from: days.from, to: days.to}
  if (published === null) return null
  return isBackground ? {from: addDays(published, -62), to: published} : {from: addDays(published, -31), to: addDays(published, 31)}
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

/** What of a report is to be gathered: what a store needs to find what is near. */
export type Sketch = {readonly bands: readonly number[]; readonly tellings: readonly Telling[]; readonly profile: Profile}

/** What is near a report that is to be gathered. */
export type Near = {
  /** Reports that share a band of the text's signature. */
  readonly copies: readonly Copy[]
  readonly tellings: readonly Placed[]
  readonly reports: readonly ({readonly report: number} & Profile)[]
  /** What was ruled by hand of the report's tellings: each with a placed one, by its number, that tells the same deed, or another. */
  readonly together: readonly (readonly [string, number])[]
  readonly apart: readonly (readonly [string, number])[]
  /** Placed tellings that were set apart by hand: a deed with one of them is joined with no other. */
  readonly setApart: readonly number[]
}

/** A report that another may be a copy of; `copyOf` is the first of its text, itself where it is that. */
export type Copy = {readonly report: number; readonly text: string; readonly copyOf: number}

/** A telling as a ruling names it: by its report and its id there, with its number where it was gathered. */
export type Named = {readonly report: number; readonly id: string; readonly number: number | null}

/** What a store is asked for to gather a batch of reports: all of it, and more, is near one of them. */
export type Wanted = {
  readonly reports: readonly number[]
  readonly bands: readonly {readonly report: number; readonly band: number}[]
  /** Tellings of this type, outcome and key on these days; on any where they are `null`. */
  readonly tellings: readonly {readonly type: string; readonly outcome: string; readonly key: string; readonly days: Days | null}[]
  /** Reports published on these days. */
  readonly published: readonly Days[]
}

/** What stands in a store near any report of a batch. */
export type Nearby = {
  /** Grows with each gathering: what was computed from an older one is out of date. */
  readonly generation: number
  readonly copies: readonly Copy[]
  /** How many bands a report of the batch shares with a copy. */
  readonly shared: readonly {readonly report: number; readonly copy: number; readonly bands: number}[]
  readonly tellings: readonly Placed[]
  readonly reports: readonly ({readonly report: number} & Profile)[]
  /** Rulings by hand on tellings of the batch: each with another telling that tells the same deed, or another deed. */
  readonly rulings: readonly {readonly kind: "merge" | "split"; readonly one: Named; readonly other: Named}[]
  readonly setApart: readonly Named[]
}

/** How a report was gathered. */
export type Gathered = {
  readonly report: number
  readonly run: number
  readonly bands: readonly number[]
  /** The first report of nearly the same text and the share of it in common; `null` where there is none. */
  readonly copyOf: {readonly report: number; readonly likeness: number} | null
  readonly tellings: readonly {
    readonly telling: Telling
    /** Its number among the store's mentions: that of the first that tells it. */
    readonly number: number
    /** Numbers of tellings, one of each deed that it is one with; empty where it stands alone. */
    readonly joins: readonly number[]
    readonly reasons: readonly string[]
  }[]
  readonly profile: Profile
  /** Reports of the same affair, with why. */
  readonly links: readonly {readonly report: number; readonly reason: string}[]
}

/** A batch of reports, as they were gathered one after another. */
export type GatheredBatch = {readonly generation: number; readonly reports: readonly Gathered[]}
