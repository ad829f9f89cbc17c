import {describe, expect, it} from "vitest"
import {compare, reportHtml, reportText, score, textOf} from "../../src/10-score/index.ts"
import {answerOf, event, goldOf, lines, words} from "./told.ts"

const call = goldOf("call", lines.call)
const march = goldOf("march", lines.march)

type Rows = Parameters<typeof answerOf>[1][]

/** Right, found and gold of a measure over one document. */
const counts = (measure: Parameters<typeof figure>[0], ...rows: Rows) => {
  const {right, found, gold} = figure(measure, ...rows)!
  return [right, found, gold]
}
const figure = (
  measure: "mention" | "trigger" | "type" | "full" | "exact" | "actor" | "recipient" | "dyad" | "status" | "mode" | "date" | "place" | "quote" | "direct",
  ...rows: Rows
) => score([{gold: call, answer: answerOf(call, ...rows)}]).groups[0]!.figures[measure]

const phoned = event(call, "CONSULT", "phoned", ["Ada Berg"], ["Sudmark"], {mode: "phone"})

describe("an event is right", () => {
  it("with overlapping words on both sides", () => expect(counts("full", phoned)).toEqual([1, 1, 2]))
  it("with any mention of the same entity in the sentence", () =>
    expect(counts("full", event(call, "CONSULT", "phoned", ["she"], ["Sudmark#2"]))).toEqual([1, 1, 2]))
  it("not with the sides turned round", () => expect(counts("full", event(call, "CONSULT", "phoned", ["Sudmark"], ["Ada Berg"]))).toEqual([0, 1, 2]))
  it("not with a side left out", () => expect(counts("full", event(call, "CONSULT", "phoned", ["Ada Berg"], []))).toEqual([0, 1, 2]))
  it("not with another type", () => expect(counts("full", event(call, "ACCUSE", "phoned", ["Ada Berg"], ["Sudmark"]))).toEqual([0, 1, 2]))
  it("without a recipient where gold has none", () => {
    const answer = answerOf(march, event(march, "PROTEST", "marched", ["Dockers"], []))
    expect(score([{gold: march, answer}]).groups[0]!.figures.full).toMatchObject({right: 1, found: 1, gold: 1, f1: 1})
  })
  it("not with a recipient where gold has none", () => {
    const answer = answerOf(march, event(march, "PROTEST", "marched", ["Dockers"], ["Lunden"]))
    expect(score([{gold: march, answer}]).groups[0]!.figures.full).toMatchObject({right: 0})
  })
  it("once, however often it is told", () => expect(counts("full", phoned, phoned)).toEqual([1, 2, 2]))
  it("exactly, with nobody beside the gold sides", () => {
    expect(counts("exact", phoned)).toEqual([1, 1, 2])
    expect(counts("exact", event(call, "CONSULT", "phoned", ["Ada Berg", "crew"], ["Sudmark"]))).toEqual([0, 1, 2])
  })
})

