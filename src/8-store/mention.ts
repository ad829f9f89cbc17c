import type {Actor, EventRecord, Identity, Quote} from "../0-records/index.ts"
import type {Row, Session, Value} from "./database.ts"
import {searchable} from "./words.ts"

/** How mentions and their sides stand in the tables. */

/** The number of each identity. */
export type Actors = (side: Identity) => number

const nameOf = ({name, kind, country, sector, code}: Identity | Row) => JSON.stringify([name, kind, country, sector, code])

export async function internActors(
  session: Session,
  {events, quotes = []}: {readonly events: readonly EventRecord[]; readonly quotes?: readonly Quote[]},
): Promise<Actors> {
  const sides = [...events.flatMap(({actors, recipients}) => [...actors, ...recipients]), ...quotes.flatMap(({speaker}) => (speaker ? [speaker] : []))]
  const numbers = new Map<string, number>()
  const names = [...new Set(sides.map(({name}) => name))]
  if (names.length > 0) {
    const places = names.map((_, at) => `$${at + 1}`).join(", ")
    const found = await session.all(`SELECT number, name, kind, country, sector, code FROM actors WHERE name IN (${places})`, names)
    for (const row of found) numbers.set(nameOf(row), row.number as number)
  }
  const [last] = await session.all("SELECT coalesce(max(number), 0)::INTEGER AS n FROM actors")
  let next = (last?.n as number) + 1
  const fresh: Value[][] = []
  for (const side of sides) {
    if (numbers.has(nameOf(side))) continue
    const {name, kind, country, sector, code} = side
    numbers.set(nameOf(side), next)
    fresh.push([next++, name, name.toLowerCase(), kind, country, sector, code, country === null || country === "IGO" ? name : country])
  }
  await session.insert("actors", ["number", "name", "folded", "kind", "country", "sector", "code", "party"], fresh)
  return side => numbers.get(nameOf(side))!
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
    ["number", "report", "run", "id", "event", "own_event", "head", "own_head", "is_current", "confidence", "story", ...fieldColumns],
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
      ],
      ...fieldValues(event),
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

export async function addSides(session: Session, told: readonly {readonly event: EventRecord; readonly mention: number}[], actors: Actors): Promise<void> {
  await session.insert(
    "sides",
    ["mention", "role", "actor"],
    told.flatMap(({event, mention}) => [
      ...distinct(event.actors, actors).map(actor => [mention, "actor", actor]),
      ...distinct(event.recipients, actors).map(actor => [mention, "recipient", actor]),
    ]),
  )
  await session.insert(
    "dyads",
    ["mention", "actor", "recipient"],
    told.flatMap(({event, mention}) => pairsOf(event, actors).map(([actor, recipient]) => [mention, actor, recipient])),
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

const distinct = (sides: readonly Actor[], actors: Actors) => [...new Set(sides.map(actors))]

/** The types whose two sides do the same (DESIGN.md, "Actors"): without a recipient they match their dyads both ways. */
const mutual: readonly string[] = ["CONSULT", "COOPERATE", "AGREE"]

function pairsOf({type, actors, recipients}: EventRecord, numbers: Actors): [number, number][] {
  const doers = distinct(actors, numbers)
  const pairs = (others: readonly number[]) => doers.flatMap(doer => others.map((other): [number, number] => [doer, other]))
  if (recipients.length === 0 && mutual.includes(type)) return pairs(doers).filter(([one, other]) => one !== other)
  return pairs(distinct(recipients, numbers))
}

export const json = (part: object | null) => part && JSON.stringify(part)
