import {afterAll, beforeAll, describe, expect, it} from "vitest"
import {groupings, type Query, type Store} from "../../src/8-store/index.ts"
import {actor, bareEvent, event, quote} from "../9-export/rows.ts"
import {coded, storeIn, storeWith} from "./coded.ts"
import {hasPostgres, startPostgres} from "./postgres.ts"

const side = (country: string, fields: Parameters<typeof actor>[1] = {}) => actor("Sudmark", {name: country, country, code: country, ...fields})
const on = (day: string, to = day) => ({from: day, to, basis: "implied" as const, text: null, start: null, end: null})

/** One event for each letter. */
const events = [
  event({id: "r1/1", event: "r1/1", type: "ACCUSE", actors: [side("CHN")], recipients: [side("USA")], date: on("2026-01-05"), intensity: -3, quad: 3}),
  event({
    id: "r1/2",
    event: "r1/2",
    type: "CONSULT",
    mode: "phone",
    actors: [side("CHN"), side("VEN")],
    recipients: [],
    date: on("2026-01-08"),
    quad: 1,
    intensity: 1,
  }),
  event({
    id: "r1/3",
    event: "r1/3",
    type: "COERCE",
    actors: [side("USA", {sector: "GOV", code: "USAGOV"})],
    recipients: [side("VEN")],
    date: on("2026-02-01"),
    quad: 4,
    intensity: -7,
  }),
  event({id: "r1/4", event: "r1/4", type: "COERCE", status: "intended", actors: [side("USA")], recipients: [side("VEN")], date: null, place: null, quad: 4}),
  event({
    id: "r1/5",
    event: "r1/5",
    type: "AID",
    confidence: 0.1,
    actors: [side("VEN")],
    recipients: [side("CHN")],
    date: on("2026-01-01", "2026-12-31"),
    quad: 2,
  }),
  bareEvent({id: "r1/6", event: "r1/6", type: "PROTEST", quad: 3}),
]

const reports = [coded({}, {events}), coded({id: "r2", publisher: "Another", published: "2026-01-06"}, {events: [], quotes: [quote()]})]

let store: Store
const openings: readonly [string, () => Promise<Store>][] = [
  ["DuckDB", () => storeWith(...reports)],
  ["PostgreSQL", async () => storeIn(await (await startPostgres()).database(), ...reports)],
]
const backEnds = openings.filter(([name]) => name === "DuckDB" || hasPostgres)

/** What one report's speaker says of another country in its name, then of it without its name, then of itself. */
const speech = [
  coded(
    {},
    {
      events: [
        event({
          id: "r1/1",
          event: "r1/1",
          recipients: [side("SUD", {name: "Sudmark"}), side("PRK", {name: "Kim Jong-un"})],
          trigger: {text: "spying", start: 66, end: 72},
        }),
        event({id: "r1/2", event: "r1/2", actors: [side("NOR", {name: "Norland"})], recipients: [], trigger: {text: "silent", start: 90, end: 96}}),
      ],
      quotes: [
        quote({id: "r1/q1", content: {text: "Sudmark was there", start: 0, end: 17}}),
        quote({id: "r1/q2", content: {text: "it was spying", start: 59, end: 72}, cue: {text: "had denied", start: 0, end: 10}}),
        quote({id: "r1/q3", content: {text: "we will not be silent", start: 75, end: 96}}),
        quote({id: "r1/q4", content: {text: "and Kim Jong-un’s too", start: 97, end: 118}, speaker: null}),
      ],
    },
  ),
]

const finds = async (query: Query, ...numbers: number[]) => {
  const {rows} = await store.events(query)
  expect(rows.map(({id}) => Number(id.split("/")[1]))).toEqual(numbers)
}

