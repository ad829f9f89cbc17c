import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {afterAll, describe, expect, it} from "vitest"
import type {EventRecord, Quote} from "../../src/0-records/index.ts"
import {csvColumns} from "../../src/9-export/csv.ts"
import {actor, bareEvent, event, quote} from "./rows.ts"
import {written} from "./written.ts"

const folder = mkdtempSync(join(tmpdir(), "communique-parquet-"))
afterAll(() => rmSync(folder, {recursive: true}))

/** What `query` says of the written rows, which it calls `rows`. */
async function ask(rows: readonly (EventRecord | Quote)[], query: string, kind: "events" | "quotes" = "events", layout = "parquet") {
  const path = join(folder, "out.parquet")
  writeFileSync(path, await written(layout, rows, {kind, scratch: folder}))
  const instance = await DuckDBInstance.create(":memory:")
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(`WITH rows AS (FROM '${path}') ${query}`)
  connection.closeSync()
  return reader.getRowObjectsJson()
}

describe("parquet", () => {
  it("gives every row back as it was", async () => {
    const rows = [event(), bareEvent(), event({id: "r1/3", trigger: {text: "🙂", start: 3, end: 4}})]
    expect(await ask(rows, "FROM rows")).toEqual(rows)
  })

  it("gives every quote back as it was", async () => {
    const rows = [quote(), quote({id: "r1/q2", cue: null, speaker: null})]
    expect(await ask(rows, "FROM rows", "quotes")).toEqual(rows)
  })

  it("has types, so that days are days and sides are lists of structs", async () => {
    const types = await ask(
      [event()],
      "SELECT typeof(date.from) AS day, typeof(intensity) AS intensity, typeof(cameo) AS cameo, typeof(recipients[1].via.start) AS via FROM rows",
    )
    expect(types).toEqual([{day: "DATE", intensity: "DOUBLE", cameo: "VARCHAR", via: "INTEGER"}])
  })

  it("counts as many rows as were given, many or none", async () => {
    const many = Array.from({length: 5000}, (_, n) => event({id: `r1/${n + 1}`}))
    expect(await ask(many, "SELECT count(*) AS n, max(id) AS last FROM rows")).toEqual([{n: "5000", last: "r1/999"}])
    expect(await ask([], "SELECT count(*) AS n FROM rows")).toEqual([{n: "0"}])
  })

  it("keeps the order and makes the same bytes again", async () => {
    const rows = Array.from({length: 300}, (_, n) => event({id: `r1/${n + 1}`}))
    const once = await written("parquet", rows, {scratch: folder})
    expect(once.equals(await written("parquet", rows, {scratch: folder}))).toBe(true)
    expect((await ask(rows, "SELECT id FROM rows")).map(({id}) => id)).toEqual(rows.map(({id}) => id))
  })

  it("leaves nothing in its scratch folder", async () => {
    await written("parquet", [event()], {scratch: folder})
    expect(readdirSync(folder).filter(name => name.startsWith("rows."))).toEqual([])
  })

  it("is flat as parquet-flat: a row for each pair of a mention, with csv's columns and their types", async () => {
    const two = event({id: "r1/2", actors: [actor("she", {name: "Kenya", code: "KEN"}), actor("she", {name: "Uganda", code: "UGA"})], date: null, place: null})
    const found = await ask([event(), two, bareEvent()], "FROM rows", "events", "parquet-flat")
    expect(found.map(({id, pair, actor, recipient}) => [id, pair, actor, recipient])).toEqual([
      ["r1/1", 1, "Ada Berg", "Sudmark"],
      ["r1/2", 1, "Kenya", "Sudmark"],
      ["r1/2", 2, "Uganda", "Sudmark"],
      [bareEvent().id, 1, bareEvent().actors[0]?.name ?? null, bareEvent().recipients[0]?.name ?? null],
    ])
    expect(Object.keys(found[0]!)).toEqual([...csvColumns.events, "pair"])
    const described = await ask([event()], "SELECT column_name AS name, column_type AS type FROM (DESCRIBE rows)", "events", "parquet-flat")
    const typed = (of: string) => described.flatMap(({name, type}) => (type === of ? [name] : []))
    expect(typed("DATE")).toEqual(["date_from", "date_to", "published"])
    expect(typed("DOUBLE")).toEqual(["intensity", "place_lat", "place_lon", "confidence"])
    expect(typed("VARCHAR")).toContain("cameo")
    expect(described.every(({type}) => /^(?:VARCHAR|INTEGER|UTINYINT|DOUBLE|DATE)$/.test(String(type)))).toBe(true)
    const quotes = await ask([quote()], "FROM rows", "quotes", "parquet-flat")
    expect(Object.keys(quotes[0]!)).toEqual(csvColumns.quotes)
    expect(quotes[0]).toMatchObject({content: quote().content.text, published: quote().report.published, sentence_index: quote().sentence.index})
  })
})
