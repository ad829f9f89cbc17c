import {mkdtempSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {afterAll, beforeAll, beforeEach, describe, expect, it} from "vitest"
import type {Correction, EventRecord} from "../../src/0-records/index.ts"
import type {Store} from "../../src/8-store/index.ts"
import {type Coder, openCoder} from "../../src/journey.ts"
import {openApp} from "../../src/server/index.ts"
import {stored} from "./stored.ts"

const viewer = mkdtempSync(join(tmpdir(), "communique-viewer-"))
writeFileSync(join(viewer, "index.html"), "<!doctype html><title>Communique</title>")
afterAll(() => rmSync(viewer, {recursive: true, force: true}))

const text = "Kenya accused Uganda of holding three of its fishermen. Officials in Kampala denied the charge on Monday and blamed Nairobi for the delay."
const token = "a-token-of-sixteen-letters"
let coder: Coder
let store: Store
beforeAll(async () => {
  coder = await openCoder()
})
afterAll(() => coder.close())
beforeEach(async () => {
  store = (await stored(coder, [{id: "one", text, published: "2026-03-12"}])).store
  return () => store.close()
})

const app = (reviewToken?: string) =>
  openApp({coder, store, isLoopback: true, viewer, startedAt: 1, isReady: () => true, ...(reviewToken !== undefined && {reviewToken})})
const ask = (path: string, init?: RequestInit, known: string | undefined = token) => app(known).request(`http://localhost:7400${path}`, init)
const post = (body: object, headers: Record<string, string> = {authorization: `Bearer ${token}`}, known?: string) =>
  ask("/api/v1/corrections", {method: "POST", headers: {"content-type": "application/json", ...headers}, body: JSON.stringify(body)}, known)
const at = (words: string, from = 0) => ({start: text.indexOf(words, from), end: text.indexOf(words, from) + words.length})
const base = {report: "one", event: "one/1", reviewer: "Ann"}

async function corrects(body: object): Promise<{correction: Correction; event: EventRecord | null}> {
  const response = await post({...base, verdict: "corrected", ...body})
  const answer = await response.json()
  expect([response.status, answer]).toMatchObject([200, {}])
  return answer as {correction: Correction; event: EventRecord | null}
}

async function refuses(body: object, status: number, code: string, message: RegExp) {
  const response = await post({...base, verdict: "corrected", ...body})
  const {error} = (await response.json()) as {error: {code: string; message: string}}
  expect([response.status, error.code]).toEqual([status, code])
  expect(error.message).toMatch(message)
}

describe("POST /api/v1/corrections", () => {
  it("changes the type, and what follows from it", async () => {
    const {event} = await corrects({revision: {type: "REJECT"}, why: "a refusal"})
    expect(event).toMatchObject({id: "one/1", type: "REJECT", quad: 3, cameo: "120", confidence: 1, review: "corrected", trigger: {text: "accused"}})
    const page = (await (await ask("/api/v1/events?type=REJECT")).json()) as {rows: EventRecord[]}
    expect(page.rows.map(({id}) => id)).toContain("one/1")
    expect(await (await ask("/api/v1/export?format=csv&unit=mentions")).text()).toContain("corrected")
  })
  it("changes the trigger to whole words", async () =>
    expect((await corrects({revision: {trigger: at("ccuse")}})).event?.trigger).toEqual({text: "accused", ...at("accused")}))
  it("changes a side, whom the tables know", async () => {
    const {event} = await corrects({revision: {recipients: [at("Nairobi")]}})
    expect(event?.recipients).toMatchObject([{text: "Nairobi", country: "KEN"}])
    expect(((await (await ask("/api/v1/events?recipient=KEN")).json()) as {rows: object[]}).rows).not.toHaveLength(0)
  })
  it("changes a side to whom the reviewer says", async () => {
    const given = {...at("three of its fishermen"), name: "fishermen of Busia", country: "KEN", sector: "LAB"}
    expect((await corrects({revision: {recipients: [given]}})).event?.recipients).toMatchObject([
      {name: "fishermen of Busia", country: "KEN", sector: "LAB", code: "KENLAB"},
    ])
  })
  it("changes the day by words, or by days", async () => {
    expect((await corrects({revision: {date: at("Monday")}})).event?.date).toMatchObject({
      from: "2026-03-09",
      to: "2026-03-09",
      text: "Monday",
      basis: "stated",
    })
    expect((await corrects({revision: {date: {from: "2026-03-01", to: "2026-03-02"}}})).event?.date).toMatchObject({
      from: "2026-03-01",
      to: "2026-03-02",
      text: null,
    })
    expect((await corrects({revision: {date: null}})).event?.date).toBeNull()
  })
  it("changes the place by words", async () =>
    expect((await corrects({revision: {place: at("Kampala")}})).event?.place).toMatchObject({name: "Kampala", country: "UGA", level: "city"}))
  it("takes away what is no event, and gives it back", async () => {
    const {correction} = await corrects({verdict: "rejected"})
    expect((await store.report("one"))?.events.map(({id}) => id)).not.toContain("one/1")
    const undone = await ask(`/api/v1/corrections/${correction.number}`, {method: "DELETE", headers: {authorization: `Bearer ${token}`}})
    expect(((await undone.json()) as {event: EventRecord}).event.id).toBe("one/1")
  })
  it("judges anew what was rejected", async () => {
    await corrects({verdict: "rejected"})
    expect((await corrects({revision: {status: "negated"}})).event).toMatchObject({id: "one/1", status: "negated", review: "corrected"})
  })
  it("adds what was missed", async () => {
    const revision = {type: "ACCUSE", mode: "disapprove", trigger: at("blamed"), actors: [at("Officials in Kampala")], recipients: [at("Nairobi")]}
    const {event} = await corrects({event: null, verdict: "added", revision})
    expect(event).toMatchObject({
      id: "one/r1",
      type: "ACCUSE",
      mode: "disapprove",
      review: "added",
      sentence: {index: 1},
      date: {from: "2026-03-12", basis: "implied"},
    })
  })
  it("is kept once by its key", async () => {
    const one = await corrects({verdict: "rejected", key: "k"})
    expect((await corrects({verdict: "rejected", key: "k"})).correction).toEqual(one.correction)
  })
  it.each([
    [{revision: {type: "NONSENSE"}}, 422, "correction-wrong", /expected one of .*ACCUSE/],
    [{revision: {mode: "demo"}}, 422, "correction-wrong", /as a mode of ACCUSE/],
    [{revision: {trigger: {start: 5, end: 5000}}}, 422, "correction-wrong", /code points from 0 to/],
    [{revision: {date: at("Officials")}}, 422, "correction-wrong", /as a day/],
    [{revision: {date: {from: "2026-03-02", to: "2026-03-01"}}}, 422, "correction-wrong", /the first before the last/],
    [{revision: {colour: "red"}}, 400, "request-wrong", /colour/],
    [{reviewer: " "}, 400, "request-wrong", /reviewer/],
    [{event: null}, 400, "request-wrong", /"added"/],
    [{event: null, verdict: "added"}, 422, "correction-wrong", /its type and the words/],
    [{event: "one/99"}, 404, "not-found", /no such row/],
    [{report: "none"}, 404, "not-found", /none by this id/],
  ] as const)("refuses %j", (body, status, code, message) => refuses(body, status, code, message))
})

describe("who may correct", () => {
  const given = {...base, verdict: "accepted"}
  it("nobody without the token", async () => {
    expect((await post(given, {})).status).toBe(401)
    expect((await post(given, {authorization: "Bearer wrong"})).status).toBe(401)
    expect((await ask("/api/v1/corrections/1", {method: "DELETE"})).status).toBe(401)
    expect((await store.corrections()).total).toBe(0)
  })
  it("nobody where the server has none", async () => {
    const response = await openApp({coder, store, isLoopback: true, viewer, startedAt: 1, isReady: () => true}).request("http://localhost/api/v1/corrections", {
      method: "POST",
      headers: {"content-type": "application/json", authorization: "Bearer "},
      body: JSON.stringify(given),
    })
    expect(response.status).toBe(401)
    expect(await response.text()).toContain("serve --store")
  })
  it("no other site's page", async () => expect((await post(given, {authorization: `Bearer ${token}`, origin: "https://evil.example"})).status).toBe(403))
  it("whoever signed in; reading is open to all", async () => {
    const form = {method: "POST", headers: {"content-type": "application/x-www-form-urlencoded"}, body: `token=${token}`}
    const cookie = (await ask("/sign-in", form)).headers.get("set-cookie")!.split(";")[0]!
    expect((await post(given, {cookie})).status).toBe(200)
    expect((await ask("/api/v1/corrections")).status).toBe(200)
    expect((await ask("/api/v1/review")).status).toBe(200)
  })
})

describe("GET /api/v1/corrections and /api/v1/review", () => {
  it("list what was said, and what waits", async () => {
    const queue = async (query = "") =>
      (await (await ask(`/api/v1/review${query}`)).json()) as {rows: EventRecord[]; left: number; progress: {decided: number}; modes: object}
    const before = await queue()
    expect(before.rows.length).toBeGreaterThan(1)
    expect(before.rows.map(({confidence}) => confidence)).toEqual(before.rows.map(({confidence}) => confidence).toSorted((one, other) => one - other))
    expect(before.modes).toMatchObject({ACCUSE: expect.arrayContaining(["allege"])})
    await corrects({verdict: "accepted"})
    expect(await queue()).toMatchObject({left: before.left - 1, progress: {decided: 1}})
    expect((await queue("?order=second&reviewer=Ben")).rows.map(({id}) => id)).toEqual(["one/1"])
    const {corrections, total} = (await (await ask("/api/v1/corrections?report=one&reviewer=Ann")).json()) as {corrections: Correction[]; total: number}
    expect([total, corrections[0]]).toMatchObject([1, {verdict: "accepted", reviewer: "Ann", event: "one/1"}])
    expect(((await (await ask("/api/v1/corrections?unattached=1")).json()) as {corrections: object[]}).corrections).toEqual([])
  })
})