describe.each(backEnds)("a query of %s", (_, open) => {
  beforeAll(async () => {
    store = await open()
  }, 300_000)
  afterAll(() => store.close())

  it("takes actual and sure events, the latest day first, and tells what it left out", async () => {
    await finds({}, 3, 2, 1, 6)
    expect(await store.count({}, "events")).toEqual({
      unit: "events",
      count: 4,
      leftOut: {status: 1, confidence: 1, undated: 0},
      reports: 2,
      ingested: 2,
    })
  })
  it("by status", () => finds({status: ["intended"]}, 4))
  it("by all statuses and any confidence", () => finds({status: "all", minConfidence: 0}, 3, 2, 1, 5, 4, 6))
  it("by actor", () => finds({actor: ["CHN"]}, 2, 1))
  it("by a role's code", () => finds({actor: ["USAGOV"]}, 3))
  it("by recipient", () => finds({recipient: ["VEN"]}, 3))
  it("by either side", () => finds({side: ["VEN"]}, 3, 2))
  it("by country and sector", () => finds({country: ["USA"], sector: ["GOV"]}, 3))
  it("by a dyad, either way, a meeting without recipient included", () => finds({dyad: ["VEN", "CHN"]}, 2))
  it("by a directed dyad, where a meeting counts both ways", () => finds({dyad: ["VEN", "CHN"], isDirected: true}, 2))
  it("by a directed dyad, one way only", async () => {
    await finds({dyad: ["USA", "VEN"], isDirected: true}, 3)
    await finds({dyad: ["VEN", "USA"], isDirected: true})
  })
  it("by type, mode, quad and context", async () => {
    await finds({type: ["COERCE", "CONSULT"]}, 3, 2)
    await finds({mode: ["phone"]}, 2)
    await finds({quad: [4]}, 3)
    await finds({context: ["intelligence"], type: ["COERCE"]}, 3)
    await finds({context: ["intel"]})
  })
  it("by days, and tells what has none", async () => {
    await finds({since: "2026-01-06", until: "2026-02-01"}, 3, 2)
    await finds({since: "2026-03-01", minConfidence: 0}, 5)
    expect(await store.count({since: "2026-01-06", until: "2026-01-31"}, "events")).toMatchObject({count: 1, leftOut: {undated: 1}, reports: 1})
  })
  it("by place", async () => {
    await finds({place: ["lunden"], type: ["COERCE"]}, 3)
    await finds({place: ["NOR"], type: ["PROTEST"]})
  })
  it("by words of the evidence, from their beginning", async () => {
    await finds({text: "accus SPY", type: ["COERCE"]}, 3)
    await finds({text: "py"})
  })
  it("by words of the report", () => finds({reportText: "silent charges", type: ["COERCE"]}, 3))
  it("by publisher and report", async () => {
    await finds({publisher: ["Another"]})
    await finds({report: "r1", type: ["COERCE"]}, 3)
  })
  it("by a group, on its members' days", async () => {
    const group = (from: string | null, to: string | null) => ({
      name: "The Group",
      members: [
        {country: "CHN", from, to},
        {country: "NOR", from: null, to: null},
      ],
    })
    await finds({actor: [group(null, null)]}, 2, 1)
    await finds({actor: [group("2026-01-06", null)]}, 2)
    await finds({actor: [group(null, "2026-01-06")]}, 1)
    await finds({dyad: [group("2026-01-06", null), "USA"]})
  })
  it("does no harm with marks of SQL", () => finds({actor: ["'; DROP TABLE mentions; --"], text: "x'y"}))

  it("gives pages that join without a gap, days or none", async () => {
    const query: Query = {status: "all", minConfidence: 0}
    const whole = (await store.mentions(query)).rows.map(({id}) => id)
    const pages: string[] = []
    let after: string | null | undefined
    while (after !== null) {
      const page = await store.mentions(query, {limit: 2, ...(after && {after})})
      pages.push(...page.rows.map(({id}) => id))
      after = page.next
    }
    expect(pages).toEqual(whole)
  })

  it("refuses a page that none was followed by", async () => {
    await expect(store.mentions({}, {after: "yesterday"})).rejects.toMatchObject({code: "query-wrong"})
    await expect(store.reports({}, {after: "-1"})).rejects.toMatchObject({code: "query-wrong"})
  })

  it("refuses to ask quotes what they do not have, and events what only quotes have", async () => {
    await expect(store.quotes({type: ["COERCE"]})).rejects.toThrow("Cannot ask quotes by type")
    await expect(store.events({about: ["CHN"]})).rejects.toThrow("Cannot ask events by about")
    await expect(store.count({cue: "said"}, "mentions")).rejects.toThrow("Cannot ask events by cue")
    expect((await store.quotes({since: "2026-01-06", until: "2026-01-06", text: "not be"})).rows).toHaveLength(1)
  })
})

