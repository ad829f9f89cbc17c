import {describe, expect, it} from "vitest"
import type {EventRecord, ReportRef} from "../../src/0-records/index.ts"
import {openStore, type Store} from "../../src/8-store/index.ts"
import {gatherReports, gatherRest} from "../../src/gathering.ts"
import {labelled} from "../7-gather/labelled.ts"
import {backEnds} from "./backends.ts"
import {coding} from "./coded.ts"

/** Reports of an affair of the labelled set, as the journey hands them over. */
function reportsOf(affair: string) {
  const rows = labelled().filter(row => row.affair === affair)
  const reports = new Map<string, {report: ReportRef; events: EventRecord[]}>()
  for (const {event} of rows) reports.set(event.report.id, {report: event.report, events: [...(reports.get(event.report.id)?.events ?? []), event]})
  return [...reports.values()].map(({report, events}) => ({
    report,
    events,
    text: events.map(({sentence}) => sentence.text).join(" "),
    sentences: [],
    quotes: [],
    dropped: [],
    problems: [],
  }))
}

async function gathered(store: Store, affair: string, count = 99): Promise<Store> {
  for (const report of reportsOf(affair).slice(0, count)) await gatherReports(store, [(await store.add(report, coding)).report])
  return store
}

const deedsIn = async (store: Store) =>
  Object.fromEntries(
    (await store.mentions({status: "all", minConfidence: 0}, {limit: 500})).rows.map(({id, event, story}) => [id, [event, story]] as const).sort(),
  )

