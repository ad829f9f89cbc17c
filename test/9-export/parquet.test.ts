import {mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {afterAll, describe, expect, it} from "vitest"
import type {EventRecord, Quote} from "../../src/0-records/index.ts"
import {bareEvent, event, quote} from "./rows.ts"
import {written} from "./written.ts"

const folder = mkdtempSync(join(tmpdir(), "communique-parquet-"))
afterAll(() => rmSync(folder, {recursive: true}))

/** What `query` says of the written rows, which it calls `rows`. */
async function ask(rows: readonly (EventRecord | Quote)[], query: string, kind: "events" | "quotes" = "events") {
  const path = join(folder, "out.parquet")
  writeFileSync(path, await written("parquet", rows, {kind, scratch: folder}))
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
})
