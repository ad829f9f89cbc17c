import {describe, expect, it} from "vitest"
import type {Actor, Coded, EventRecord, Quote} from "../../src/0-records/index.ts"
import {type Expected, type ExpectedEvent, type ExpectedQuote, type MustNot, scoreJourney} from "./score.ts"

const sentence = "Kenya condemned the raid on Monday."
const kenya = actor("Kenya", "KEN")
const chad = actor("Chad", "TCD")
const gunmen = actor("masked gunmen", null)
const condemned: ExpectedEvent = {sentence: "condemned the raid", trigger: ["condemned"], type: ["ACCUSE"], actor: "KEN", recipient: null, status: ["actual"]}

describe("scoreJourney", () => {
  it("counts a row that is right", () => isRight(condemned, row({})))
  it("takes a longer trigger that holds the word", () => isRight(condemned, row({trigger: words("strongly condemned")})))
  it("takes no part of a word for a trigger", () => isMissed({...condemned, trigger: ["demned"]}, row({}), "no row"))
  it("takes a code that begins as asked", () => isRight(condemned, row({actors: [actor("Nairobi", "KENGOV")]})))
  it("misses another type", () => isMissed(condemned, row({type: "SUPPORT"}), "type in"))
  it("misses another status", () => isMissed(condemned, row({status: "background"}), "status in"))
  it("misses a side too many", () => isMissed(condemned, row({actors: [kenya, chad]}), "sides in"))
  it("lets a side of no known country stand beside", () => isRight(condemned, row({actors: [kenya, gunmen]})))
  it("misses a recipient where there is none", () => isMissed(condemned, row({recipients: [chad]}), "sides in"))
  it("takes an alternative", () => isRight({...condemned, recipient: ["TCD", null]}, row({recipients: [chad]})))
  it("asks for both where both are named", () => {
    isRight({...condemned, actor: "KEN & TCD"}, row({actors: [chad, kenya]}))
    isMissed({...condemned, actor: "KEN & TCD"}, row({}), "sides in")
  })
  it("knows a side by its words", () => isRight({...condemned, recipient: "~gunmen"}, row({recipients: [gunmen]})))
  it("does not ask for what is absent", () => {
    const {recipient: _, ...open} = condemned
    isRight(open, row({recipients: [chad]}))
  })
  it("reads a mutual row both ways, and in one list", () => {
    const mutual: ExpectedEvent = {...condemned, recipient: "TCD", mutual: true}
    isRight(mutual, row({recipients: [chad]}))
    isRight(mutual, row({actors: [chad], recipients: [kenya]}))
    isRight(mutual, row({actors: [chad, kenya]}))
    isMissed(mutual, row({}), "sides in")
    isMissed({...condemned, actor: ["KEN & TCD"], mutual: true}, row({}), "sides in")
  })
  it("asks for the day only where it is told", () => {
    isRight({...condemned, date: "2024-05-06"}, row({}))
    isMissed({...condemned, date: "2024-05-07"}, row({}), "date in")
    isMissed({...condemned, date: ["2024-05-01", "2024-05-31"]}, row({}), "date in")
  })
  it("scores the mode by itself, only where it is told", () => {
    const modes = (wanted: ExpectedEvent) => score({must: [wanted]}, [row({})])
    expect(modes(condemned)).toMatchObject({right: 1, modesRight: 0, modesTotal: 0})
    expect(modes({...condemned, mode: "disapprove"})).toMatchObject({right: 1, modesRight: 1, modesTotal: 1})
    expect(modes({...condemned, mode: "allege"})).toMatchObject({right: 1, modesRight: 0, modesTotal: 1})
  })
  it("counts a row once", () => {
    const {right, misses} = score({must: [condemned, condemned]}, [row({})])
    expect([right, misses[0]]).toEqual([1, expect.stringContaining("counted for another")])
  })
  it("finds a sentence whatever its quotation marks", () =>
    isRight({...condemned, sentence: "said “no” and"}, row({sentence: {...words('It said "no" and condemned it'), index: 0}})))

  it("tells rows that must not be", () => {
    const hits = (no: Omit<MustNot, "why">) => score({mustNot: [{...no, why: "so"}]}, [row({})]).wrong.length
    expect(hits({sentence: "the raid"})).toBe(1)
    expect(hits({sentence: "another raid"})).toBe(0)
    expect(hits({sentence: "the raid", type: ["CONSULT"]})).toBe(0)
    expect(hits({sentence: "the raid", status: "negated"})).toBe(0)
    expect(hits({sentence: "the raid", type: ["ACCUSE"], status: "actual"})).toBe(1)
  })
  it("leaves rows nobody asked for to a reader", () => expect(score({}, [row({})])).toMatchObject({wrong: [], extra: [expect.stringContaining("ACCUSE")]}))

  it("counts a quote with its kind, cue and speaker", () => {
    const wanted: ExpectedQuote = {kind: "direct", content: "a crime", speaker: ["Kenya"], cue: "called"}
    const right = (one: Partial<Quote>, of: ExpectedQuote = wanted) => score({quotes: [of]}, [], [quote(one)]).quotesRight
    expect(right({})).toBe(1)
    expect(right({}, {...wanted, speaker: "KEN"})).toBe(1)
    expect(right({kind: "mixed"})).toBe(0)
    expect(right({kind: "mixed"}, {...wanted, kind: ["mixed", "direct"]})).toBe(1)
    expect(right({speaker: chad})).toBe(0)
    expect(right({speaker: null})).toBe(0)
    expect(right({cue: null})).toBe(0)
    expect(right({cue: null}, {...wanted, cue: null})).toBe(1)
    expect(right({content: words("a mistake")})).toBe(0)
  })
})

