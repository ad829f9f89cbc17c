import type {Actor, CoderRef, EventRecord, Quote, ReportRef, Words} from "../../src/0-records/index.ts"

/** The report that the rows below are of. */
export const text = "Norland’s foreign minister Ada Berg on Monday accused Sudmark of spying. “We will not be silent,” she said in Lunden."

const report: ReportRef = {id: "r1", title: "Norland, Sudmark trade charges", url: "https://example.org/1", publisher: "The Example", published: "2026-03-12"}
const coder: CoderRef = {version: "0.1.0", model: "sha256:aa", ontology: "plover-2021", knowledge: "sha256:bb", config: "sha256:cc"}

/** The words as they stand in the text. */
export function words(part: string): Words {
  const start = text.indexOf(part)
  return {text: part, start, end: start + part.length}
}

export function actor(part: string, fields: Partial<Actor> = {}): Actor {
  return {...words(part), name: part, kind: "country", country: "NOR", sector: null, code: "NOR", basis: "stated", via: null, ...fields}
}

export function event(fields: Partial<EventRecord> = {}): EventRecord {
  return {
    id: "r1/1",
    event: "r1/1",
    type: "ACCUSE",
    mode: "allege",
    status: "actual",
    quad: 3,
    intensity: -3,
    cameo: "112",
    contexts: ["diplomatic", "intelligence"],
    actors: [actor("Norland’s foreign minister Ada Berg", {name: "Ada Berg", kind: "person", sector: "GOV", code: "NORGOV"})],
    recipients: [actor("Sudmark", {country: "SUD", code: "SUD", basis: "resolved", via: words("spying")})],
    date: {from: "2026-03-09", to: "2026-03-09", basis: "stated", ...words("Monday")},
    place: {...words("Lunden"), name: "Lunden", country: "NOR", lat: 60.5, lon: 9.25, level: "city"},
    trigger: words("accused"),
    sentence: {index: 0, ...words(text.slice(0, text.indexOf(" “")))},
    confidence: 0.914,
    report,
    story: null,
    review: null,
    coder,
    ...fields,
  }
}

/** An event with every field empty that may be. */
export function bareEvent(fields: Partial<EventRecord> = {}): EventRecord {
  return event({id: "r1/2", event: "r1/2", mode: null, intensity: null, contexts: [], actors: [], recipients: [], date: null, place: null, ...fields})
}

export function quote(fields: Partial<Quote> = {}): Quote {
  return {
    id: "r1/q1",
    kind: "direct",
    content: words("We will not be silent,"),
    cue: words("said"),
    speaker: actor("she", {name: "Ada Berg", kind: "person", sector: "GOV", code: "NORGOV", basis: "resolved"}),
    sentence: {index: 1, ...words(text.slice(text.indexOf("“")))},
    confidence: 0.88,
    report,
    review: null,
    coder,
    ...fields,
  }
}
