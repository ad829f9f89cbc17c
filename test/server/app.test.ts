import {mkdtempSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {afterAll, beforeAll, describe, expect, it} from "vitest"
import type {EventRecord} from "../../src/0-records/index.ts"
import type {Store} from "../../src/8-store/index.ts"
import {layouts} from "../../src/9-export/index.ts"
import {type Coder, openCoder} from "../../src/journey.ts"
import {openApp, type Serving} from "../../src/server/index.ts"
import {shownReport} from "../../src/server/records.ts"
import {stored} from "./stored.ts"

const viewer = mkdtempSync(join(tmpdir(), "communique-viewer-"))
writeFileSync(join(viewer, "index.html"), "<!doctype html><title>Communique</title>")
writeFileSync(join(viewer, "theme.js"), "1")
afterAll(() => rmSync(viewer, {recursive: true, force: true}))

const text = "Kenya accused Uganda of holding three of its fishermen."
/** Finland joined NATO in April 2023. */
const groupReports = ["2022-03-15", "2024-03-12"].map((published, n) => ({
  id: n === 0 ? "before" : "after",
  published,
  text: "Finland accused Russia of jamming its aircraft on Monday.",
}))

let coder: Coder
let store: Store
let ask: (path: string, init?: RequestInit) => Promise<Response>
let make: (serving?: Partial<Serving>) => ReturnType<typeof openApp>
beforeAll(async () => {
  coder = await openCoder()
  const made = await stored(
    coder,
    ["one", "a/b", "three"].map(id => ({id, text, published: "2026-03-12"})),
  )
  store = made.store
  make = serving => openApp({coder, store, isLoopback: true, viewer, startedAt: 1, isReady: () => true, ...serving})
  const app = make()
  ask = async (path, init) => app.request(`http://localhost:7400${path}`, init)
})
afterAll(() => Promise.all([coder.close(), store.close()]))

const json = (body: unknown): RequestInit => ({
  method: "POST",
  headers: {"content-type": "application/json"},
  body: typeof body === "string" ? body : JSON.stringify(body),
})

async function fails(answer: Promise<Response>, status: number, code: string, message?: RegExp) {
  const response = await answer
  const body = (await response.json()) as {error: {code: string; message: string; place: object}}
  expect([response.status, body.error.code]).toEqual([status, code])
  expect(Object.keys(body)).toEqual(["error"])
  expect(body.error.message).toMatch(message ?? /^Cannot /)
}

describe("POST /api/v1/code", () => {
  it("codes a text: the same rows as the library", async () => {
    const response = await ask("/api/v1/code", json({text, published: "2026-03-12"}))
    const body = shownReport.strict().parse(await response.json())
    const {mentions: _, ...coded} = await coder.code({text, published: "2026-03-12"})
    expect(body).toEqual({...coded, floor: coder.floor})
    expect(body.events[0]).toMatchObject({type: "ACCUSE", trigger: {text: "accused"}})
  })
  it("codes a page", async () => {
    const response = await ask("/api/v1/code", json({html: `<article><h1>Kenya and Uganda</h1><p>${text}</p></article>`}))
    expect(((await response.json()) as {text: string}).text).toContain(text)
  })
  it("takes null for an absent field", async () => expect((await ask("/api/v1/code", json({text, html: null, published: null}))).status).toBe(200))
  it("asks for a text or a page", () => fails(ask("/api/v1/code", json({})), 400, "request-wrong", /one of "text" and "html"/))
  it("asks for only one of them", () => fails(ask("/api/v1/code", json({text, html: text})), 400, "request-wrong"))
  it("names the field that is wrong", () => fails(ask("/api/v1/code", json({text: 5})), 400, "request-wrong", /"text"/))
  it("knows no other field", () => fails(ask("/api/v1/code", json({text, publishd: "2026-03-12"})), 400, "request-wrong", /publishd/))
  it("reads JSON only", () => fails(ask("/api/v1/code", {method: "POST", headers: {"content-type": "text/plain"}, body: text}), 415, "request-wrong"))
  it("tells broken JSON", () => fails(ask("/api/v1/code", json("{")), 400, "request-wrong", /JSON/))
  it("tells a report without text", () => fails(ask("/api/v1/code", json({text: "…"})), 422, "text-empty"))
  it("tells a report in another language", () =>
    fails(
      ask(
        "/api/v1/code",
        json({text: "Der Minister sagte am Montag, dass die Regierung und das Parlament über den Vertrag mit dem Nachbarn sprechen. ".repeat(4)}),
      ),
      422,
      "language-not-english",
    ))
  it("takes two MiB at most", () => fails(ask("/api/v1/code", json({text: "a".repeat(2 ** 21)})), 413, "input-too-large"))
  it("sends callers away where too many wait", async () => {
    let free = () => {}
    const held = new Promise<void>(done => {
      free = done
    })
    const slow: Coder = {...coder, code: async report => held.then(() => coder.code(report))}
    const app = make({coder: slow})
    const answers = Array.from({length: 19}, () => app.request("http://localhost/api/v1/code", json({text})))
    const first = await Promise.race(answers)
    expect([first.status, first.headers.get("retry-after")]).toEqual([503, "2"])
    free()
    const statuses = (await Promise.all(answers)).map(({status}) => status)
    expect(statuses.filter(status => status === 200)).toHaveLength(18)
  })
})

describe("GET /api/v1/places", () => {
  it("adds up to the count", async () => {
    const {count, points, countries, more, elsewhere, unplaced} = (await (await ask("/api/v1/places?status=all&minConfidence=0")).json()) as {
      count: {count: number}
      points: {count: number}[]
      countries: {count: number}[]
    } & Record<"more" | "elsewhere" | "unplaced", number>
    expect(count.count).toBeGreaterThan(0)
    expect([...points, ...countries].reduce((sum, one) => sum + one.count, more + elsewhere + unplaced)).toBe(count.count)
  })
  it.each(["1,2,3", "west", "1,2,3,4,5", "1e9,0,0,0"])("tells a box that is none: %s", box =>
    fails(ask(`/api/v1/places?box=${box}`), 400, "request-wrong", /west,south,east,north/),
  )
})

describe("GET /api/v1/changes", () => {
  it("finds none between a run and itself", async () => {
    expect(await (await ask("/api/v1/changes?from=1&to=1")).json()).toMatchObject({total: 0, changes: []})
  })
  it("tells a run that is none", () => fails(ask("/api/v1/changes?from=0&to=1"), 400, "request-wrong", /"from"/))
})

describe("GET /api/v1/reports", () => {
  const page = async (path: string) => (await (await ask(path)).json()) as {reports: {id: string; mentions: number}[]; next: string | null; total: number}
  it("gives every report once, a page at a time", async () => {
    const first = await page("/api/v1/reports?limit=2")
    const second = await page(`/api/v1/reports?limit=2&cursor=${encodeURIComponent(first.next ?? "")}`)
    expect([...first.reports, ...second.reports].map(({id}) => id)).toEqual(["three", "a/b", "one"])
    const {events} = await coder.code({text, published: "2026-03-12"})
    const shown = events.filter(({confidence}) => confidence >= coder.floor)
    expect([first.total, second.next, first.reports[0]?.mentions]).toEqual([3, null, shown.length])
  })
  it("gives one of them, whatever its id holds", async () => {
    const response = await ask("/api/v1/reports/a%2Fb")
    expect(shownReport.parse(await response.json()).report.id).toBe("a/b")
  })
  it("tells an id that is none", () => fails(ask("/api/v1/reports/none"), 404, "not-found", /"none"/))
  it("tells a limit that is none", () => fails(ask("/api/v1/reports?limit=0"), 400, "request-wrong", /"limit"/))
  it("answers 304 to who has it already", async () => {
    const etag = (await ask("/api/v1/reports/one")).headers.get("etag") ?? ""
    expect((await ask("/api/v1/reports/one", {headers: {"if-none-match": etag}})).status).toBe(304)
  })
  it.each(["", "x", "1/2", "9".repeat(30)])("tells a cursor that is none: %j", cursor =>
    fails(ask(`/api/v1/reports?cursor=${cursor}`), 400, "request-wrong", /"cursor"/),
  )
  it("tells the methods of a path that does not take this one", async () => {
    const answer = make({token: "0123456789abcdef"}).request("http://localhost:7400/api/v1/corrections", {
      method: "PUT",
      headers: {authorization: "Bearer 0123456789abcdef"},
    })
    expect((await answer).headers.get("allow")).toBe("POST, GET")
    await fails(Promise.resolve(answer), 405, "request-wrong", /expected POST or GET/)
  })
  it("tells a route that is none", () => fails(ask("/api/v1/nothing"), 404, "not-found"))
})

describe("GET /api/v1/export", () => {
  it.each(layouts.map(layout => [layout.name, layout] as const))("gives %s as a file", async (format, {media, ending}) => {
    const answer = await ask(`/api/v1/export?format=${format}`)
    expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([200, media])
    expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="events.${ending}"`)
    // No place is known: GeoJSON is an empty collection, of 44 bytes.
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThanOrEqual(44)
  })
  it("has no events' filters for quotes, and tells it", async () => {
    for (const filter of ["type=ACCUSE", "directed=1"]) await fails(ask(`/api/v1/quotes?${filter}`), 400, "query-wrong", new RegExp(filter.split("=")[0]!))
  })

  it("leaves out words where asked, and has no quotes in a data set's form", async () => {
    const rows = (await (await ask("/api/v1/export?format=jsonl&words=0")).text()).trim().split("\n")
    expect(rows.map(row => (JSON.parse(row) as EventRecord).sentence.text).every(words => words.startsWith("sha256:"))).toBe(true)
    expect((await ask("/api/v1/export?format=icews&unit=quotes")).status).toBe(400)
  })
})

describe("GET /api/v1/actors/{who}", () => {
  it("says who somebody is by reports and by tables", async () => {
    const who = async (name: string) => (await (await ask(`/api/v1/actors/${encodeURIComponent(name)}`)).json()) as {told: {code: string}[]; offices: object[]}
    const {told, offices} = await who("Angela Merkel")
    expect(told).toEqual([])
    expect(offices).toContainEqual({
      ...{name: "Angela Merkel", country: "DEU", duty: "head-of-government", sector: "GOV", from: "2005-11-01", to: "2021-12-31"},
      ...{isOpen: false, isRecalled: false},
    })
    const [first] = (await who("Kenya")).told
    expect(first).toMatchObject({code: "KEN", from: "2026-03-12"})
    expect((await who("nobody at all")).told).toEqual([])
  })
})

describe("GET /api/v1/quotes", () => {
  it("asks by whom they speak of, and by their verb, and hands them on as a file", async () => {
    const count = async (query: string) => ((await (await ask(`/api/v1/quotes?${query}`)).json()) as {count: {count: number}}).count.count
    const all = await count("")
    expect([await count("about=nobody"), await count("cue=nothing")]).toEqual([0, 0])
    const lines = async (query: string) => (await (await ask(`/api/v1/export?unit=quotes&format=jsonl&${query}`)).text()).split("\n").length - 1
    expect(await lines("")).toBe(all)
    expect(await lines("about=nobody")).toBe(0)
    await fails(ask("/api/v1/export?about=KEN"), 400, "query-wrong", /events by about/)
  })
})

describe("GET /api/v1/events", () => {
  it("knows the members of a group on the day, as the command does", async () => {
    const nato = await make({store: (await stored(coder, groupReports)).store})
    const told = async (query: string) => {
      const response = await nato.request(`http://localhost:7400/api/v1/events?minConfidence=0&${query}`)
      return [...new Set(((await response.json()) as {rows: {report: {id: string}}[]}).rows.map(({report}) => report.id))]
    }
    expect(await told("actor=FIN")).toEqual(["after", "before"])
    expect(await told("actor=NATO")).toEqual(["after"])
    expect(await told("dyad=NATO&dyad=Russia")).toEqual(["after"])
  })
})

