import type {Identity, Marks, Resolved, Span} from "../0-records/index.ts"
import type {Reference} from "./coreference.ts"
import {isLandOf} from "./lands.ts"

/** A country that the report's words name, where they stand; UTF-16 units. */
export type CountryWord = {readonly country: string; readonly at: number}

/** Where a report's actors may belong. */
export type Scene = {
  readonly text: string
  readonly places: Resolved["places"]
  readonly marks: Marks
  readonly sentences: readonly Span[]
  /** Countries, capitals, regions and nationalities in the text, in text order. */
  readonly words: readonly CountryWord[]
  /** Countries that the title names. */
  readonly title: readonly string[]
  /** The country of the dateline. */
  readonly dateline: string | null
}

/**
 * Gives actors whose words tell no country ("the police", "Defence Minister Li Wen") the one that the report's other words
 * make likely enough; all mentions of one actor get the same. Whoever belongs to an international body gets none.
 *
 * How likely a country is was fitted as one choice among those told of, and none, on half of the annotated news (`weights`; whoever says "we": on all of the half).
 */
export function atHome(reference: Reference, scene: Scene): Reference {
  const homes = new Map<number, string>()
  const isBodyTold = reference.identities.some(list => list.some(({kind}) => kind === "igo"))
  for (const {entity, name, group, candidates, close} of homelessIn(reference, scene)) {
    if (isBodyTold && isPeacekeeper.test(name)) {
      homes.set(entity, "IGO")
      continue
    }
    // Whoever has a Peruvian counterpart is of another country, most likely of one that the same sentence names.
    const likely = candidates.filter(({country}) => close.has(country))
    let best: {country: string; odds: number} | undefined
    let all = 1
    for (const {country, signs} of likely.length > 0 ? likely : candidates) {
      const odds = Math.exp(scoreOf(group, signs))
      all += odds
      if (!best || odds > best.odds) best = {country, odds}
    }
    if (best && (best.odds > least * all || likely.length > 0)) homes.set(entity, best.country)
  }
  const countries = new Map(reference.entities.map((entity, index) => [entity, reference.identities[index]?.[0]?.country ?? homes.get(entity)]))
  const identities = reference.identities.map((list, index) => {
    const entity = reference.entities[index] ?? -1
    const pair = reference.pairs.get(entity)
    if (pair && list.length === pair.length) return list.map((one, at) => homed(one, homes.get(pair[at] ?? -1)))
    const owner = countries.get(reference.owners.get(entity) ?? -1)
    const home = owner && owner !== "IGO" ? owner : homes.get(entity)
    return list.length === 1 ? list.map(one => homed(one, home)) : list
  })
  return {...reference, identities}
}

/** Whoever keeps the peace is an international body's where one is told of. */
const isPeacekeeper = /\b(?:peacekeep|blue helmet)/i

/** Kinds of actors that differ in how surely they belong to the country that is told of. */
type Group = "home" | "state" | "armed" | "abroad" | "unknown" | "voice"
// biome-ignore format: a table
const groups: Readonly<Record<string, Group>> = {
  COP: "home", JUD: "home", LEG: "home", OPP: "home", PRO: "home", CVL: "home", LAB: "home", PTY: "home", AGR: "home", EDU: "home", HLH: "home",
  GOV: "state", MIL: "state", SPY: "state", ELI: "state",
  REB: "armed", UAF: "armed", SEP: "armed", CRM: "armed",
  BUS: "abroad", MED: "abroad", NGO: "abroad", REL: "abroad", REF: "abroad",
}

/**
 * What speaks for a country, each 0 or 1 but for the two shares: always 1; its share of the countries told of by mentions and
 * places; its share of all country words; being the only one; the most told of; the dateline's; in the title; where an event of
 * the actor happens; where the actor's sentence has a place; the last told of before the actor in its sentence; the next after
 * it; on the other side of its events; on its own side; the last told of before; the first of the report.
 */
type Signs = readonly number[]