function isRight(wanted: ExpectedEvent, found: EventRecord) {
  expect(score({must: [wanted]}, [found]).misses).toEqual([])
}

function isMissed(wanted: ExpectedEvent, found: EventRecord, why: string) {
  expect(score({must: [wanted]}, [found]).misses).toEqual([expect.stringContaining(why)])
}

function score(expected: Partial<Expected>, events: readonly EventRecord[], quotes: readonly Quote[] = []) {
  const coded: Coded = {report, text: "", sentences: [], events, quotes, dropped: [], mentions: [], problems: []}
  return scoreJourney({published: "2024-05-07", must: [], quotes: [], mustNot: [], ...expected}, coded)
}

const report = {id: "r", title: null, url: null, publisher: null, published: "2024-05-07"}
const coder = {version: "0", model: "m", ontology: "plover-2021", knowledge: "k", config: "c"}

function words(text: string) {
  return {text, start: 0, end: text.length}
}

function actor(text: string, code: string | null): Actor {
  return {...words(text), name: text, kind: "country", country: code?.slice(0, 3) ?? null, sector: null, code, basis: "stated", via: null}
}

function row(some: Partial<EventRecord>): EventRecord {
  return {
    id: "r/1",
    event: "r/1",
    type: "ACCUSE",
    mode: "disapprove",
    status: "actual",
    quad: 3,
    intensity: -2,
    cameo: "111",
    contexts: [],
    actors: [kenya],
    recipients: [],
    date: {from: "2024-05-06", to: "2024-05-06", basis: "stated", ...words("Monday")},
    place: null,
    trigger: words("condemned"),
    sentence: {...words(sentence), index: 0},
    confidence: 0.9,
    report,
    story: null,
    review: null,
    coder,
    ...some,
  }
}

function quote(some: Partial<Quote>): Quote {
  return {
    id: "r/q1",
    kind: "direct",
    content: words("a crime"),
    cue: words("called"),
    speaker: kenya,
    sentence: {...words(sentence), index: 0},
    confidence: 0.9,
    report,
    review: null,
    coder,
    ...some,
  }
}