describe("a foreign page", () => {
  it("cannot ask by another origin", () => fails(ask("/api/v1/reports", {headers: {origin: "https://evil.example"}}), 403, "request-refused"))
  it("cannot post", () => fails(ask("/api/v1/code", {...json({text}), headers: {"content-type": "application/json", origin: "null"}}), 403, "request-refused"))
  it("cannot ask without an origin either", () => fails(ask("/api/v1/reports", {headers: {"sec-fetch-site": "cross-site"}}), 403, "request-refused"))
  it("cannot bend its name to this machine", () => fails(ask("/api/v1/reports", {headers: {host: "evil.example:7400"}}), 403, "request-refused"))
  it("may link here", async () => expect((await ask("/", {headers: {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}})).status).toBe(200))
  it("does not keep this server's own page away", async () =>
    expect((await ask("/api/v1/reports", {headers: {origin: "http://localhost:7400", host: "localhost:7400"}})).status).toBe(200))
})

describe("a token", () => {
  const token = "0123456789abcdef"
  const withToken = (path: string, init?: RequestInit) => make({token, isLoopback: false}).request(`http://news.example${path}`, init)
  const paths = ["/api/v1/reports", "/api/v1/reports/one", "/openapi.json", "/metrics", "/theme.js", "/"]
  it.each(paths)("is needed for %s", async path => {
    await fails(Promise.resolve(withToken(path)), 401, "request-refused")
    await fails(Promise.resolve(withToken(path, {headers: {authorization: "Bearer 0123456789abcdeF"}})), 401, "request-refused")
    expect((await withToken(path, {headers: {authorization: `Bearer ${token}`}})).status).toBe(200)
  })
  it("is needed to code", () => fails(Promise.resolve(withToken("/api/v1/code", json({text}))), 401, "request-refused"))
  it("is not needed to ask for health", async () => expect((await withToken("/healthz")).status).toBe(200))
  it("is asked for in a browser, and kept in a cookie that no script and no other site can use", async () => {
    expect((await withToken("/reports", {headers: {accept: "text/html"}})).headers.get("location")).toBe("/sign-in")
    const form = (given: string) =>
      withToken("/sign-in", {method: "POST", headers: {"content-type": "application/x-www-form-urlencoded"}, body: `token=${given}`})
    expect((await form("wrong")).status).toBe(401)
    const cookie = (await form(token)).headers.get("set-cookie") ?? ""
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(cookie).not.toContain(token)
    expect((await withToken("/api/v1/reports", {headers: {cookie: cookie.split(";")[0]!}})).status).toBe(200)
  })
})