/** An actor without a country, and the countries that it may belong to. */
type Homeless = {
  readonly entity: number
  readonly name: string
  readonly group: Group
  readonly candidates: readonly {readonly country: string; readonly signs: Signs}[]
  /** Countries that the sentences with its mentions name; empty where it may be of any country. */
  readonly close: ReadonlySet<string>
}

/** The probability from which a country is believed. On the other half .4 gives .003 more sides right, and a quarter more wrong ones. */
const least = 0.5
/** One for each of the signs. On the other half, answers are right for 0.89 (home), 0.83 (state), 0.79, 0.76 and 0.79 of actors. */
const weights: Readonly<Record<Group, readonly number[]>> = {
  home: [-1.1, 1.8, 0.6, 1.5, -0.5, 0.6, 2.3, 1.9, 1.1, 0.5, -0.1, -0.8, 0.5, 0.2, 0.6],
  state: [-1.5, 1.3, 0.3, 1.4, -0.3, 0.8, 1.9, 0.8, 0, 0.8, -0.5, -0.7, 1.4, 0.7, 1.2],
  armed: [-1.6, 0.4, 1.2, 0.8, 0.2, 1.4, 1.3, 1.1, 0.9, 0.6, 0.2, -0.8, 1.8, 0, 0.7],
  abroad: [-2.1, 1.2, -0.2, 1.3, 0, 0.8, 1.7, 1.6, 0.4, 0, -0.3, -0.5, 0.6, 0.7, 0.6],
  unknown: [-1.9, 1.6, 1.1, 0.6, 0, 1.2, 0.9, 0.2, 0, 0, 0.2, -0.6, 1.1, 0.3, 0.5],
  voice: [-0.1, 2.4, 2.2, 2, -1, 1.5, -1.3, -0.7, -0.8, -0.1, -0.1, -1.3, 0.4, -0.1, 0.5],
}

const scoreOf = (group: Group, signs: Signs) => signs.reduce((sum, sign, at) => sum + sign * (weights[group][at] ?? 0), 0)

