import {daysBetween, type Party, type Telling, type Toll} from "../0-records/index.ts"
import {alike} from "./words.ts"

/** What speaks for two tellings being of one deed; `undefined` where something speaks against it. */
export type Likeness = {
  /** Sum of the weights below; `least` and more is one deed. */
  readonly score: number
  /** In words, for a person to judge. */
  readonly reasons: readonly string[]
}

/** The least score of two tellings of one deed; chosen for pairwise F1 on the tuned part of test/7-gather. */
export const least = 1.8

/** Whether two tellings may be of one deed at all: of most pairs nothing else is to be asked. */
export const isLike = (one: Telling, other: Telling): boolean => one.type === other.type && one.outcome === other.outcome

/**
 * Compares what two reports tell.
 *
 * Another type, another outcome, other sides, other stated days, another town and another toll are each another deed. A later
 * report may give a higher toll where town and day agree: tolls rise.
 */
export function likeness(one: Telling, other: Telling): Likeness | undefined {
  if (!isLike(one, other)) return undefined
  // Most pairs are told apart by the first of these, which is quickest.
  const sides = sidesOf(one, other)
  const days = sides && daysOf(one, other)
  const places = days && placesOf(one, other)
  const tolls = places && tollsOf(one, other, places.weight >= sameTown)
  if (!tolls) return undefined
  const found: Part[] = [sides, days, places, tolls, ordinalsOf(one, other), modesOf(one, other), wordsOf(one, other)]
  return {score: found.reduce((sum, {weight}) => sum + weight, 0), reasons: found.flatMap(({reason}) => reason ?? [])}
}

/** One thing that speaks for or against. */
type Part = {readonly weight: number; readonly reason?: string}

const mutual: readonly string[] = ["CONSULT", "COOPERATE", "AGREE"]

function sidesOf(one: Telling, other: Telling): Part | undefined {
  if (mutual.includes(one.type)) {
    const [some, others] = [
      [...one.actors, ...one.recipients],
      [...other.actors, ...other.recipients],
    ]
    const matched = matching(some, others)
    if (some.length > matched.pairs && others.length > matched.pairs) return undefined
    return {weight: Math.min(2, matched.weight), ...(matched.names.length > 0 && {reason: `the same sides: ${matched.names.join(", ")}`})}
  }
  const [actors, recipients] = [roleOf(one.actors, other.actors), roleOf(one.recipients, other.recipients)]
  if (!actors || !recipients) return undefined
  const reasons = [
    actors.names.length > 0 && `the same actor: ${actors.names.join(", ")}`,
    recipients.names.length > 0 && `the same recipient: ${recipients.names.join(", ")}`,
  ].filter(reason => reason !== false)
  return {weight: Math.min(1, actors.weight) + Math.min(1, recipients.weight), ...(reasons.length > 0 && {reason: reasons.join("; ")})}
}

type Matched = {readonly weight: number; readonly pairs: number; readonly names: readonly string[]}

/** `undefined` where both name somebody and nobody can be the same. */
function roleOf(some: readonly Party[], others: readonly Party[]): Matched | undefined {
  if (some.length === 0 || others.length === 0) return nobody
  const matched = matching(some, others)
  return matched.pairs > 0 ? matched : undefined
}

/** Pairs off those who can be the same, the likeliest first. */
function matching(some: readonly Party[], others: readonly Party[]): Matched {
  if (some.length === 1 && others.length === 1) return paired(some[0]!, others[0]!)
  const pairs: {i: number; j: number; name: string; weight: number}[] = []
  for (const [i, a] of some.entries()) {
    for (const [j, b] of others.entries()) {
      const weight = partyWeight(a, b)
      if (weight !== undefined) pairs.push({i, j, name: a.as === "kind" ? b.name : a.name, weight})
    }
  }
  if (pairs.length > 1) pairs.sort((a, b) => b.weight - a.weight)
  const kept: typeof pairs = []
  for (const pair of pairs) if (!kept.some(({i, j}) => i === pair.i || j === pair.j)) kept.push(pair)
  return {
    weight: kept.reduce((sum, {weight}) => sum + weight, 0),
    pairs: kept.length,
    names: [...new Set(kept.flatMap(({weight, name}) => (weight >= 0.5 ? [name] : [])))],
  }
}

const nobody: Matched = {weight: 0, pairs: 0, names: []}

