import type {Actor, EventRecord, Party, Telling} from "../0-records/index.ts"
import {tollsOf} from "./tolls.ts"
import {stem, stemsOf} from "./words.ts"

/**
 * Says what a report tells of each of its deeds.
 *
 * @param events  the report's rows; `event` is the deed's id within the report
 * @param floor  deeds whose surest mention is under it are passed over, since nobody sees them
 */
export function tellingsOf(events: readonly EventRecord[], floor: number): Omit<Telling, "isInRoundUp">[] {
  const deeds = new Map<string, EventRecord[]>()
  for (const event of events) deeds.set(event.event, [...(deeds.get(event.event) ?? []), event])
  return [...deeds].flatMap(([id, mentions]) => (mentions.some(({confidence}) => confidence >= floor) ? [tellingOf(id, mentions)] : []))
}

function tellingOf(id: string, mentions: readonly EventRecord[]): Omit<Telling, "isInRoundUp"> {
  const rank = ({status, confidence}: EventRecord) => (status === "actual" ? 1 : 0) + confidence / 2
  const [head, ...others] = [...mentions].sort((a, b) => rank(b) - rank(a)) as [EventRecord, ...EventRecord[]]
  const dated = [head, ...others].find(({date}) => date !== null && date.basis !== "implied") ?? head
  const placed = [head, ...others].find(({place}) => place !== null)?.place ?? null
  const sides = (role: "actors" | "recipients") => partiesOf(head[role].length > 0 ? head[role] : others.flatMap(other => other[role]))
  const [actors, recipients] = [sides("actors"), sides("recipients")]
  const sentences = [...new Set([head, ...others].map(({sentence}) => sentence.text))].slice(0, 3)
  const named = [...head.actors, ...head.recipients, ...(placed ? [placed] : [])].flatMap(({text, name}) => lowered(`${text} ${name}`))
  const text = sentences.join(" ")
  const towns = [...new Set([...(placed?.level === "unknown" ? capitalised(placed.text) : []), ...townsOf(sentences[0]!, [...actors, ...recipients])])]
  return {
    id,
    type: head.type,
    mode: head.mode,
    outcome: head.status === "background" ? "actual" : head.status,
    days: dated.date && {from: dated.date.from, to: dated.date.to, isStated: dated.date.basis !== "implied"},
    isBackground: head.status === "background",
    published: head.report.published,
    actors,
    recipients,
    place: placed && {
      name: placed.name,
      country: placed.country,
      lat: placed.lat,
      lon: placed.lon,
      isTown: placed.level === "city" || placed.level === "point",
    },
    towns,
    tolls: sentences.flatMap(tollsOf),
    ordinals: (sentences[0]!.match(/\b(?:second|third|fourth|fifth|sixth|another|further|again|more|returned|separate)\b/gi) ?? []).map(word =>
      word.toLowerCase(),
    ),
    words: stemsOf(text, new Set(named)).slice(0, 40),
    trigger: stem(head.trigger.text.split(/\s+/)[0] ?? ""),
    sentences: [...new Set(mentions.map(({sentence}) => sentence.index))],
    keys: keysOf([...actors, ...recipients], placed, towns),
  }
}

const lowered = (text: string) =>
  text
    .toLowerCase()
    .match(/\p{L}[\p{L}'’]*/gu)
    ?.map(word => word.replace(/['’]s?$/, "")) ?? []

function partiesOf(sides: readonly Actor[]): Party[] {
  const parties = sides.map(
    ({name, kind, country, sector}): Party => ({name, country, sector, as: isKind(name, kind) ? "kind" : kind === "person" ? "person" : "body"}),
  )
  return parties.filter(
    (party, at) => parties.findIndex(({name, country, sector}) => name === party.name && country === party.country && sector === party.sector) === at,
  )
}

/** Whether a name only says what somebody is: "gunmen", "Islamist militants", "the Thai prime minister". */
function isKind(name: string, kind: Actor["kind"]): boolean {
  return kind === "group" || !/\p{Lu}\S*$/u.test(name) || /^(?:President|Minister|King|Queen)$/.test(name)
}

/** Names within a phrase that the tables do not know: "a block of flats in Vysoke". */
const capitalised = (phrase: string) => (phrase.match(/\p{Lu}[\p{L}’'-]+/gu) ?? []).map(word => word.toLowerCase().replace(/['’]s$/, ""))

/** Capitalised words after a word of place, which a coder may have linked to nothing. */
function townsOf(sentence: string, sides: readonly Party[]): string[] {
  const found = sentence.matchAll(
    /\b(?:in|at|near|outside|hit|struck|shelled|raided|attacked|of|around|village of|town of|city of)\s+(?:the\s+)?(\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)?)/gu,
  )
  const names = new Set(sides.flatMap(({name}) => lowered(name)))
  return [...found]
    .map(([, town = ""]) => town.toLowerCase().replace(/['’]s$/, ""))
    .filter(town => !months.test(town) && !lowered(town).some(word => names.has(word)))
}

const months =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/

/** The surest first. Those who are known by what they are alone begin with `~`: "gunmen" may be anybody's. */
function keysOf(sides: readonly Party[], place: EventRecord["place"], towns: readonly string[]): string[] {
  const countries = sides.map(({country}) => (country === "IGO" ? null : country))
  const names = sides.map(({name, as}) => (as === "kind" ? `~${name.split(/\s+/).at(-1)!.toLowerCase()}` : name))
  const keys = [...countries, place?.level === "unknown" ? null : place?.name, ...towns, ...names, place?.country]
  return [...new Set(keys.filter((key): key is string => typeof key === "string" && !key.includes("|")))]
}