function homelessIn({entities, identities, notOf}: Reference, scene: Scene): Homeless[] {
  const {marks, places, words, title, dateline} = scene
  const {mentions, triggers} = marks
  const members = new Map<number, number[]>()
  for (const [index, entity] of entities.entries()) {
    const list = identities[index] ?? []
    if (entity < 0 || list.length !== 1) continue
    const known = members.get(entity)
    if (known) known.push(index)
    else members.set(entity, [index])
  }
  const told = new Map(countriesOf(identities, places))
  const spoken = new Map<string, number>()
  for (const {country} of words) spoken.set(country, (spoken.get(country) ?? 0) + 1)
  for (const country of [...title, ...(dateline ? [dateline] : []), ...spoken.keys()]) if (!told.has(country)) told.set(country, 0)
  const all = Math.max(
    1,
    [...told.values()].reduce((sum, one) => sum + one, 0),
  )
  const allSpoken = Math.max(1, words.length)
  const most = [...told].sort(([a, m], [b, n]) => n - m || (spoken.get(b) ?? 0) - (spoken.get(a) ?? 0) || (a < b ? -1 : 1))[0]?.[0]
  const sides = sidesOf(marks)
  const stagesOf = (index: number) => triggersOf(index, sides).flatMap(at => triggers[at]?.places.flatMap(({mention}) => places[mention]?.country ?? []) ?? [])
  const bySentence = new Map<number, number[]>()
  for (const [index, {sentence}] of mentions.entries()) {
    const known = bySentence.get(sentence)
    if (known) known.push(index)
    else bySentence.set(sentence, [index])
  }
  const countriesAt = (index: number) => (identities[index] ?? []).flatMap(({country}) => (country && country !== "IGO" ? [country] : []))
  const isToldHere = (index: number) => identities[index]?.[0]?.basis !== "resolved"
  const attackersOf = ({type, actors}: Marks["triggers"][number]) =>
    type === "ASSAULT" ? actors.flatMap(({mention}) => (identities[mention]?.[0]?.kind === "country" ? countriesAt(mention) : [])) : []
  const latestBefore = latestCountries(mentions.length, countriesAt)

  const firstWord = words[0]?.country
  const found: Homeless[] = []
  for (const [entity, list] of members) {
    const first = list[0]!
    const identity = identities[first]![0]!
    if (list.some(index => !isHomeless(identities[index]![0]!) || isOfNoCountry(identities[index]![0]!))) continue
    const stages = new Set(list.flatMap(stagesOf))
    const near = list.flatMap(index => bySentence.get(mentions[index]!.sentence) ?? [])
    const placesNear = new Set(near.flatMap(index => (mentions[index]!.kind === "place" ? (places[index]?.country ?? []) : [])))
    const own = bySentence.get(mentions[first]!.sentence) ?? []
    const before = own
      .filter(index => mentions[index]!.end <= mentions[first]!.start)
      .flatMap(countriesAt)
      .at(-1)
    const after = own.filter(index => mentions[index]!.start >= mentions[first]!.end).flatMap(countriesAt)[0]
    const against = new Set(list.flatMap(index => othersOf(index, sides, triggers, true).filter(isToldHere).flatMap(countriesAt)))
    const beside = new Set(list.flatMap(index => othersOf(index, sides, triggers, false).flatMap(countriesAt)))
    const latest = latestBefore[first]
    // Whom Israel strikes is not Israel's; its police may well strike its own.
    const attackers = new Set(list.flatMap(index => (sides.recipients.get(index) ?? []).flatMap(at => attackersOf(triggers[at]!))))
    const is = (truth: boolean) => (truth ? 1 : 0)
    const candidates = [...told]
      .filter(
        ([country]) => !notOf.get(entity)?.has(country) && !attackers.has(country) && (!isLandNoun.test(identity.name) || isLandOf(identity.name, country)),
      )
      .map(([country, count]) => ({
        country,
        signs: [
          1,
          count / all,
          (spoken.get(country) ?? 0) / allSpoken,
          is(told.size === 1),
          is(country === most),
          is(country === dateline),
          is(title.includes(country)),
          is(stages.has(country)),
          is(placesNear.has(country) && !stages.has(country)),
          is(country === before),
          is(country === after),
          is(against.has(country)),
          is(beside.has(country)),
          is(country === latest),
          is(country === firstWord),
        ],
      }))
    // "In neighbouring Uganda, interns …": who is first told of there is of there.
    const {start} = scene.sentences[mentions[first]!.sentence]!
    const stage = words.find(({at}) => at > start && at < mentions[first]!.start && /^In (?:\p{Ll}+ ){0,2}$/u.test(scene.text.slice(start, at)))?.country
    const others = notOf.get(entity)
    const sentencesOf = list.map(index => mentions[index]!.sentence)
    const besideOthers = others ? new Set([...placesNear, ...near.flatMap(countriesAt), ...spokenIn(sentencesOf, scene)]) : none
    const close = stage && !others?.has(stage) ? new Set([stage]) : besideOthers
    found.push({entity, name: identity.name, group: isVoice(identity) ? "voice" : (groups[identity.sector ?? ""] ?? "unknown"), candidates, close})
  }
  return found
}

const none: ReadonlySet<string> = new Set()

/** Countries that the words of some sentences name. */
function spokenIn(indices: readonly number[], {words, sentences}: Scene): string[] {
  const spans = new Set(indices.map(index => sentences[index]))
  return words.flatMap(({country, at}) => ([...spans].some(span => span && span.start <= at && at < span.end) ? [country] : []))
}

/** For each mention, the country of the last mention before it that has one. */
function latestCountries(count: number, countriesAt: (index: number) => readonly string[]): (string | undefined)[] {
  let latest: string | undefined
  return Array.from({length: count}, (_, index) => {
    const before = latest
    latest = countriesAt(index).at(-1) ?? latest
    return before
  })
}

type Sides = {readonly actors: ReadonlyMap<number, readonly number[]>; readonly recipients: ReadonlyMap<number, readonly number[]>}

