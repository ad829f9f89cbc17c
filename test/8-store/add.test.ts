import {describe, expect, it} from "vitest"
import {keyOf} from "../../src/8-store/index.ts"
import {bareEvent, event, quote, text} from "../9-export/rows.ts"
import {coded, coding, storeWith} from "./coded.ts"

const another = {...coding, coder: {...coding.coder, model: "sha256:other"}, day: "2026-12-01"}

describe("a store", () => {
  it("gives back the very records", async () => {
    const given = coded({}, {events: [event(), bareEvent()]})
    const store = await storeWith(given)
    const found = await store.report("r1")
    expect(JSON.stringify(found?.events)).toBe(JSON.stringify(given.events))
    expect(JSON.stringify(found?.quotes)).toBe(JSON.stringify(given.quotes))
    expect(found).toMatchObject({text, report: given.report, sentences: given.sentences, runs: [1], isCurrent: true})
  })

  it("keeps half of a surrogate pair, which no UTF-8 can hold, as U+FFFD", async () => {
    const store = await storeWith(coded({title: "a \ud800 and \\ud800"}))
    expect((await store.report("r1"))?.report.title).toBe("a \ufffd and \\ud800")
  })

  it("knows the same report again and adds no row", async () => {
    const store = await storeWith(coded())
    expect(await store.add(coded(), coding)).toMatchObject({outcome: "known", report: 1, run: 1})
    expect(await store.count({}, "mentions")).toMatchObject({count: 1, ingested: 1})
    expect(await store.isKnown({...coded().report, text, dateline: null, dropped: [], problems: []}, coding)).toBe(true)
    expect(await store.isKnown({...coded().report, text, dateline: null, dropped: [], problems: []}, another)).toBe(false)
  })

  it("takes the same text from another outlet as another report", async () => {
    const store = await storeWith(coded(), coded({publisher: "Another"}))
    expect(await store.count({}, "mentions")).toMatchObject({count: 2, ingested: 2})
  })

  it("keeps a changed text as a new version, and counts the newest only", async () => {
    const store = await storeWith(coded())
    const changed = coded({}, {words: `${text} So she said.`})
    expect(await store.add(changed, coding)).toMatchObject({outcome: "version"})
    expect(await store.count({}, "mentions")).toMatchObject({count: 1, ingested: 1})
    expect((await store.report("r1"))?.versions).toHaveLength(2)
    expect(await store.report(keyOf(coded().report, text))).toMatchObject({text, isCurrent: false})
    expect(await store.count({run: 1}, "mentions")).toMatchObject({count: 1})
  })

  it("keeps the rows of each coder, and those of a day", async () => {
    const store = await storeWith(coded())
    const recoded = coded({}, {events: [event({type: "REJECT"}), bareEvent()]})
    expect(await store.add(recoded, another)).toMatchObject({outcome: "recoded", run: 2})
    const types = async (query: Parameters<typeof store.mentions>[0]) => (await store.mentions(query)).rows.map(({type}) => type)
    expect(await types({})).toEqual(["REJECT", "ACCUSE"])
    expect(await types({run: 1})).toEqual(["ACCUSE"])
    expect(await types({asOf: "2026-11-30"})).toEqual(["ACCUSE"])
    expect(await types({asOf: "2026-12-01"})).toEqual(["REJECT", "ACCUSE"])
    expect(await types({asOf: "2026-11-01"})).toEqual([])
    expect(await store.changes(1, 2)).toMatchObject({
      same: 0,
      total: 2,
      changes: [
        {report: "r1", before: null, after: {id: "r1/1", type: "REJECT"}, trigger: "accused"},
        {report: "r1", before: {id: "r1/1", type: "ACCUSE"}, after: {id: "r1/2", type: "ACCUSE"}, trigger: "accused"},
      ],
    })
  })

  it("lets the surest actual mention speak for a deed", async () => {
    const told = [event({confidence: 0.5}), event({id: "r1/2", confidence: 0.9, status: "background"}), event({id: "r1/3", confidence: 0.7})]
    const store = await storeWith(coded({}, {events: told}))
    expect((await store.events({})).rows.map(({id}) => id)).toEqual(["r1/3"])
    expect(await store.count({}, "events")).toMatchObject({count: 1})
    expect(await store.count({}, "mentions")).toMatchObject({count: 2, leftOut: {status: 1}})
  })

  it("keeps problems once", async () => {
    const store = await storeWith()
    const problem = {code: "input-missing", message: "Cannot read", place: {input: "a.txt"}, isWarning: false} as const
    await store.addProblem(problem, coding.day)
    await store.addProblem(problem, coding.day)
    expect((await store.problems()).rows).toEqual([{...problem, added: coding.day}])
  })

  it("knows a quote by its speaker", async () => {
    const store = await storeWith(coded({}, {quotes: [quote(), quote({id: "r1/q2", speaker: null, cue: null})]}))
    expect((await store.quotes({actor: ["Ada Berg"]})).rows.map(({id}) => id)).toEqual(["r1/q1"])
    expect(await store.actors({begins: "ada"})).toMatchObject([{name: "Ada Berg", asActor: 1, quotes: 1}])
  })
})
