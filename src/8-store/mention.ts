import type {Actor, EventRecord, Identity, Quote} from "../0-records/index.ts"
import {next, type Row, type Session, type Value, Values} from "./database.ts"
import {searchable} from "./words.ts"

/** How mentions and their sides stand in the tables. */

/** The number of each identity, and of its party. */
export type Actors = (side: Identity) => Numbers
type Numbers = {readonly actor: number; readonly party: number}

const nameOf = ({name, kind, country, sector, code}: Identity | Row) => JSON.stringify([name, kind, country, sector, code])

export async function internActors(
  session: Session,
  {events, quotes = []}: {readonly events: readonly EventRecord[]; readonly quotes?: readonly Quote[]},
): Promise<Actors> {
  const sides = [...events.flatMap(({actors, recipients}) => [...actors, ...recipients]), ...quotes.flatMap(({speaker}) => (speaker ? [speaker] : []))]
  const numbers = new Map<string, Numbers>()
  const names = [...new Set(sides.map(({name}) => name))]
  if (names.length > 0) {
    const values = new Values()
    const found = await session.all(
      `SELECT number, name, kind, country, sector, code, party_number FROM actors WHERE name IN ${values.addAll(names)}`,
      values.list,
    )
    for (const row of found) numbers.set(nameOf(row), {actor: row.number as number, party: row.party_number as number})
  }
  const fresh = [...new Map(sides.map(side => [nameOf(side), side]))].filter(([key]) => !numbers.has(key)).map(([, side]) => side)
  if (fresh.length > 0) {
    const parties = await internParties(session, [...new Set(fresh.map(partyOf))])
    const first = await next(session, "actors")
    for (const [at, side] of fresh.entries()) numbers.set(nameOf(side), {actor: first + at, party: parties.get(partyOf(side))!})
    await session.insert(
      "actors",
      ["number", "name", "folded", "kind", "country", "sector", "code", "party", "party_number"],
      fresh.map((side, at) => {
        const {name, kind, country, sector, code} = side
        return [first + at, name, name.toLowerCase(), kind, country, sector, code, partyOf(side), parties.get(partyOf(side))!]
      }),
    )
  }
  return side => numbers.get(nameOf(side))!
}

const partyOf = ({name, country}: Identity) => (country === null || country === "IGO" ? name : country)

async function internParties(session: Session, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const values = new Values()
  const found = await session.all(`SELECT number, name FROM parties WHERE name IN ${values.addAll(names)}`, values.list)
  const numbers = new Map(found.map(({name, number}) => [name as string, number as number]))
  const first = await next(session, "parties")
  const fresh = names.filter(name => !numbers.has(name)).map((name, at): [number, string] => [first + at, name])
  await session.insert("parties", ["number", "name"], fresh)
  for (const [number, name] of fresh) numbers.set(name, number)
  return numbers
}

/** What the rows are of, and the number of the first. */
export type Of = {readonly report: number; readonly run: number; readonly isCurrent: boolean; readonly first: number}

/** `report` is one for each event where they are of several. */
export async function addMentions(
  session: Session,
  events: readonly EventRecord[],
  actors: Actors,
  {report, run, isCurrent, first}: Omit<Of, "report"> & {readonly report: number | readonly number[]},
): Promise<void> {
  if (events.length === 0) return
  const heads = headsOf(events)
  await session.insert(
    "mentions",
    [
      "number",
      "report",
      "run",
      "id",
      "event",
      "own_event",
      "head",
      "own_head",
      "is_current",
      "confidence",
      "story",
      "publisher",
      ...fieldColumns,
      ...partyColumns,
    ],
    events.map((event, at) => [
      ...[
        first + at,
        typeof report === "number" ? report : report[at]!,
        run,
        event.id,
        event.event,
        event.event,
        first + heads[at]!,
        first + heads[at]!,
        isCurrent,
        event.confidence,
        event.story,
        event.report.publisher,
      ],
      ...fieldValues(event),
      ...partyValues(event, actors),
    ]),
  )
  await addSides(
    session,
    events.map((event, at) => ({event, mention: first + at})),
    actors,
  )
}

/** What a coder writes and a reviewer may change, as columns. */
export const fieldColumns = [
  ...["type", "mode", "status", "quad", "intensity", "cameo", "contexts", "day_from", "day_to", "place_name", "place_folded", "place_country"],
  ...["place_level", "place_lat", "place_lon"],
  ...["sentence", "words", "sentence_index", "sentence_start_at", "sentence_end_at", "trigger_words", "actors", "recipients", "date", "place"],
]

