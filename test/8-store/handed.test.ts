import {describe, expect, it} from "vitest"
import type {EventRecord, StoredEvent} from "../../src/0-records/index.ts"
import {everyRow} from "../../src/8-store/index.ts"
import {actor, bareEvent, event, words} from "../9-export/rows.ts"
import {backEnds} from "./backends.ts"
import {coded} from "./coded.ts"

const kenya = actor("she", {name: "Kenya", country: "KEN", code: "KEN"})
const retold = event({id: "r1/2", confidence: 0.5, recipients: [kenya], date: null, trigger: words("spying")})
const other = event({id: "r1/3", event: "r1/3", date: {...event().date!, from: "2026-01-01", to: "2026-01-01"}})
const denied = event({id: "r1/4", event: "r1/3", status: "negated", recipients: [kenya]})

async function all<Row>(rows: AsyncIterable<unknown>): Promise<Row[]> {
  const found: Row[] = []
  for await (const row of rows) found.push(row as Row)
  return found
}

describe.each(backEnds)("what a store hands on, from %s", (_, {storeWith}) => {
  const store = storeWith(
    coded({id: "a"}, {events: [event(), retold, other, denied]}),
    coded({id: "b", published: "2026-03-14"}, {events: [event({date: {...event().date!, from: "2026-03-11", to: "2026-03-11"}}), bareEvent()]}),
  )

  it("comes in the order of arrival, whatever the days", async () => {
    const rows = await all<EventRecord>(everyRow(await store, {}, {unit: "events", isDeeds: false}))
    expect(rows.map(({id}) => id)).toEqual(["a/1", "a/3", "b/1", "b/2"])
    const mentions = await all<EventRecord>(everyRow(await store, {status: "all"}, {unit: "mentions", isDeeds: false}))
    expect(mentions.map(({id}) => id)).toEqual(["a/1", "a/2", "a/3", "a/4", "b/1", "b/2"])
    const quotes = await all<EventRecord>(everyRow(await store, {}, {unit: "quotes", isDeeds: false}))
    expect(quotes.map(({id}) => id)).toEqual(["a/q1", "b/q1"])
  })

  it("is a deed with all its mentions, those not asked for marked so", async () => {
    const rows = await all<StoredEvent>(everyRow(await store, {}, {unit: "events", isDeeds: true}))
    expect(rows.map(({id, stored}) => [id, stored.deed, stored.report, stored.isHead, stored.isAsked])).toEqual([
      ["a/1", 1, 1, true, true],
      ["a/2", 1, 1, false, true],
      ["a/3", 3, 1, true, true],
      ["a/4", 3, 1, false, false],
      ["b/1", 5, 2, true, true],
      ["b/2", 6, 2, true, true],
    ])
    expect(rows.every(({stored}) => stored.added === "2026-11-25")).toBe(true)
  })

  it("asks the filters of each mention where mentions are wanted", async () => {
    const asked = await all<StoredEvent>(everyRow(await store, {recipient: ["KEN"]}, {unit: "mentions", isDeeds: true}))
    expect(asked.map(({id, stored}) => [id, stored.isAsked])).toEqual([
      ["a/1", false],
      ["a/2", true],
    ])
    expect(await all(everyRow(await store, {recipient: ["KEN"]}, {unit: "events", isDeeds: true}))).toEqual([])
  })

  it("keeps nothing and repeats nothing over many pages", async () => {
    const many = Array.from({length: 4100}, (_, at) => event({id: `r1/${at + 1}`, event: `r1/${at + 1}`, actors: [], recipients: []}))
    const large = await storeWith(coded({id: "c"}, {events: many, quotes: []}))
    const ids = many.map(({id}) => id.replace("r1", "c"))
    expect((await all<EventRecord>(everyRow(large, {}, {unit: "events", isDeeds: false}))).map(({id}) => id)).toEqual(ids)
    expect((await all<EventRecord>(everyRow(large, {}, {unit: "events", isDeeds: true}))).map(({id}) => id)).toEqual(ids)
  })

  it("goes on in wider stretches where little is found, and ends where it ended when it began", async () => {
    const first = await (await store).inOrder({status: "all"}, "mentions", "0/5/1")
    expect([first.rows.map(({id}) => id), first.next]).toEqual([["a/1"], "1/5/4"])
    const second = await (await store).inOrder({status: "all"}, "mentions", first.next)
    expect([second.rows.map(({id}) => id), second.next]).toEqual([["a/2", "a/3", "a/4", "b/1"], null])
    await expect((await store).inOrder({}, "events", "1/x/3")).rejects.toMatchObject({code: "query-wrong"})
  })

  it("tells the reports of each day and publisher", async () => {
    expect(await (await store).reportDays({})).toEqual([
      {day: "2026-03-12", reports: 1},
      {day: "2026-03-14", reports: 1},
    ])
    expect(await (await store).publishers({since: "2026-03-13"})).toEqual([{publisher: "The Example", reports: 1}])
  })
})