/** `matching` of one and one, which most are. */
function paired(a: Party, b: Party): Matched {
  const weight = partyWeight(a, b)
  if (weight === undefined) return nobody
  return {weight, pairs: 1, names: weight >= 0.5 ? [a.as === "kind" ? b.name : a.name] : []}
}

/** Those who act for a state. */
const state = new Set(["GOV", "MIL", "COP", "JUD", "SPY", "LEG"])

/** Those whom another report may call by what they do: protesters may be teachers, and teachers are no doctors. */
const anybody = new Set(["CVL", "OPP", "PRO", "REF", "UAF", "REB"])

/** How likely two parties are the same; `undefined` where they cannot be. */
function partyWeight(a: Party, b: Party): number | undefined {
  const isNamed = a.as !== "kind" && b.as !== "kind"
  if (isNamed && a.name === b.name) return 1
  if (a.country !== null && b.country !== null && a.country !== b.country) {
    // Whose people "residents" are is often a guess.
    return a.as === "kind" && b.as === "kind" && isAnybody(a) && isAnybody(b) ? 0 : undefined
  }
  if (isSameName(a.name, b.name)) return 1
  if (a.as === "person" && b.as === "person") return undefined
  const isSameCountry = a.country !== null && a.country === b.country && a.country !== "IGO"
  if (isSameCountry) {
    if (a.sector === b.sector) return isNamed && a.as === b.as && a.sector !== null && !state.has(a.sector) ? undefined : 0.9
    if (a.sector === null || b.sector === null) return state.has(a.sector ?? b.sector!) ? 0.8 : 0.4
    if (state.has(a.sector) !== state.has(b.sector)) return undefined
    if (state.has(a.sector)) return 0.6
    return isAnybody(a) || isAnybody(b) ? 0.3 : undefined
  }
  if (isNamed && a.sector !== null && b.sector !== null) return undefined
  if (a.sector !== null && b.sector !== null) {
    if (a.sector === b.sector) return 0.4
    return state.has(a.sector) !== state.has(b.sector) ? undefined : isAnybody(a) || isAnybody(b) ? 0.2 : 0
  }
  return a.name === b.name ? 0.4 : 0.1
}

const isAnybody = ({sector}: Party) => sector === null || anybody.has(sector)

/** Whether the capitalised words of one name all stand in the other: "Ayari" and "Salem Ayari", "Boko Haram" and "suspected Boko Haram militants". */
function isSameName(one: string, other: string): boolean {
  const [a, b] = [one, other].map(name => (name.match(/\p{Lu}[\p{L}’'-]+/gu) ?? []).map(word => word.replace(/['’]s$/, ""))) as [string[], string[]]
  const [few, many] = a.length < b.length ? [a, b] : [b, a]
  return few.some(word => word.length > 3) && few.every(word => many.includes(word))
}

function daysOf(one: Telling, other: Telling): Part | undefined {
  const [a, b] = [one.days, other.days]
  if (a && b) {
    if (a.isStated && b.isStated) {
      if (a.to < b.from || b.to < a.from) return undefined
      const isExact = a.from === b.from && a.to === b.to
      return {
        weight: isExact && daysBetween(a.from, a.to) < 7 ? 0.8 : 0.4,
        reason: isExact ? `on the same day, ${a.from}` : `on days that meet, ${a.from} and ${b.from}`,
      }
    }
    if (!a.isStated && !b.isStated) {
      const apart = Math.abs(daysBetween(a.from, b.from))
      return apart > 2
        ? undefined
        : {weight: 0.5 - apart * 0.15, reason: apart === 0 ? `told on the same day, ${a.from}` : `told ${apart} day${apart === 1 ? "" : "s"} apart`}
    }
    const [stated, told] = a.isStated ? [a, b] : [b, a]
    const late = daysBetween(stated.to, told.from)
    if (told.from < stated.from || late > 3) return undefined
    return {
      weight: late <= 0 ? 0.5 : 0.4 - late * 0.1,
      reason: `told ${late <= 0 ? "on the day" : `${late} day${late === 1 ? "" : "s"} after`}, ${stated.from}`,
    }
  }
  if (one.published === null || other.published === null) return {weight: 0}
  const days = a ?? b
  if (!days) return Math.abs(daysBetween(one.published, other.published)) <= 7 ? {weight: 0.3} : undefined
  // What is told as history without a day may be anything that was news in the two months before.
  const told = a ? other.published : one.published
  const late = daysBetween(days.to, told)
  return one.outcome === "actual" ? (told >= days.from && late <= 62 ? {weight: 0} : undefined) : Math.abs(late) <= 31 ? {weight: 0.1} : undefined
}