export function fieldValues(event: EventRecord): Value[] {
  const {sentence, date, place} = event
  return [
    ...[event.type, event.mode, event.status, event.quad, event.intensity, event.cameo, json(event.contexts)],
    ...[date?.from ?? null, date?.to ?? null, place?.name ?? null, place?.name.toLowerCase() ?? null, place?.country ?? null],
    ...[place?.level ?? null, place?.lat ?? null, place?.lon ?? null],
    ...[sentence.text, searchable(sentence.text), sentence.index, sentence.start, sentence.end],
    ...[json(event.trigger), json(event.actors), json(event.recipients), json(date), json(place)],
  ]
}

/** Whose doings a mention is counted among, as columns. */
export const partyColumns = ["actor_parties", "recipient_parties", "dyad_parties"]

export function partyValues(event: EventRecord, actors: Actors): Value[] {
  const once = (numbers: readonly number[]) => (numbers.length === 0 ? [0] : [...new Set(numbers)].sort((a, b) => a - b))
  const parties = (sides: readonly Actor[]) => once(sides.map(side => actors(side).party))
  return [parties(event.actors), parties(event.recipients), once(pairsOf(event, actors).map(([one, other]) => pairNumber(one.party, other.party)))]
}

/** The one number of an actor's and a recipient's party: 26 bits each, since more than 53 are no exact number here. */
export const pairNumber = (actor: number, recipient: number) => actor * 2 ** 26 + recipient

/** What a coder writes of a quote and a reviewer may change, as columns. */
export const quoteFieldColumns = ["kind", "speaker", "content_text", "words", "content", "cue", "speaker_words", "sentence"]

export const quoteFieldValues = ({kind, speaker, content, cue, sentence}: Quote, actors: Actors): Value[] => [
  ...[kind, speaker && actors(speaker).actor, content.text, searchable(content.text)],
  ...[json(content), json(cue), json(speaker), json(sentence)],
]

export async function addSides(session: Session, told: readonly {readonly event: EventRecord; readonly mention: number}[], actors: Actors): Promise<void> {
  await session.insert(
    "sides",
    ["mention", "role", "actor"],
    told.flatMap(({event, mention}) => [
      ...distinct(event.actors, actors).map(({actor}) => [mention, "actor", actor]),
      ...distinct(event.recipients, actors).map(({actor}) => [mention, "recipient", actor]),
    ]),
  )
  await session.insert(
    "dyads",
    ["mention", "actor", "recipient"],
    told.flatMap(({event, mention}) => pairsOf(event, actors).map(([one, other]) => [mention, one.actor, other.actor])),
  )
}

type Spoken = Pick<EventRecord, "event" | "status" | "confidence">

/** For each mention, the index of the one that speaks for its deed: an actual one before others, then the surest, then the first. */
export function headsOf(events: readonly Spoken[]): number[] {
  const best = new Map<string, number>()
  const isSurer = (one: Spoken, other: Spoken) =>
    one.status === other.status || (one.status !== "actual" && other.status !== "actual") ? one.confidence > other.confidence : one.status === "actual"
  for (const [at, event] of events.entries()) {
    const standing = best.get(event.event)
    if (standing === undefined || isSurer(event, events[standing]!)) best.set(event.event, at)
  }
  return events.map(({event}) => best.get(event)!)
}

const distinct = (sides: readonly Actor[], actors: Actors) => [...new Map(sides.map(actors).map(one => [one.actor, one])).values()]

/** The types whose two sides do the same (DESIGN.md, "Actors"): without a recipient they match their dyads both ways. */
const mutual: readonly string[] = ["CONSULT", "COOPERATE", "AGREE"]

function pairsOf({type, actors, recipients}: EventRecord, numbers: Actors): [Numbers, Numbers][] {
  const doers = distinct(actors, numbers)
  const pairs = (others: readonly Numbers[]) => doers.flatMap(doer => others.map((other): [Numbers, Numbers] => [doer, other]))
  if (recipients.length === 0 && mutual.includes(type)) return pairs(doers).filter(([one, other]) => one.actor !== other.actor)
  return pairs(distinct(recipients, numbers))
}

export const json = (part: object | null) => part && JSON.stringify(part)