describe("a layer", () => {
  it("trigger wants the first word and the type", () => {
    expect(counts("trigger", phoned)).toEqual([1, 1, 2])
    expect(counts("trigger", event(call, "REQUEST", "free", ["she"], []))).toEqual([0, 1, 2])
  })
  it("type wants no place", () => expect(counts("type", event(call, "REQUEST", "free", [], []))).toEqual([1, 1, 2]))
  it("status, mode, actor and recipient are asked where the type is right", () => {
    const wrong = event(call, "CONSULT", "phoned", ["Ada Berg"], [], {status: "negated"})
    expect(["status", "mode", "actor", "recipient"].map(name => counts(name as "status", wrong))).toEqual([
      [0, 1, 1],
      [0, 1, 1],
      [1, 1, 1],
      [0, 1, 1],
    ])
  })
  it("date compares words; a day by default has none", () => {
    expect(counts("date", {...phoned, date: words(call, "on Monday")})).toEqual([1, 1, 1])
    expect(counts("date", {...phoned, date: {from: "2026-03-12", to: "2026-03-12", text: null, start: null, end: null}})).toEqual([0, 0, 1])
  })
  it("dyad has no direction in mutual types, and wants both countries", () => {
    expect(counts("dyad", event(call, "CONSULT", "phoned", ["Sudmark/SUD"], ["Ada Berg/NOR"]))).toEqual([1, 1, 2])
    expect(counts("dyad", event(call, "CONSULT", "phoned", ["Ada Berg/NOR"], ["Sudmark"]))).toEqual([0, 0, 2])
    expect(counts("dyad", event(call, "REQUEST", "must", ["Sudmark/SUD"], ["Ada Berg/NOR"]))).toEqual([0, 1, 2])
  })
  it("mention wants the exact words; a date that no mention covers is one", () => {
    expect(counts("mention", words(call, "minister Ada Berg"), words(call, "Monday"), words(call, "Berg"))).toEqual([2, 3, 5])
  })
  it("quote wants the content within a word, and the speaker", () => {
    const quote = {kind: "direct", content: words(call, "Sudmark must free the crew.”"), speaker: words(call, "she")}
    expect(counts("direct", {...quote, content: words(call, "Sudmark must free the crew.")})).toEqual([1, 1, 1])
    expect(counts("quote", {...quote, content: words(call, "must free the crew"), speaker: words(call, "Ada Berg")})).toEqual([0, 1, 1])
    expect(counts("quote", {...quote, content: words(call, "free the crew")})).toEqual([0, 1, 1])
    expect(counts("direct", {...quote, kind: "indirect"})).toEqual([0, 0, 1])
  })
})

describe("a row is placed", () => {
  const two = goldOf("two", lines.march, lines.march, lines.calm)
  const second = words(two, "marched", 2)
  const at = (row: object) => answerOf(two, {type: "PROTEST", ...row}).sentences.map(({events}) => events.length)
  it("by code points of the settled text", () => expect(at({trigger: second})).toEqual([0, 1, 0]))
  it("by code points of the text as it was given", () => expect(at({trigger: words(two, "marched", 2, textOf(two))})).toEqual([0, 1, 0]))
  it("near by, where the coder changed the text", () => expect(at({trigger: {...second, start: second.start + 3, end: second.end + 3}})).toEqual([0, 1, 0]))
  it("and nowhere, where its words do not stand", () => expect(() => at({trigger: {...second, text: "sailed"}})).toThrow(/"sailed" does not stand at/))
  it("with sides of another sentence left out", () => {
    const {sentences} = answerOf(two, event(two, "PROTEST", "marched", ["Dockers#2"], []))
    expect(sentences[0]!.events[0]!.actors).toEqual([])
  })
})

describe("gold", () => {
  it("must be of the guide's form", () => {
    expect(() => goldOf("x", {...lines.call, m: [["a", "Nobody", "E1"]]})).toThrow('sentence 0: the mention "Nobody" is not in the text')
    expect(() => goldOf("x", {...lines.call, m: []})).toThrow('the mention "a" is not declared')
    expect(() => goldOf("", lines.calm)).toThrow('found no "id"')
    expect(() => goldOf("x")).toThrow('found no "sentences"')
  })
})

const corpus = Array.from({length: 30}, (_, n) =>
  n % 3 === 0
    ? goldOf(`r${n}`, lines.call, lines.march, lines.calm, lines.calm)
    : n % 3 === 1
      ? goldOf(`i${n}`, lines.call, lines.calm)
      : goldOf(`s${n}`, lines.march),
)
const good = corpus.map((gold, n) => ({
  gold,
  answer:
    gold.sentences[0]!.text === lines.call.text ? answerOf(gold, event(gold, "CONSULT", "phoned", ["Ada Berg"], n % 2 ? ["Sudmark"] : [])) : answerOf(gold),
}))
const bad = corpus.map(gold => ({
  gold,
  answer: answerOf(gold, event(gold, "ACCUSE", gold.sentences[0]!.text === lines.call.text ? "phoned" : "marched", [], [])),
}))

