import {readFileSync} from "node:fs"
import {describe, expect, it} from "vitest"
import type {Decision, EventRecord, Quote} from "../../src/0-records/index.ts"
import {openDuckDB} from "../../src/8-store/duckdb.ts"
import type {Store} from "../../src/8-store/index.ts"
import {migrate, upgrades} from "../../src/8-store/migrate.ts"
import {actor, bareEvent, event, quote, words} from "../9-export/rows.ts"
import {backEnds} from "./backends.ts"
import {coded, coding} from "./coded.ts"

const newer = {...coding, coder: {...coding.coder, model: "sha256:newer"}, day: "2026-12-01"}
const sure = event()
const unsure = event({
  id: "r1/2",
  event: "r1/2",
  type: "SANCTION",
  mode: null,
  confidence: 0.1,
  trigger: words("spying"),
  actors: [actor("Sudmark")],
  recipients: [],
})

/** Verdicts by their short names: `says(store, "accepted")` accepts the first row as Ann, in November's last week. */
let keys = 0
function says(store: Store, verdict: Decision["verdict"], given: Partial<Decision> = {}) {
  const told = {key: `k${++keys}`, report: "r1", event: "r1/1", reviewer: "Ann", made: "2026-11-26T10:00:00Z", why: null, isBlind: false, record: null}
  return store.correct({...told, ...given, verdict})
}
const rows = async (store: Store, query = {}) => (await store.mentions({status: "all", ...query})).rows
const reject = {...sure, type: "REJECT", mode: null, cameo: "12", recipients: [actor("Sudmark", {name: "Norland"})]} satisfies EventRecord