describe.each(backEnds)("a store that gathers, on %s", (_, {fresh, storeWith}) => {
  it("counts one kidnapping of many reports once, under the oldest id, and keeps each mention", async () => {
    const store = await gathered(await storeWith(), "schoolgirls", 7)
    const {rows} = await store.events({status: "all"})
    expect(rows.map(({event}) => event)).toEqual(["schoolgirls-1/1"])
    expect((await store.count({status: "all"}, "mentions")).count).toBe(7)
    expect((await store.count({status: "all"}, "events")).count).toBe(1)
    const shown = await store.event("schoolgirls-4/1")
    expect(shown?.event).toBe("schoolgirls-1/1")
    expect(shown?.mentions.filter(({joined}) => joined !== null)).toHaveLength(6)
    expect(shown?.mentions.flatMap(({reasons}) => reasons)).toContain("in Tarwa")
  })

  it("keeps two attacks of one day in two towns apart", async () => {
    const store = await gathered(await storeWith(), "two towns", 6)
    expect((await store.events({})).rows.map(({place}) => place?.name).sort()).toEqual(["Marynkove", "Vysoke"])
  })

  it("asks by story, shows stories, and counts them as such", async () => {
    const store = await gathered(await gathered(await storeWith(), "two towns", 3), "bank hack", 2)
    const {rows} = await store.stories({})
    expect(rows.map(({story, reports, first, last}) => [story, reports, first, last])).toEqual([
      ["s1", 3, "2026-02-03", "2026-02-04"],
      ["s4", 2, "2026-06-23", "2026-06-24"],
    ])
    expect(rows[0]?.actors[0]).toEqual({party: "RUS", events: 1})
    expect(rows[0]?.headline).toMatch(/Vysoke/)
    expect(await store.count({}, "stories")).toMatchObject({unit: "stories", count: 2})
    expect((await store.mentions({story: ["s2"]})).rows).toHaveLength(3)
    expect((await store.count({story: ["s4"]}, "events")).count).toBe(1)
    expect((await store.story("s3"))?.of.map(({publisher}) => publisher)).toEqual(["Wire One", "Herald", "Daily Courier"])
    await expect(store.events({story: ["4"]})).rejects.toMatchObject({code: "query-wrong"})
  })

  it("links copies of one text, each with its outlet", async () => {
    const store = await storeWith()
    const words =
      "The ministry said on Monday that the ferry to the northern islands will stop at the old harbour again, after two winters in which it passed by and left the villages there without mail, bread and doctors for weeks."
    const copy = (id: string, publisher: string, text: string) => ({
      ...reportsOf("bank hack")[0]!,
      report: {id, title: null, url: null, publisher, published: "2026-01-02"},
      events: [],
      text,
    })
    for (const one of [
      copy("a", "Wire", words),
      copy("b", "Herald", `${words} Boats leave at six.`),
      copy("c", "Post", words.replace("bread and ", "")),
      copy("d", "Mail", words.split(" ").reverse().join(" ")),
    ])
      await gatherReports(store, [(await store.add(one, coding)).report])
    const shown = await store.story("s3")
    expect(shown?.of.map(({id, copyOf}) => [id, copyOf])).toEqual([
      ["a", null],
      ["b", "a"],
      ["c", "a"],
    ])
    expect(shown?.of[1]?.reasons[0]?.reason).toBe("nearly the same text")
  })

  it("merges and splits by hand, takes it back exactly, and keeps it when all is gathered again and a report is coded anew", async () => {
    const store = await gathered(await storeWith(), "two towns", 6)
    const start = await deedsIn(store)
    const merged = await store.merge("two-towns-1/1", "two-towns-4/1", "2026-11-26")
    expect(merged).toMatchObject({kind: "merge", events: ["two-towns-1/1"]})
    expect((await store.count({}, "events")).count).toBe(1)
    await expect(store.merge("two-towns-1/1", "two-towns-4/1", "2026-11-26")).rejects.toMatchObject({code: "call-wrong"})
    expect(await store.undoRuling(merged.ruling, "2026-11-26")).toMatchObject({undone: "2026-11-26", events: ["two-towns-1/1", "two-towns-4/1"]})
    expect(await deedsIn(store)).toEqual(start)

    const split = await store.split("two-towns-1/1", "2026-11-26")
    expect((await store.event("two-towns-2/1"))?.event).toBe("two-towns-2/1")
    const apart = async () => [...new Set((await store.mentions({}, {limit: 500})).rows.map(({event}) => event))].sort()
    expect(await apart()).toEqual(["two-towns-1/1", "two-towns-2/1", "two-towns-4/1"])
    await store.ungather()
    await gatherRest(store)
    expect(await apart()).toEqual(["two-towns-1/1", "two-towns-2/1", "two-towns-4/1"])
    const anew = {...coding, coder: {...coding.coder, model: "sha256:other"}}
    for (const report of reportsOf("two towns").slice(0, 6)) await gatherReports(store, [(await store.add(report, anew)).report])
    expect(await apart()).toEqual(["two-towns-1/1", "two-towns-2/1", "two-towns-4/1"])
    await store.undoRuling(split.ruling, "2026-11-26")
    expect(await apart()).toEqual(["two-towns-1/1", "two-towns-4/1"])
    await expect(store.undoRuling(split.ruling, "2026-11-26")).rejects.toMatchObject({code: "not-found"})
    await expect(store.split("nothing/1", "2026-11-26")).rejects.toMatchObject({code: "not-found"})
  })

  it("gives the same rows gathered anew, ingested again, and in a file that is opened again", async () => {
    const path = await fresh()
    const store = await gathered(await openStore(path, {make: true}), "village raid")
    const before = await deedsIn(store)
    await gathered(store, "village raid")
    await store.ungather()
    await gatherRest(store)
    expect(await deedsIn(store)).toEqual(before)
    await store.close()
    const again = await openStore(path)
    expect(await deedsIn(again)).toEqual(before)
    expect(await again.ungathered()).toEqual([])
    await again.close()
  })

  it("gathers in batches as it does one by one", async () => {
    const affairs = ["schoolgirls", "two towns", "village raid", "bank hack"]
    const told = async (batch: number) => {
      const store = await storeWith(...affairs.flatMap(reportsOf))
      const reports = await store.ungathered()
      for (let at = 0; at < reports.length; at += batch) await gatherReports(store, reports.slice(at, at + batch))
      const reasons = (await store.event("schoolgirls-4/1"))?.mentions.map(({id, joined, reasons}) => [id, joined, reasons])
      const {rows} = await store.stories({status: "all"})
      return [await deedsIn(store), reasons, rows, await store.story(rows[0]!.story)]
    }
    const oneByOne = await told(1)
    expect(new Set(Object.values(oneByOne[0] as object).map(([event]) => event)).size).toBeGreaterThan(8)
    expect(await told(7)).toEqual(oneByOne)
    expect(await told(1000)).toEqual(oneByOne)
  })

  it("computes anew what was changed while it computed", async () => {
    const store = await storeWith(...reportsOf("two towns").slice(0, 3))
    let settled = 0
    const meddled: Store = {
      ...store,
      settle: async batch => {
        if (settled++ === 0) await gatherReports(store, [1])
        return store.settle(batch)
      },
    }
    await gatherReports(meddled, [1, 2, 3])
    expect(settled).toBe(2)
    expect((await store.count({}, "events")).count).toBe(1)
    expect(await store.ungathered()).toEqual([])
  })

  it("goes on with what a kill left ungathered", async () => {
    const store = await storeWith(...reportsOf("two towns").slice(0, 3))
    expect(await store.ungathered()).toEqual([1, 2, 3])
    expect((await store.count({}, "events")).count).toBe(3)
    expect(await gatherRest(store)).toBe(3)
    expect((await store.count({}, "events")).count).toBe(1)
  })

  it("lets what is forgotten go out of its event and story", async () => {
    const store = await gathered(await storeWith(), "two towns", 3)
    await store.merge("two-towns-1/1", "two-towns-2/1", "2026-11-26").catch(() => {})
    await store.forget({report: "two-towns-1"})
    expect((await store.events({})).rows.map(({event, story}) => [event, story])).toEqual([["two-towns-2/1", "s2"]])
    expect((await store.stories({})).rows.map(({story, reports}) => [story, reports])).toEqual([["s2", 2]])
    await store.close()
  })

  it("counts events of an old run as they stood, each once", async () => {
    const store = await gathered(await storeWith(), "two towns", 6)
    const anew = {...coding, coder: {...coding.coder, model: "sha256:other"}, day: "2026-11-27"}
    for (const report of reportsOf("two towns").slice(0, 2)) await gatherReports(store, [(await store.add(report, anew)).report])
    expect((await store.count({}, "events")).count).toBe(2)
    expect((await store.count({run: 1}, "events")).count).toBe(2)
    expect((await store.count({asOf: "2026-11-25"}, "events")).count).toBe(2)
  })
})