describe("scores", () => {
  const scores = score(good)
  it("tell single sentences, items and reports apart", () => {
    expect(scores.groups.map(({name, documents, sentences, events}) => [name, documents, sentences, events])).toEqual([
      ["all", 30, 70, 60],
      ["items", 20, 30, 30],
      ["single", 10, 10, 10],
      ["reports", 10, 40, 30],
    ])
  })
  it("hold the figure within its interval, and give the same again", () => {
    const {f1, interval} = scores.groups[0]!.figures.full!
    expect(f1).toBeCloseTo((2 * 10) / (20 + 60), 10)
    expect(interval![0]).toBeLessThan(f1!)
    expect(interval![1]).toBeGreaterThan(f1!)
    expect(score(good)).toEqual(scores)
    expect(score(good, {seed: 2}).groups[0]!.figures.full!.interval).not.toEqual(interval)
  })
  it("say which types are taken for others, and what was missed", () => {
    const {labels, cells} = score(bad).confusion
    expect(labels).toEqual(["ACCUSE", "CONSULT", "PROTEST", "REQUEST", "none"])
    expect(cells[labels.indexOf("CONSULT")]![labels.indexOf("ACCUSE")]).toBe(20)
    expect(cells[labels.indexOf("REQUEST")]![labels.indexOf("none")]).toBe(20)
  })
  it("say how far confidence can be believed", () => {
    // All rows said 0.8; ten of twenty were right.
    expect(scores.calibration!.error).toBeCloseTo(0.3, 10)
    expect(scores.calibration!.bins).toEqual([{from: 0.8, to: 0.9, rows: 20, said: expect.closeTo(0.8, 10), right: 0.5}])
  })
  it("count faults by kind and show their sentences", () => {
    expect(scores.faults).toEqual([
      {fault: "missed", events: 40},
      {fault: "recipient", events: 10},
    ])
    expect(scores.mistakes.find(({fault}) => fault === "recipient")).toMatchObject({
      text: lines.call.text,
      gold: "CONSULT/phone actual “phoned” minister Ada Berg → Sudmark",
      found: "CONSULT actual “phoned” Ada Berg → –",
      confidence: 0.8,
    })
  })
})

describe("a comparison", () => {
  const differenceOf = (one: typeof good, other: typeof good) =>
    compare(one, other).differences.find(({group, measure}) => group === "all" && measure === "full")!
  it("parts two coders that differ", () => {
    const {difference, interval, p} = differenceOf(good, bad)
    expect(difference).toBeGreaterThan(0.2)
    expect(interval![0]).toBeGreaterThan(0)
    expect(p).toBeLessThan(0.01)
  })
  it("parts a coder from itself by nothing", () => expect(differenceOf(good, good)).toMatchObject({difference: 0, interval: [0, 0], p: 1}))
})

describe("the report", () => {
  const hostile = goldOf("<img src=x onerror=alert(1)>", {...lines.calm, text: "<script>alert(1)</script> & \u001b[31mred."})
  const answer = answerOf(hostile, {type: "ACCUSE", trigger: words(hostile, "alert")})
  const evaluation = {coder: "a & b", scores: score([{gold: hostile, answer}, ...good]), against: {coder: "<b>", comparison: compare(good, bad)}}

  it("as a page is whole, needs nothing from elsewhere, and keeps texts as text", () => {
    const html = reportHtml(evaluation)
    expect(html).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/)
    expect(html).toContain("&#60;script&#62;alert(1)&#60;/script&#62;")
    expect(html).not.toMatch(/<(?:script|img|link|iframe)|<[^>]* (?:src|href|on\w+)=|@import|url\(/)
    expect(html.match(/<svg/g)).toHaveLength(2)
    expect(html).toContain("prefers-color-scheme: dark")
  })
  it("as text says what the figures are, and steers no terminal", () => {
    const text = reportText(evaluation)
    expect(text).toMatch(/reports \(4 or more\): 10 documents, 40 sentences, 30 events/)
    expect(text).toMatch(/type, actor and recipient +0\.\d{3} +0\.\d{3}–0\.\d{3}/)
    expect(text).not.toContain("\u001b")
  })
})