/** For each mention, the triggers that it is actor and recipient of. */
function sidesOf({triggers}: Marks): Sides {
  const [actors, recipients] = [new Map<number, number[]>(), new Map<number, number[]>()]
  for (const [at, trigger] of triggers.entries()) {
    for (const {mention} of trigger.actors) actors.set(mention, [...(actors.get(mention) ?? []), at])
    for (const {mention} of trigger.recipients) recipients.set(mention, [...(recipients.get(mention) ?? []), at])
  }
  return {actors, recipients}
}

const triggersOf = (index: number, {actors, recipients}: Sides) => [...(actors.get(index) ?? []), ...(recipients.get(index) ?? [])]

/** The mentions on the other side of a mention's events, or on its own. */
function othersOf(index: number, {actors, recipients}: Sides, triggers: Marks["triggers"], isOpposite: boolean): number[] {
  const of = (ats: readonly number[] | undefined, role: "actors" | "recipients") =>
    (ats ?? []).flatMap(at => triggers[at]?.[role].map(({mention}) => mention) ?? [])
  const found = isOpposite
    ? [...of(actors.get(index), "recipients"), ...of(recipients.get(index), "actors")]
    : [...of(actors.get(index), "actors"), ...of(recipients.get(index), "recipients")]
  return found.filter(other => other !== index)
}

/** Countries told of with how often, the most frequent first. */
export function countriesOf(identities: Reference["identities"], places: Resolved["places"] = []): (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const one of [...identities.flat(), ...places]) {
    const country = one?.country
    if (country && country !== "IGO") counts.set(country, (counts.get(country) ?? 0) + 1)
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
}

/** "the Caribbean nation" is one of those told of. */
const isLandNoun = /\b(?:country|nation|state|kingdom|republic|island|emirate|sultanate)$/

/**
 * Whether somebody is of several countries, or of none that the words tell: "foreign buyers", "other countries", "ministers
 * from around the world", and bodies that the tables have without a country, such as al-Qaeda.
 */
function isOfNoCountry({name, basis, country, kind}: Identity): boolean {
  if (basis === "known" && country === null && (kind === "armed-group" || kind === "organisation")) return true
  return fromAbroad.test(name) || fromMany.test(name) || severalLands.test(name) || ofAlliance.test(name) || helpers.test(name)
}

const fromAbroad =
  /\b(?:foreign|international|overseas|multinational|global)\b(?! (?:minist|affairs|secretar|office|policy|service|relations|exchange|trade|intelligence|department|airport))/
/** "several other NATO allies", "members of the Security Council" */
const ofAlliance = /\b\p{Lu}{2,} (?:allies|countries|members|member states|leaders|ministers)$|\bmembers of the (?:\p{Lu}\p{L}+ )*Security Council$/u
const helpers = /^(?:several |many |some |other )?(?:human )?(?:rights|aid|humanitarian|relief|environmental) (?:groups|organi[sz]ations|agencies)$/i
const fromMany = /\b(?:from|across|around|throughout) (?:around |across )?(?:the (?:world|globe|region)|other (?:countries|nations))/
const severalLands =
  /(?:^|\s)(?:countries|nations|powers|democracies|economies|member states)(?: (?:around|across|in|of) .*)?$|^(?:world|european|western|arab|african|asian|regional|other|many|several|most|some|all)(?: \p{Ll}+)? (?:leaders|governments|states|capitals|allies)$|^(?:governments|(?:its |their )?(?:allies|partners|donors)|(?:the )?(?:world|international community))$/iu

/** Whoever says "we" in a text that does not name them may be of a country that it does not name either. */
const isVoice = ({name}: Identity) => /^(?:I|me|my|you|your|we|us|ours?)$/i.test(name)

const isHomeless = ({country, kind}: Identity) => country === null && kind !== "igo"

function homed(identity: Identity, country: string | undefined): Identity {
  if (!country || !isHomeless(identity)) return identity
  return {...identity, country, code: `${country}${identity.sector ?? ""}`, basis: "resolved"}
}
