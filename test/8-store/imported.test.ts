import {describe, expect, it} from "vitest"
import type {Imported} from "../../src/0-records/index.ts"
import {actor, event} from "../9-export/rows.ts"
import {type BackEnd, backEnds} from "./backends.ts"
import {coded} from "./coded.ts"

const side = (country: string) => actor("she", {name: country, country, code: country})
const on = (day: string) => ({...event().date!, from: day, to: day})
const imported = (n: number, day: string, fields: Partial<Imported> = {}, url = `https://example.org/${n}`): Imported => {
  const {coder: _, ...rest} = event({id: `gdelt/${n}`, event: `gdelt/${n}`, actors: [side("KEN")], recipients: [side("UGA")], date: on(day), confidence: 0})
  return {...rest, sentence: {index: 0, text: "", start: 0, end: 0}, report: {id: url, title: null, url, publisher: "example.org", published: day}, ...fields}
}
const own = (n: number, day: string, fields = {}) =>
  event({id: `r1/${n}`, event: `r1/${n}`, actors: [side("KEN")], recipients: [side("UGA")], date: on(day), ...fields})
const of = {dataset: "gdelt", day: "2026-11-26"}

async function filledBy(storeWith: BackEnd["storeWith"]) {
  const store = await storeWith(
    coded({id: "a"}, {events: [own(1, "2026-03-09"), own(2, "2026-03-10"), own(3, "2026-03-12", {type: "AGREE"}), own(4, "2026-05-01")]}),
  )
  await store.importRows([imported(1, "2026-03-09"), imported(2, "2026-03-11"), imported(3, "2026-03-12", {type: "REJECT"}), imported(4, "2026-03-01")], of)
  return store
}

describe.each(backEnds)("%s", (_, {storeWith}) => {
  const filled = () => filledBy(storeWith)

  describe("imported rows", () => {
    it("stand in a run of their own, which only those who ask for it see", async () => {
      const store = await filled()
      expect((await store.runs()).map(({run, version, machine, events}) => [run, version, machine, events])).toEqual([
        [1, "0.1.0", "x64", 4],
        [2, "gdelt", "import", 4],
      ])
      const ids = async (query: object) => (await store.events(query)).rows.map(({id}) => id)
      expect(await ids({})).toEqual(["a/4", "a/3", "a/2", "a/1"])
      expect(await ids({asOf: "2026-12-31"})).toEqual(["a/4", "a/3", "a/2", "a/1"])
      expect(await ids({run: 2})).toEqual(["gdelt/3", "gdelt/2", "gdelt/1", "gdelt/4"])
      expect(await store.count({}, "events")).toMatchObject({count: 4, reports: 1, ingested: 1})
      expect(await store.count({run: 2}, "events")).toMatchObject({count: 4, reports: 4, ingested: 1})
      expect((await store.uncoded({run: null})).map(({report}) => report.id)).toEqual(["a"])
      expect((await store.listed()).total).toBe(1)
    })

    it("leave the floor of the program's own runs as it is", async () => {
      const store = await storeWith(coded({id: "a"}, {events: [own(1, "2026-03-09", {confidence: 0.1})]}))
      await store.importRows([imported(1, "2026-03-09")], of)
      expect((await store.count({}, "events")).leftOut.confidence).toBe(1)
    })

    it("add nothing the second time, and go to the report they are of", async () => {
      const store = await filled()
      const again = [imported(1, "2026-03-09"), imported(9, "2026-03-09", {}, "https://example.org/1"), imported(9, "2026-03-09", {}, "https://example.org/1")]
      expect(await store.importRows(again, of)).toEqual({run: 2, added: 1, known: 2})
      expect((await store.runs())[1]).toMatchObject({reports: 4, events: 5})
    })
  })

  describe("imported mentions", () => {
    const mention = (n: number, url: string, index = 2) => ({
      ...{of: `gdelt/${n}`, index, confidence: 0.5},
      report: {id: url, title: null, url, publisher: "other.org", published: "2026-03-10"},
    })

    it("stand beside their event, which counts once", async () => {
      const store = await filled()
      const rows = [
        mention(1, "https://other.org/a"),
        mention(1, "https://example.org/1"),
        mention(2, "https://other.org/a", 5),
        mention(77, "https://other.org/b"),
      ]
      expect(await store.importMentions(rows, of)).toEqual({run: 2, added: 2, known: 1, unplaced: 1})
      expect(await store.importMentions(rows, of)).toEqual({run: 2, added: 0, known: 3, unplaced: 1})
      expect((await store.count({run: 2}, "events")).count).toBe(4)
      expect((await store.count({run: 2}, "mentions")).count).toBe(6)
      const told = (await store.mentions({run: 2})).rows.filter(({event: deed}) => deed === "gdelt/1")
      expect(told.map(({report, sentence, confidence, type}) => [report.publisher, sentence.index, confidence, type])).toEqual([
        ["example.org", 0, 0, "ACCUSE"],
        ["other.org", 2, 0.5, "ACCUSE"],
      ])
      expect((await store.compare({}, 2)).rows.map(({verdict}) => verdict)).toEqual(["agree", "run-only", "with-only", "differ"])
    })

    it("of a data set that is not there are all unplaced", async () => {
      const store = await storeWith(coded())
      expect(await store.importMentions([mention(1, "https://other.org/a")], of)).toEqual({run: 0, added: 0, known: 0, unplaced: 1})
      expect((await store.runs()).length).toBe(1)
    })
  })

  describe("compare", () => {
    it("tells what agrees and what only one has, over the days that both have", async () => {
      const store = await filled()
      const {rows, next} = await store.compare({}, await store.runOf("gdelt"))
      expect(rows.map(({day, actor, recipient, verdict, run, with: other}) => [day, actor, recipient, verdict, run?.types, other?.types])).toEqual([
        ["2026-03-09", "KEN", "UGA", "agree", {ACCUSE: 1}, {ACCUSE: 1}],
        ["2026-03-10", "KEN", "UGA", "run-only", {ACCUSE: 1}, undefined],
        ["2026-03-11", "KEN", "UGA", "with-only", undefined, {ACCUSE: 1}],
        ["2026-03-12", "KEN", "UGA", "differ", {AGREE: 1}, {REJECT: 1}],
      ])
      expect(rows[0]).toMatchObject({run: {sentence: event().sentence.text, report: "a"}, with: {sentence: null, report: "https://example.org/1"}})
      expect(next).toBeNull()
      expect((await store.compare({type: ["AGREE"]}, 2)).rows).toEqual([])
      await expect(store.runOf("icews")).rejects.toMatchObject({code: "query-wrong"})
    })

    it("goes on from month to month", async () => {
      const store = await filled()
      await store.importRows([imported(5, "2026-05-01")], of)
      const {rows, next} = await store.compare({}, 2)
      expect([rows.length, next]).toEqual([4, "2026-04-09/2026-05-01"])
      expect((await store.compare({}, 2, next)).rows.map(({day, verdict}) => [day, verdict])).toEqual([["2026-05-01", "agree"]])
    })
  })
})
