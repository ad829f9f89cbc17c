import {mkdtempSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {afterAll, describe, expect, it} from "vitest"
import {csvColumns} from "../../src/9-export/csv.ts"
import type {RowKind} from "../../src/9-export/index.ts"
import {actor, bareEvent, event, quote, words} from "./rows.ts"
import {written} from "./written.ts"

const folder = mkdtempSync(join(tmpdir(), "communique-csv-"))
afterAll(() => rmSync(folder, {recursive: true}))

/** The rows as DuckDB reads them, every cell a text; `null` where empty. */
async function readBack(rows: Parameters<typeof written>[1], kind: RowKind = "events"): Promise<Record<string, string | null>[]> {
  const path = join(folder, "rows.csv")
  writeFileSync(path, await written("csv", rows, {kind}))
  const instance = await DuckDBInstance.create(":memory:")
  const connection = await instance.connect()
  const reader = await connection.runAndReadAll(`SELECT * FROM read_csv('${path}', header = true, all_varchar = true)`)
  connection.closeSync()
  return reader.getRowObjects() as Record<string, string | null>[]
}

describe("csv", () => {
  it("has a row for each event, as another program reads it", async () => {
    const [full, bare, ...more] = await readBack([event(), bareEvent()])
    expect(more).toEqual([])
    expect(full).toMatchObject({
      id: "r1/1",
      type: "ACCUSE",
      intensity: "-3",
      cameo: "112",
      contexts: "diplomatic; intelligence",
      actor: "Ada Berg",
      actor_code: "NORGOV",
      actor_start: "0",
      recipient_country: "SUD",
      date_from: "2026-03-09",
      place_lat: "60.5",
      trigger: "accused",
      confidence: "0.914",
      published: "2026-03-12",
      story: null,
    })
    expect(bare).toMatchObject({mode: null, intensity: null, contexts: null, actor: null, recipient: null, date_from: null, place: null})
  })

  it("has a row for each quote", async () => {
    const rows = await readBack([quote(), quote({id: "r1/q2", speaker: null, cue: null})], "quotes")
    expect(rows.map(({content, speaker, cue}) => [content, speaker, cue])).toEqual([
      ["We will not be silent,", "Ada Berg", "said"],
      ["We will not be silent,", null, null],
    ])
  })

  it("writes its header even where there are no rows", async () => {
    expect((await written("csv", [])).toString()).toBe(`${csvColumns.events.join(",")}\n`)
    expect((await written("csv", [], {kind: "quotes"})).toString()).toBe(`${csvColumns.quotes.join(",")}\n`)
  })

  it("keeps the values of several sides in the same places", async () => {
    const sides = [actor("Norland’s", {name: "Norland; the north", sector: "GOV"}), actor("Sudmark", {name: "Sudmark", sector: null})]
    const [row] = await readBack([event({recipients: sides})])
    expect(row).toMatchObject({recipient: "Norland, the north; Sudmark", recipient_sector: "GOV; ", recipient_code: "NOR; NOR"})
  })

  it.each(["=HYPERLINK(1)", "+1", "-cmd", "@SUM(1)", "\tx", "\rx", "\0x"])("makes %j harmless in a spreadsheet", async formula => {
    const file = (await written("csv", [event({trigger: {...words("accused"), text: formula}, actors: [actor("Sudmark", {name: formula})]})])).toString()
    expect(file.split(formula).length - 1).toBe(2)
    expect(file.split(`'${formula}`).length - 1).toBe(2)
  })

  it("leaves numbers alone", async () => {
    const [row] = await readBack([event({intensity: -7})])
    expect(row?.intensity).toBe("-7")
  })

  it("keeps commas, quotation marks and line ends inside a cell", async () => {
    const title = 'He said "no",\nand left '
    const [row] = await readBack([event({report: {...event().report, title}})])
    expect(row?.title).toBe(title)
  })
})