describe.each(openings.filter(([name]) => name === "DuckDB" || hasPostgres))("what is said and told of somebody in %s", name => {
  beforeAll(async () => {
    store = name === "DuckDB" ? await storeWith(...speech) : await storeIn(await (await startPostgres()).database(), ...speech)
  }, 300_000)
  afterAll(() => store.close())
  const asks = async (query: Query) => (await store.quotes(query)).rows.map(({id}) => id)

  it("is found in quotes by the name, and by what is told within their words", async () => {
    expect(await asks({about: ["SUD"]})).toEqual(["r1/q1", "r1/q2"])
    expect(await asks({about: ["Sudmark"]})).toEqual(["r1/q1", "r1/q2"])
    expect(await asks({about: ["Kim Jong-un"]})).toEqual(["r1/q2", "r1/q4"])
  })
  it("is no word of one's own", async () => {
    expect(await asks({about: ["NOR"]})).toEqual([])
    expect(await asks({side: ["NOR"]})).toHaveLength(3)
  })
  it("is found by the words that say that somebody speaks", async () => {
    expect(await asks({cue: "deni"})).toEqual(["r1/q2"])
    expect(await asks({cue: "enied"})).toEqual([])
    expect(await asks({about: ["SUD"], cue: "said"})).toEqual(["r1/q1"])
  })
  it("tells who that is, since when, and in the words that say most", async () => {
    const [ada, ...others] = await store.told("Ada Berg")
    expect(others).toEqual([])
    expect(ada).toEqual({
      ...{name: "Ada Berg", kind: "person", country: "NOR", sector: "GOV", code: "NORGOV"},
      ...{told: 4, from: "2026-03-12", to: "2026-03-12"},
      said: {text: "Norland’s foreign minister Ada Berg", basis: "stated", row: "r1/1", report: "r1"},
    })
    expect((await store.told("NOR")).map(({name}) => name)).toEqual(["Ada Berg", "Norland"])
    expect(await store.told("NOR", {limit: 1})).toHaveLength(1)
    expect(await store.told("nobody")).toEqual([])
  })
})

describe.each(backEnds)("counts of %s", (_, open) => {
  beforeAll(async () => {
    store = await open()
  }, 300_000)
  afterAll(() => store.close())

  const groups = async (by: (typeof groupings)[number], query: Query = {}) => {
    const {groups, ungrouped} = await store.aggregate(query, {by})
    return [groups.map(({key, count, reports, per1000}) => [key, count, reports, per1000]), ungrouped]
  }
  it("by month, with the reports of the month", async () => {
    expect(await groups("month")).toEqual([
      [
        ["2026-01-01", 2, 1, 2000],
        ["2026-02-01", 1, 0, null],
      ],
      1,
    ])
  })
  it("leave a deed longer than the period out of all", async () => {
    expect((await store.aggregate({minConfidence: 0}, {by: "month"})).ungrouped).toBe(2)
    expect((await store.aggregate({minConfidence: 0}, {by: "year"})).ungrouped).toBe(1)
  })
  it("by dyad, a meeting once for each way", async () => {
    expect(await groups("dyad")).toEqual([
      [
        ["CHN USA", 1, 2, 500],
        ["CHN VEN", 1, 2, 500],
        ["USA VEN", 1, 2, 500],
        ["VEN CHN", 1, 2, 500],
      ],
      1,
    ])
  })
  it("by type, with cooperation, conflict and mean intensity", async () => {
    const {groups} = await store.aggregate({side: ["CHN"]}, {by: "year"})
    expect(groups).toMatchObject([{key: "2026-01-01", unit: "events", count: 2, cooperation: 1, conflict: 1, meanIntensity: -1}])
  })
  it.each(groupings)("by %s add up to the total where each event has one group", async by => {
    const {groups, ungrouped} = await store.aggregate({}, {by})
    const sum = groups.reduce((sum, {count}) => sum + count, 0)
    if (["dyad", "actor", "recipient"].includes(by)) expect(sum + ungrouped).toBeGreaterThanOrEqual(4)
    else expect(sum + ungrouped).toBe(4)
  })
})
