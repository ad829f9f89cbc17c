import {mkdtempSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {describe, expect, it} from "vitest"
import {CoderError, type EventRecord} from "../../src/0-records/index.ts"
import {cameoCode} from "../../src/9-export/crosswalk.ts"
import {layouts} from "../../src/9-export/index.ts"
import {actor, bareEvent, event} from "./rows.ts"
import {written} from "./written.ts"

const cells = async (name: string, rows: readonly EventRecord[]) =>
  (await written(name, rows))
    .toString()
    .split("\n")
    .slice(0, -1)
    .map(line => line.split("\t"))

const rumania = actor("Ada Berg", {name: "Ada Berg", kind: "person", country: "ROU", sector: "GOV", code: "ROUGOV"})
const police = actor("spying", {name: "police", kind: "group", country: "KEN", sector: "COP", code: "KENCOP"})
const press = actor("Monday", {name: "reporters", kind: "group", country: "KEN", sector: "MED", code: "KENMED"})
const plain = event({actors: [rumania], recipients: [police]})

/** Widths as in gdeltPyR's schemas, andybega/icews and the POLECAT header (docs/export.md). */
const widths: Record<string, number> = {gdelt: 61, "gdelt-mentions": 16, gdelt1: 58, icews: 20, polecat: 40}

describe("layouts of other data sets", () => {
  it.each(Object.entries(widths))("%s has %i columns in every row", async (name, width) => {
    const rows = await cells(name, [plain, event({id: "r1/2", event: "r1/2"}), event({id: "r1/3", event: "r1/3", place: null, actors: [rumania, police]})])
    expect(rows.length).toBeGreaterThan(2)
    expect(rows.map(row => row.length)).toEqual(rows.map(() => width))
  })

  it.each(Object.entries(widths))("%s is read back by DuckDB with as many rows and columns", async (name, width) => {
    const folder = mkdtempSync(join(tmpdir(), "communique-layout-"))
    const instance = await DuckDBInstance.create(":memory:")
    const connection = await instance.connect()
    try {
      const file = join(folder, "rows.tab")
      const wild = event({id: "r1/2", event: "r1/2", actors: [actor("she", {name: 'O\'Neil "Tab"\there\n', kind: "person"})]})
      const bytes = await written(name, [plain, wild])
      writeFileSync(file, bytes)
      const hasHeader = name === "icews" || name === "polecat"
      const read = await connection.runAndReadAll(
        `SELECT * FROM read_csv('${file}', delim = '\t', header = ${hasHeader}, quote = '', escape = '', all_varchar = true, auto_detect = false, columns = {${Array.from({length: width}, (_, at) => `'c${at}': 'VARCHAR'`).join(", ")}})`,
      )
      expect(read.getRows().length).toBe(bytes.toString().trimEnd().split("\n").length - (hasHeader ? 1 : 0))
    } finally {
      connection.closeSync()
      instance.closeSync()
      rmSync(folder, {recursive: true})
    }
  })

  it("tells what they leave out, and writes no event without a day", async () => {
    for (const name of Object.keys(widths)) {
      const reasons: string[] = []
      const bytes = await written(name, [bareEvent()], {leftOut: reason => reasons.push(reason)})
      expect([name, reasons]).toEqual([name, ["without a day"]])
      expect(bytes.toString().split("\n").filter(Boolean).length).toBe(name === "icews" || name === "polecat" ? 1 : 0)
    }
  })

  it("hold events alone, and are told as data sets", () =>
    expect(layouts.filter(({isDataset}) => isDataset).map(({name}) => name)).toEqual([...Object.keys(widths), "graphml", "gexf", "panel"]))

  it("number a pair alike in gdelt, gdelt1 and gdelt-mentions, below 2^53", async () => {
    const ids = await Promise.all(["gdelt", "gdelt1", "gdelt-mentions"].map(async name => (await cells(name, [plain]))[0]?.[0]))
    expect(new Set(ids).size).toBe(1)
    expect(Number(ids[0])).toBeLessThan(2 ** 53)
    expect(String(Number(ids[0]))).toBe(ids[0])
  })
})

describe("gdelt", () => {
  it("writes CAMEO's own countries, codes and numbers, and the day of the event", async () => {
    const [row = []] = await cells("gdelt", [plain])
    expect(row.slice(1, 8)).toEqual(["20260309", "202603", "2026", "2026.1890", "ROMGOV", "ADA BERG", "ROM"])
    expect([row[12], row[15], row[16], row[22]]).toEqual(["GOV", "KENCOP", "POLICE", "COP"])
    expect(row.slice(25, 34)).toEqual(["1", "112", "112", "11", "3", "-2.0", "1", "1", "1"])
    expect(row.slice(51, 61)).toEqual(["4", "Lunden, Norway", "NO", "", "", "60.5", "9.25", "", "20260312000000", "https://example.org/1"])
  })

  it("counts a deed told twice once, with both mentions, and pairs each actor with each recipient", async () => {
    const again = event({id: "r1/2", actors: [rumania], recipients: [police, press]})
    const rows = await cells("gdelt", [plain, again])
    expect(rows.map(row => [row[6], row[16], row[31]])).toEqual([
      ["ADA BERG", "POLICE", "2"],
      ["ADA BERG", "REPORTERS", "2"],
    ])
    expect((await cells("gdelt-mentions", [plain, again])).length).toBe(3)
  })

  it("pairs sides that meet together both ways, and nobody with itself", async () => {
    const rows = await cells("gdelt", [event({type: "CONSULT", cameo: "040", actors: [rumania, police], recipients: []})])
    expect(rows.map(row => [row[6], row[16]])).toEqual([
      ["ADA BERG", "POLICE"],
      ["POLICE", "ADA BERG"],
    ])
    expect(await cells("gdelt", [event({actors: [rumania], recipients: [rumania]})])).toEqual([])
  })

  it("rounds the confidence of a mention to tens", async () => expect((await cells("gdelt-mentions", [plain]))[0]?.[11]).toBe("90"))
})

describe("icews", () => {
  it("tells a visit from either side", async () => {
    const rows = await cells("icews", [event({type: "CONSULT", mode: "visit", cameo: "042", actors: [rumania], recipients: [police]})])
    expect(rows.slice(1).map(row => [row[2], row[4], row[5], row[6], row[7], row[8]])).toEqual([
      ["Ada Berg", "Romania", "Make a visit", "042", "1.9", "police (Kenya)"],
      ["police (Kenya)", "Kenya", "Host a visit", "043", "2.8", "Ada Berg"],
    ])
  })

  it("leaves out an event with one side, and tells it", async () => {
    const reasons: string[] = []
    await written("icews", [event({recipients: []})], {leftOut: reason => reasons.push(reason)})
    expect(reasons).toEqual(["without a recipient or actor"])
  })
})

describe("polecat", () => {
  it("joins several sides, with PLOVER's sectors", async () => {
    const [header = [], row = []] = await cells("polecat", [
      event({actors: [rumania, actor("she", {name: "she", country: null, code: null})], recipients: [press]}),
    ])
    const at = (name: string) => row[header.indexOf(name)]
    expect([at("Actor Name"), at("Actor Country"), at("Actor COW"), at("Actor Sectors")]).toEqual(["Ada Berg; she", "Romania; None", "360; None", "GOV; None"])
    expect([at("Primary Recipient Sector"), at("Quad Code"), at("Contexts")]).toEqual(["JRN", "VERBAL CONFLICT", "diplomatic | intelligence"])
    expect(at("Event ID")).toMatch(/^20260309-0001-[0-9a-f]{12}_ACCUSE_allege$/)
  })
})

describe("cameoCode", () => {
  it("writes a code that GDELT does not list as its parent", () => expect([cameoCode("1213").code, cameoCode("1213").quad]).toEqual(["121", 3]))
  it("refuses what is no code", () => expect(() => cameoCode("999")).toThrow(CoderError))
})