/** Weight of one town for both. */
const sameTown = 0.9

function placesOf(one: Telling, other: Telling): Part | undefined {
  const [a, b] = [one.place, other.place]
  if (a?.isTown && b?.isTown) {
    const isOne = a.name.toLowerCase() === b.name.toLowerCase() || (kilometres(a, b) ?? Number.POSITIVE_INFINITY) < 12
    return isOne ? {weight: sameTown, reason: `in ${a.name}`} : undefined
  }
  if (a && b && a.country !== null && b.country !== null && a.country !== b.country) return undefined
  const towns = [one, other].map(({place, towns}) => (place?.isTown ? [place.name.toLowerCase(), ...towns] : towns)) as [string[], string[]]
  const shared = towns[0].find(town => towns[1].includes(town))
  if (shared !== undefined) return {weight: a || b ? sameTown : 0.5, reason: `in ${shared.replace(/^\p{L}/u, letter => letter.toUpperCase())}`}
  if (towns[0].length > 0 && towns[1].length > 0) return isLinked(one) && isLinked(other) ? undefined : {weight: -0.5}
  return a && b && a.name === b.name ? {weight: 0.2, reason: `in ${a.name}`} : {weight: 0}
}

/** Whether a town is said to be the deed's place, and does not just stand in its sentence. */
const isLinked = ({place, towns}: Telling) => place !== null && (place.isTown || towns.length > 0)

/** Between two places; `undefined` where one has no point. Flat, which is good enough for neighbours. */
function kilometres(a: NonNullable<Telling["place"]>, b: NonNullable<Telling["place"]>): number | undefined {
  if (a.lat === null || a.lon === null || b.lat === null || b.lon === null) return undefined
  const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180)
  return 111.2 * Math.hypot(a.lat - b.lat, east)
}

/** Counts of the same thing that differ are of two deeds, unless the toll of one rose. */
function tollsOf(one: Telling, other: Telling, isSameTown: boolean): Part | undefined {
  let equal: Toll | undefined
  for (const a of one.tolls) {
    for (const b of other.tolls) {
      if (a.count === b.count) {
        if (!equal || a.count > equal.count) equal = a
        continue
      }
      const isSameThing = a.of.some(what => b.of.includes(what))
      if (isSameThing && !one.tolls.some(c => b.count === c.count) && !other.tolls.some(c => a.count === c.count) && !canRise(one, a, other, b, isSameTown))
        return undefined
    }
  }
  if (equal && equal.count > 1) return {weight: equal.count > 9 ? 0.8 : 0.6, reason: `the same count, ${equal.count}`}
  return {weight: one.tolls.length > 0 && other.tolls.length > 0 ? -0.1 : 0}
}

function canRise(one: Telling, a: Toll, other: Telling, b: Toll, isSameTown: boolean): boolean {
  if (!a.of.some(what => ["dead", "wounded", "held", "taken"].includes(what))) return a.isLeast && b.count >= a.count ? true : b.isLeast && a.count >= b.count
  const [early, late] = a.count < b.count ? [one, other] : [other, one]
  const inOrder = early.published === null || late.published === null || early.published <= late.published
  const daysAgree = one.days !== null && other.days !== null && one.days.from <= other.days.to && other.days.from <= one.days.to
  return inOrder && isSameTown && (daysAgree || one.isBackground || other.isBackground)
}

/** "second" and "third" are two; "again" and the like only make it less likely. */
function ordinalsOf(one: Telling, other: Telling): Part {
  const numbered = ({ordinals}: Telling) => ordinals.filter(word => /^(?:second|third|fourth|fifth|sixth)$/.test(word))
  const [a, b] = [numbered(one), numbered(other)]
  if (a.length > 0 && b.length > 0) return {weight: a.some(word => b.includes(word)) ? 0.2 : -1}
  return {weight: one.ordinals.length > 0 !== other.ordinals.length > 0 ? -0.15 : 0}
}

function modesOf({mode: a}: Telling, {mode: b}: Telling): Part {
  return {weight: a === null || b === null ? 0 : a === b ? 0.2 : -0.4}
}

function wordsOf(one: Telling, other: Telling): Part {
  const share = alike(one.words, other.words)
  const isSameTrigger = one.trigger === other.trigger
  return {weight: share * 1.6 + (isSameTrigger ? 0.2 : 0), ...(share >= 0.25 && {reason: `told in like words (${Math.round(share * 100)}% in common)`})}
}