describe.each(backEnds)("%s", (_, {storeWith}) => {
  const fresh = () => storeWith(coded({}, {events: [sure, unsure]}))

  describe("a correction", () => {
    it("overrides the coder's row in every question, and is marked", async () => {
      const store = await fresh()
      const {event: row} = await says(store, "corrected", {record: reject, why: "a refusal"})
      expect(row).toMatchObject({id: "r1/1", type: "REJECT", mode: null, cameo: "12", confidence: 1, review: "corrected"})
      expect(await rows(store)).toEqual([row])
      expect(await rows(store, {type: ["ACCUSE"]})).toEqual([])
      expect(await rows(store, {recipient: ["Norland"]})).toEqual([row])
      expect(await rows(store, {recipient: ["SUD"]})).toEqual([])
      expect((await store.aggregate({}, {by: "type"})).groups.map(({key, count}) => [key, count])).toEqual([["REJECT", 1]])
      expect((await store.aggregate({}, {by: "dyad"})).groups.map(({key}) => key)).toEqual(["NOR NOR"])
      expect((await store.report("r1"))?.events.map(({type}) => type)).toEqual(["REJECT", "SANCTION"])
    })

    it("is kept with who, when, field, old, new and why", async () => {
      const store = await fresh()
      await says(store, "corrected", {record: {...sure, status: "negated", confidence: 1}, why: "denied"})
      const {rows, total, unattached} = await store.corrections()
      expect([total, unattached]).toEqual([1, 0])
      expect(rows[0]).toMatchObject({
        number: 1,
        event: "r1/1",
        isInForce: true,
        type: "ACCUSE",
        trigger: words("accused"),
        verdict: "corrected",
        reviewer: "Ann",
        made: "2026-11-26T10:00:00Z",
        why: "denied",
        changes: [{field: "status", old: "actual", new: "negated"}],
        undone: null,
      })
    })

    it("lets a row pass that was too unsure, once a person accepts it", async () => {
      const store = await fresh()
      await says(store, "accepted", {event: "r1/2"})
      expect((await rows(store)).map(({id, confidence, review}) => [id, confidence, review])).toEqual([
        ["r1/1", 0.914, null],
        ["r1/2", 1, "accepted"],
      ])
    })

    it("takes away what is no event", async () => {
      const store = await fresh()
      expect((await says(store, "rejected")).event).toBeNull()
      expect(await rows(store)).toEqual([])
      expect(await store.count({}, "events")).toMatchObject({count: 0})
      expect((await store.report("r1"))?.events.map(({id}) => id)).toEqual(["r1/2"])
    })

    it("adds what the coder missed", async () => {
      const store = await fresh()
      const {event: row} = await says(store, "added", {event: null, record: bareEvent({trigger: words("said")})})
      expect(row).toMatchObject({id: "r1/r1", event: "r1/r1", review: "added", confidence: 1, trigger: words("said")})
      expect(await store.count({}, "events")).toMatchObject({count: 2})
    })

    it("restores the very bytes when it is undone, and stays in the list", async () => {
      const store = await fresh()
      const state = async () =>
        JSON.stringify([await store.mentions({status: "all", minConfidence: 0}), await store.report("r1"), await store.aggregate({}, {by: "dyad"})])
      const before = await state()
      const made = "2026-11-27T10:00:00Z"
      for (const one of [
        await says(store, "corrected", {record: reject}),
        await says(store, "rejected"),
        await says(store, "accepted", {event: "r1/2"}),
        await says(store, "added", {event: null, record: bareEvent()}),
      ].reverse()) {
        expect(await state()).not.toBe(before)
        expect((await store.undo(one.correction.number, made)).correction).toMatchObject({undone: made, isInForce: false})
      }
      expect(await state()).toBe(before)
      expect((await store.corrections()).rows.map(({undone}) => undone)).toEqual([made, made, made, made])
      // Once more takes nothing more.
      await store.undo(1, "2026-11-28T10:00:00Z")
      expect((await store.corrections({}, {limit: 1, after: "2"})).rows[0]).toMatchObject({number: 1, undone: made})
      await expect(store.undo(9, made)).rejects.toMatchObject({code: "not-found"})
    })

    it("gives way to the one before it when it is undone", async () => {
      const store = await fresh()
      await says(store, "corrected", {record: reject})
      const {correction} = await says(store, "rejected", {reviewer: "Ben"})
      expect((await store.corrections()).rows.map(({isInForce}) => isInForce)).toEqual([true, false])
      expect((await store.undo(correction.number, "2026-11-26T11:00:00Z")).event).toMatchObject({type: "REJECT", review: "corrected"})
    })

    it("is kept once however often it is handed over", async () => {
      const store = await fresh()
      const once = await says(store, "rejected", {key: "same"})
      expect(await says(store, "rejected", {key: "same"})).toEqual(once)
      expect((await store.corrections()).total).toBe(1)
    })

    it("that changes nothing is an acceptance", async () => {
      const store = await fresh()
      expect((await says(store, "corrected", {record: {...sure, confidence: 1}})).correction).toMatchObject({verdict: "accepted", changes: []})
    })

    it("is refused for what is not there", async () => {
      const store = await fresh()
      await expect(says(store, "accepted", {event: "r1/9"})).rejects.toMatchObject({code: "not-found"})
      await expect(says(store, "accepted", {report: "r9"})).rejects.toMatchObject({code: "not-found"})
    })

    it("lets another mention speak for the deed", async () => {
      const store = await storeWith(coded({}, {events: [sure, event({id: "r1/2", confidence: 0.5, trigger: words("spying")})]}))
      expect((await store.events({})).rows.map(({id}) => id)).toEqual(["r1/1"])
      const {correction} = await says(store, "rejected")
      expect((await store.events({})).rows.map(({id}) => id)).toEqual(["r1/2"])
      expect(await store.count({run: 1}, "events")).toMatchObject({count: 1})
      await store.undo(correction.number, "2026-11-26T12:00:00Z")
      expect((await store.events({})).rows.map(({id}) => id)).toEqual(["r1/1"])
    })
  })

  describe("what a coder wrote", () => {
    it("stays under its run, and under the days before the correction", async () => {
      const store = await fresh()
      await says(store, "corrected", {record: reject})
      await says(store, "added", {event: null, record: bareEvent()})
      const types = async (query: object) => (await rows(store, query)).map(({type, review}) => [type, review])
      expect(await types({run: 1})).toEqual([["ACCUSE", null]])
      expect(await types({asOf: "2026-11-25"})).toEqual([["ACCUSE", null]])
      expect(await types({asOf: "2026-11-26"})).toEqual([
        ["REJECT", "corrected"],
        ["ACCUSE", "added"],
      ])
      await says(store, "rejected", {made: "2026-11-28T08:00:00Z"})
      expect(await types({asOf: "2026-11-27"})).toEqual([
        ["REJECT", "corrected"],
        ["ACCUSE", "added"],
      ])
      expect(await types({asOf: "2026-11-28"})).toEqual([["ACCUSE", "added"]])
      expect((await store.report("r1", 1))?.events.map(({type}) => type)).toEqual(["ACCUSE", "SANCTION"])
      expect(await store.count({asOf: "2026-11-25"}, "events")).toMatchObject({count: 1})
    })
  })

  describe("a newer coder", () => {
    const recoded = (...events: EventRecord[]) => coded({}, {events})

    it("gets the corrections where its triggers overlap and the type is the same, or the reviewer's", async () => {
      const store = await fresh()
      await says(store, "corrected", {record: {...sure, type: "REJECT", mode: null, status: "negated"}})
      await says(store, "rejected", {event: "r1/2"})
      const wider = {...words("Monday accused"), text: "Monday accused"}
      await store.add(recoded(event({trigger: wider, confidence: 0.7}), {...unsure, id: "r1/7", event: "r1/7", confidence: 0.9}), newer)
      expect(await rows(store)).toMatchObject([{type: "REJECT", status: "negated", trigger: wider, review: "corrected", coder: {model: "sha256:newer"}}])
      expect((await store.corrections()).rows.map(({event, isInForce}) => [event, isInForce])).toEqual([
        ["r1/7", true],
        ["r1/1", true],
      ])
      expect((await rows(store, {run: 2})).map(({type, confidence}) => [type, confidence])).toEqual([
        ["ACCUSE", 0.7],
        ["SANCTION", 0.9],
      ])
      // The reviewer's type is as good a key: a third coder tells it so itself.
      await store.add(recoded(event({type: "REJECT", mode: null, status: "actual"})), {...newer, coder: {...newer.coder, model: "sha256:third"}})
      expect(await rows(store)).toMatchObject([{type: "REJECT", status: "negated", review: "corrected"}])
    })

    it("loses none whose row it does not tell: they are listed, and come back with the row", async () => {
      const store = await fresh()
      await says(store, "corrected", {record: reject, why: "a refusal"})
      await store.add(recoded(bareEvent({trigger: words("spying")})), newer)
      const {rows: gone, unattached} = await store.corrections({isUnattached: true})
      expect(unattached).toBe(1)
      expect(gone).toMatchObject([{event: null, isInForce: false, type: "ACCUSE", trigger: words("accused"), why: "a refusal"}])
      await store.add(recoded(sure), {...newer, coder: {...newer.coder, model: "sha256:third"}})
      expect(await rows(store)).toMatchObject([{type: "REJECT", review: "corrected"}])
      expect((await store.corrections()).unattached).toBe(0)
    })

    it("tells again what was added by hand, or finds it itself", async () => {
      const store = await fresh()
      await says(store, "added", {event: null, record: bareEvent({trigger: words("said")})})
      await store.add(recoded(sure), newer)
      expect((await rows(store)).map(({id, review}) => [id, review])).toEqual([
        ["r1/1", null],
        ["r1/r1", "added"],
      ])
      await store.add(recoded(bareEvent({trigger: words("she said"), confidence: 0.4})), {...newer, coder: {...newer.coder, model: "sha256:third"}})
      expect((await rows(store)).map(({id, review, trigger}) => [id, review, trigger.text])).toEqual([["r1/2", "added", "said"]])
    })

    it("gets nothing of a text that changed: its corrections are listed as of the older version", async () => {
      const store = await storeWith(coded({id: "own"}))
      await says(store, "rejected", {report: "own", event: "own/1"})
      await store.add(
        coded({id: "own"}, {words: "Norland’s foreign minister Ada Berg on Monday accused Sudmark of spying. It is another text now, and as long as before."}),
        newer,
      )
      expect((await rows(store)).map(({review}) => review)).toEqual([null])
      expect(await store.corrections({isUnattached: true})).toMatchObject({unattached: 1, rows: [{event: null, isInForce: false, verdict: "rejected"}]})
    })

    it("keeps what was said of a row that was added by hand", async () => {
      const store = await fresh()
      const {event: row} = await says(store, "added", {event: null, record: bareEvent({trigger: words("said")})})
      await says(store, "corrected", {event: row!.id, record: {...row!, status: "negated"}})
      await says(store, "accepted", {event: row!.id, reviewer: "Ben"})
      await store.add(recoded(sure), newer)
      expect((await rows(store)).map(({id, status, review}) => [id, status, review])).toEqual([
        ["r1/1", "actual", null],
        ["r1/r1", "negated", "accepted"],
      ])
    })

    it("may have its verdicts undone too", async () => {
      const store = await fresh()
      const {correction} = await says(store, "corrected", {record: reject})
      await store.add(recoded(event({confidence: 0.6})), newer)
      await store.undo(correction.number, "2026-12-02T00:00:00Z")
      expect(await rows(store)).toMatchObject([{type: "ACCUSE", confidence: 0.6, review: null}])
    })
  })

  describe("a correction of a quote", () => {
    const ofQuote = {of: "quote", event: "r1/q1"} as const
    const said = async (store: Store, query = {}) => (await store.quotes(query)).rows
    const berit = quote({speaker: actor("she", {name: "Berit Dahl", kind: "person", country: "SUD", sector: "GOV", code: "SUDGOV"}), confidence: 1})

    it("overrides it in every question, is marked, and is taken back to the very bytes", async () => {
      const store = await fresh()
      const before = await said(store)
      const {correction, quote: row, event: none} = await says(store, "corrected", {...ofQuote, record: berit, why: "another woman"})
      expect(none).toBeNull()
      expect(row).toMatchObject({id: "r1/q1", speaker: {name: "Berit Dahl"}, confidence: 1, review: "corrected"})
      expect(correction).toMatchObject({of: "quote", event: null, quote: "r1/q1", type: "QUOTE", trigger: {text: before[0]!.content.text}, isInForce: true})
      expect(correction.changes.map(({field}) => field)).toEqual(["speaker"])
      expect(await said(store)).toEqual([row])
      expect(await said(store, {actor: ["berit dahl"]})).toEqual([row])
      expect(await said(store, {actor: ["ada berg"]})).toEqual([])
      expect((await store.report("r1"))?.quotes).toEqual([row])
      expect(await said(store, {run: 1})).toEqual(before)
      expect((await store.report("r1", 1))?.quotes).toEqual(before)
      await store.undo(correction.number, "2026-11-26T11:00:00Z")
      expect(await said(store)).toEqual(before)
    })

    it("takes out what is no quote, adds what was missed, and counts both apart from mentions", async () => {
      const store = await fresh()
      await says(store, "rejected", ofQuote)
      expect(await said(store)).toEqual([])
      expect((await store.count({}, "quotes")).count).toBe(0)
      const {quote: added} = await says(store, "added", {of: "quote", event: null, record: quote({content: words("silent"), cue: null, speaker: null})})
      expect(added).toMatchObject({id: "r1/qr1", review: "added", content: {text: "silent"}})
      expect(await said(store, {text: "silent"})).toEqual([added])
      expect(await store.reviewProgress("quote")).toMatchObject({decided: 2, left: 0, reviewers: [{reviewer: "Ann", rejected: 1, added: 1}]})
      expect((await store.reviewProgress()).decided).toBe(0)
      expect(await store.reviewedReports()).toHaveLength(1)
    })

    it("holds when the report is coded again, by the words; and is listed where they are no quote any more", async () => {
      const store = await fresh()
      await says(store, "corrected", {...ofQuote, record: berit})
      const coder = {...coding.coder, model: "sha256:newer"}
      const again = (quotes: readonly Quote[]) =>
        store.add(coded({}, {events: [sure], quotes: quotes.map(one => ({...one, coder}))}), {...coding, coder, day: "2026-11-28"})
      await again([quote({confidence: 0.5})])
      expect(await said(store)).toMatchObject([{speaker: {name: "Berit Dahl"}, review: "corrected"}])
      const third = {...coding, coder: {...coder, model: "sha256:third"}, day: "2026-11-29"} as const
      await store.add(coded({}, {events: [sure], quotes: []}), third)
      expect(await said(store)).toEqual([])
      expect((await store.corrections({isUnattached: true})).rows).toMatchObject([{of: "quote", quote: null, isInForce: false}])
    })

    it("waits in a queue of its own, the least sure first", async () => {
      const store = await storeWith(coded({}, {quotes: [quote(), quote({id: "r1/q2", confidence: 0.3})]}))
      const ids = async (options = {}) => (await store.reviewQueue({}, {of: "quote", ...options})).rows.map(({id}) => id)
      expect(await ids()).toEqual(["r1/q2", "r1/q1"])
      await says(store, "accepted", {of: "quote", event: "r1/q2"})
      expect(await ids()).toEqual(["r1/q1"])
      expect(await ids({order: "second", reviewer: "Ben"})).toEqual(["r1/q2"])
      expect(await ids({order: "disagreement"})).toEqual([])
    })
  })

  describe("the review queue", () => {
    const queue = async (store: Store, options: object, query = {}) => (await store.reviewQueue(query, options)).rows.map(({id}) => id)

    it("begins with the least sure, and ends with nothing", async () => {
      const store = await storeWith(coded({}, {events: [sure, event({id: "r1/3", event: "r1/3", confidence: 0.3, status: "intended"}), unsure]}))
      expect(await queue(store, {})).toEqual(["r1/3", "r1/1"])
      expect(await queue(store, {}, {minConfidence: 0})).toEqual(["r1/2", "r1/3", "r1/1"])
      await says(store, "accepted", {event: "r1/3"})
      await says(store, "rejected")
      expect(await store.reviewQueue({})).toEqual({rows: [], left: 0})
    })

    it("shows where two runs differ", async () => {
      const store = await fresh()
      expect(await queue(store, {order: "disagreement"})).toEqual([])
      await store.add(coded({}, {events: [sure, {...unsure, status: "background", confidence: 0.8}]}), newer)
      expect(await queue(store, {order: "disagreement"})).toEqual(["r1/2"])
    })

    it("gives a second reviewer what the first decided, as the coder wrote it, and tells how far they agree", async () => {
      const store = await storeWith(coded({}, {events: [sure, {...unsure, confidence: 0.8}]}))
      await says(store, "corrected", {record: reject})
      await says(store, "accepted", {event: "r1/2"})
      const second = {order: "second", reviewer: "Ben"} as const
      expect(((await store.reviewQueue({}, second)).rows as EventRecord[]).map(({id, type, review}) => [id, type, review])).toEqual([
        ["r1/2", "SANCTION", null],
        ["r1/1", "ACCUSE", null],
      ])
      expect(await queue(store, {...second, reviewer: "Ann"})).toEqual([])
      await says(store, "accepted", {event: "r1/2", reviewer: "Ben", isBlind: true})
      await says(store, "rejected", {reviewer: "Ben", isBlind: true})
      expect(await queue(store, second)).toEqual([])
      expect(await store.reviewProgress()).toEqual({
        decided: 2,
        left: 0,
        reviewers: [
          {reviewer: "Ann", accepted: 1, rejected: 0, corrected: 1, added: 0},
          {reviewer: "Ben", accepted: 1, rejected: 1, corrected: 0, added: 0},
        ],
        pairs: [{reviewers: ["Ann", "Ben"], both: 2, same: 1, kappa: 0}],
      })
    })
  })

  it("forgets corrections with their report", async () => {
    const store = await storeWith(coded())
    await says(store, "rejected", {why: "a person's own words"})
    await store.forget({report: "r1"})
    expect((await store.corrections()).total).toBe(0)
    await store.close()
  })
})

describe("a store of version 1", () => {
  it("is as a new one after the upgrade", async () => {
    const database = await openDuckDB(":memory:")
    const first = readFileSync("test/8-store/version-1.sql", "utf8").split(";\n")
    await database.transaction(async session => {
      for (const statement of first) if (statement.trim() !== "") await session.all(statement)
    })
    await migrate(database)
    const columns = async (at: typeof database) =>
      (await at.all("SELECT table_name, column_name FROM information_schema.columns")).map(row => `${row.table_name}.${row.column_name}`).sort()
    const made = await openDuckDB(":memory:")
    await migrate(made)
    expect(await columns(database)).toEqual(await columns(made))
    expect(await database.all("SELECT version FROM store")).toEqual([{version: upgrades.length + 1}])
    await database.close()
    await made.close()
  })
})