describe("the viewer", () => {
  it.each([
    "/",
    "/try",
    "/reports",
    "/reports/one",
    "/explore?type=ACCUSE",
    "/map",
    "/network",
    "/dyad/KEN/UGA",
    "/actor/KEN",
    "/quotes",
    "/review",
    "/runs",
    "/reference",
  ])("has a page at %s", async path => expect((await ask(path)).status).toBe(200))
  it("says so where it has none", async () => expect((await ask("/nothing")).status).toBe(404))
  it.each(["/../package.json", "/%2e%2e/package.json", "/assets/..%2f..%2fpackage.json", "/..\\package.json", "//etc/passwd", "/theme.js%00.html"])(
    "reads no file at %s",
    async path => {
      const response = await ask(path)
      expect(response.status).toBe(404)
      expect(await response.text()).toContain("<title>Communique</title>")
    },
  )
  it("allows its own script and style and nothing else", async () => {
    for (const path of ["/", "/api/v1/reports", "/nothing", "/api/v1/nothing"]) {
      const {headers} = await ask(path)
      expect(headers.get("content-security-policy")).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
      expect(headers.get("content-security-policy")).not.toMatch(/unsafe/)
      expect(headers.get("x-content-type-options")).toBe("nosniff")
    }
  })
})

describe("the server", () => {
  it("describes itself as OpenAPI 3.1, with every route", async () => {
    const description = (await (await ask("/openapi.json")).json()) as {openapi: string; paths: object}
    expect(description.openapi).toBe("3.1.0")
    const names = [
      "code",
      "reports",
      "reports/{id}",
      "events",
      "mentions",
      "quotes",
      "timeline",
      "facets",
      "dyads",
      "network",
      "places",
      "export",
      "actors",
      "actors/{who}",
      "runs",
      "changes",
      "problems",
      "access",
      "corrections",
      "corrections/{number}",
      "review",
      "stories",
      "stories/{id}",
      "events/{id}",
      "rulings",
      "rulings/{ruling}",
    ]
    expect(Object.keys(description.paths)).toEqual(names.map(name => `/api/v1/${name}`))
  })
  it("counts what it did", async () => {
    const app = make()
    await app.request("http://localhost/api/v1/code", json({text}))
    const metrics = await (await app.request("http://localhost/metrics")).text()
    expect(metrics).toMatch(/^communique_coded_reports_total 1$/m)
    expect(metrics).toMatch(/^communique_requests_total\{.*method="POST",status="200"\} 1$/m)
    expect(metrics.split("\n").filter(line => line !== "" && !/^# (HELP|TYPE) |^[a-z_]+(\{[^}]*\})? [\d.e+-]+$/.test(line))).toEqual([])
  })
  it("says when it takes no more", async () => {
    const app = make({isReady: () => false})
    expect((await app.request("http://localhost/readyz")).status).toBe(503)
    expect((await app.request("http://localhost/healthz")).status).toBe(200)
  })
})

describe("stories and events of many reports", () => {
  const bearer = {authorization: "Bearer 0123456789abcdef"}
  const body = async <T>(answer: Response | Promise<Response>) => (await (await answer).json()) as T

  it("shows one event of three reports, with why, and the story that they are", async () => {
    const {count, rows} = await body<{count: {unit: string; count: number}; rows: {story: string; reports: number}[]}>(ask("/api/v1/stories"))
    expect([count.unit, count.count, rows[0]?.story, rows[0]?.reports]).toEqual(["stories", 1, "s1", 3])
    expect((await body<{of: {id: string}[]}>(ask("/api/v1/stories/s2"))).of.map(({id}) => id)).toEqual(["one", "a/b", "three"])
    const shown = await body<{event: string; mentions: {joined: string | null; reasons: string[]}[]}>(ask("/api/v1/events/three%2F1"))
    expect([shown.event, shown.mentions.length]).toEqual(["one/1", 3])
    expect(shown.mentions.flatMap(({reasons}) => reasons)).toContain("told on the same day, 2026-03-12")
    const mentions = await body<{rows: unknown[]}>(ask("/api/v1/events?story=s3&unit=mentions"))
    expect(mentions.rows).toHaveLength(3)
    expect(await body(ask("/api/v1/mentions?story=s3"))).toEqual(mentions)
    expect((await body<{rows: unknown[]}>(ask("/api/v1/mentions?story=s3&reportText=nowherewritten"))).rows).toEqual([])
  })
  it("shows dyads as a network, whose nodes come to what its edges do", async () => {
    type Edge = {dyad: [string, string]; count: number}
    const {groups} = await body<{groups: Edge[]}>(ask("/api/v1/dyads?unit=mentions&status=all&minConfidence=0"))
    const network = await body<{nodes: {name: string; asActor: number; asRecipient: number}[]; edges: Edge[]}>(
      ask("/api/v1/network?unit=mentions&status=all&minConfidence=0"),
    )
    expect(network.edges).toEqual(groups)
    expect(groups.length).toBeGreaterThan(0)
    const sum = (side: 0 | 1, of: string) => groups.filter(({dyad}) => dyad[side] === of).reduce((total, {count}) => total + count, 0)
    expect(network.nodes.map(({name}) => name).sort()).toEqual([...new Set(groups.flatMap(({dyad}) => dyad))].sort())
    for (const {name, asActor, asRecipient} of network.nodes) expect([name, asActor, asRecipient]).toEqual([name, sum(0, name), sum(1, name)])
  })
  it("says what is not there and what is no story", async () => {
    await fails(ask("/api/v1/stories/s9"), 404, "not-found")
    await fails(ask("/api/v1/stories/9"), 400, "request-wrong")
    await fails(ask("/api/v1/events/nothing"), 404, "not-found")
    await fails(ask("/api/v1/events?story=9"), 400, "request-wrong")
  })
  it("splits and undoes with a token, and refuses it without", async () => {
    await fails(ask("/api/v1/rulings", json({kind: "split", ids: ["three/1"]})), 401, "request-refused")
    const app = make({token: "0123456789abcdef"})
    const rule = (path: string, init: RequestInit) =>
      app.request(`http://localhost${path}`, {...init, headers: {...(init.headers as Record<string, string> | undefined), ...bearer}})
    const split = await body<{ruling: number; events: string[]}>(rule("/api/v1/rulings", json({kind: "split", ids: ["three/1"]})))
    expect(split.events).toEqual(["one/1", "three/1"])
    const undone = await body<{events: string[]; undone: string | null}>(rule(`/api/v1/rulings/${split.ruling}`, {method: "DELETE"}))
    expect(undone.events).toEqual(["one/1"])
    await fails(Promise.resolve(rule("/api/v1/rulings", json({kind: "merge", ids: ["one/1"]}))), 400, "request-wrong")
    await fails(Promise.resolve(rule("/api/v1/rulings", json({kind: "merge", ids: ["one/1", "a/b/1"]}))), 400, "call-wrong")
  })
})
