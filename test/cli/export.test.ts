import {createHash} from "node:crypto"
import {copyFileSync, readdirSync, readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {beforeAll, describe, expect, it} from "vitest"
import {openStore} from "../../src/8-store/index.ts"
import {layouts} from "../../src/9-export/index.ts"
import {coded, coding} from "../8-store/coded.ts"
import {actor, event} from "../9-export/rows.ts"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const cwd = folder({})
const store = ["--store", join(cwd, "project.duckdb")]
const kenya = actor("she", {name: "Kenya", country: "KEN", code: "KEN"})

beforeAll(async () => {
  const opened = await openStore(join(cwd, "project.duckdb"), {make: true})
  const retold = event({id: "r1/2", confidence: 0.5, recipients: [kenya]})
  const intended = event({id: "r1/3", event: "r1/3", status: "intended"})
  await opened.add(coded({id: "a"}, {events: [event({recipients: [kenya]}), retold, intended]}), coding)
  await opened.add(coded({id: "b", published: "2026-03-14"}, {events: [event({place: null, date: null, recipients: [kenya]})]}), coding)
  await opened.close()
})

type Manifest = {
  readonly made: string
  readonly files: readonly {readonly file: string; readonly sha256: string; readonly rows: number; readonly notWritten: object}[]
}
const manifestOf = (path: string) => JSON.parse(readFileSync(join(cwd, path), "utf8")) as Manifest
const all = layouts.map(({name}) => name).join(",")

describe("communique export", () => {
  it("writes each format with the same bytes again, and a manifest that differs in its time alone", async () => {
    for (const out of ["one", "two/"])
      expect(await communique(["export", ...store, "--format", all, "--out", out, "--quiet"], {cwd})).toEqual({code: 0, out: "", err: ""})
    const names = readdirSync(join(cwd, "one")).sort()
    expect(names).toEqual([...layouts.map(({ending}) => `events.${ending}`), "manifest.json"].sort())
    for (const name of names.filter(name => name !== "manifest.json"))
      expect(readFileSync(join(cwd, "one", name))).toEqual(readFileSync(join(cwd, "two", name)))
    const {made, ...first} = manifestOf("one/manifest.json")
    const {made: _, ...second} = manifestOf("two/manifest.json")
    expect(second).toEqual(first)
    expect(made).toMatch(/^\d{4}-\d\d-\d\dT/)
    for (const {file, sha256} of first.files)
      expect(
        createHash("sha256")
          .update(readFileSync(join(cwd, "one", file)))
          .digest("hex"),
      ).toBe(sha256)
    expect(first).toMatchObject({
      unit: "events",
      query: {},
      words: true,
      count: {count: 2, leftOut: {status: 1}},
      coders: [event().coder],
      licence: {reports: null},
      publishers: [{publisher: "The Example", reports: 2}],
    })
    const rows = Object.fromEntries(first.files.map(({file, rows}) => [file, rows]))
    expect(rows).toMatchObject({
      "events.jsonl": 2,
      "events.parquet": 2,
      "events.gdelt.tsv": 1,
      "events.gdelt-mentions.tsv": 2,
      "events.geojson": 1,
      "events.gexf": 1,
    })
    expect(first.files.find(({file}) => file === "events.icews.tab")?.notWritten).toEqual({"without a day": 1})
  })

  it("is read back by DuckDB with as many rows as the manifest says", async () => {
    expect((await communique(["export", ...store, "--format", all, "--out", "read"], {cwd})).code).toBe(0)
    const rows = Object.fromEntries(manifestOf("read/manifest.json").files.map(({file, rows}) => [file, rows]))
    const path = (file: string) => `'${join(cwd, "read", `events.${file}`)}'`
    const tabs = (file: string, header: boolean) => `read_csv(${path(file)}, delim = '\\t', header = ${header}, quote = '', all_varchar = true)`
    const sources: Record<string, string> = {
      csv: `read_csv(${path("csv")})`,
      jsonl: `read_json(${path("jsonl")})`,
      parquet: path("parquet"),
      "panel.csv": `read_csv(${path("panel.csv")})`,
      "gdelt.tsv": tabs("gdelt.tsv", false),
      "gdelt1.tsv": tabs("gdelt1.tsv", false),
      "gdelt-mentions.tsv": tabs("gdelt-mentions.tsv", false),
      "icews.tab": tabs("icews.tab", true),
      "polecat.tab": tabs("polecat.tab", true),
      geojson: `(SELECT unnest(features) FROM read_json(${path("geojson")}))`,
    }
    const instance = await DuckDBInstance.create(":memory:")
    const connection = await instance.connect()
    for (const [file, source] of Object.entries(sources)) {
      const [[read] = []] = (await connection.runAndReadAll(`SELECT count(*)::INTEGER FROM ${source}`)).getRows()
      expect([file, read]).toEqual([file, rows[`events.${file}`]])
    }
    connection.closeSync()
    instance.closeSync()
  })

  it("writes one format to a file, without words where asked", async () => {
    const ran = await communique(
      ["export", ...store, "--format", "jsonl", "--status", "all", "--show", "mentions", "--no-text", "--licence", "CC0", "--out", "bare.jsonl"],
      {cwd},
    )
    expect(ran).toMatchObject({code: 0, out: "", err: expect.stringContaining("bare.jsonl: 4 rows\n")})
    const rows = rowsOf<ReturnType<typeof event>>(readFileSync(join(cwd, "bare.jsonl"), "utf8"))
    expect(rows.map(({id, trigger, sentence}) => [id, trigger.text, sentence.text.slice(0, 7)])).toEqual(
      ["a/1", "a/2", "a/3", "b/1"].map(id => [id, "", "sha256:"]),
    )
    expect(manifestOf("bare.jsonl.manifest.json")).toMatchObject({words: false, query: {status: "all"}, licence: {reports: "CC0"}})
  })

  it("names another ontology and its hash, in the manifest and beside each code", async () => {
    const crosswalk = join(process.cwd(), "ontologies/acled-like/crosswalk.csv")
    const hash = `sha256:${createHash("sha256").update(readFileSync(crosswalk)).digest("hex")}`
    const asked = ["export", ...store, "--format", "csv", "--ontology", join(crosswalk, ".."), "--out", "other.csv", "--quiet"]
    expect(await communique(asked, {cwd})).toEqual({code: 0, out: "", err: ""})
    expect(manifestOf("other.csv.manifest.json")).toMatchObject({ontology: {name: "acled-like", hash}})
    const [, ...rows] = readFileSync(join(cwd, "other.csv"), "utf8").trimEnd().split("\n")
    expect(rows.map(row => row.includes(`,acled-like,${hash},`))).toEqual([true, true])
    expect(manifestOf("bare.jsonl.manifest.json")).not.toHaveProperty("ontology")
  })

  it.each([
    [["--format", "csv"], 'expected "--out DIR"'],
    [["--format", "csv,gdelt", "--out", "x.csv"], "expected a folder"],
    [["--format", "gdelt", "--show", "quotes", "--out", "x"], "no place for them"],
    [["--format", "exel", "--out", "x"], "exel"],
  ])("refuses %s", async (words, told) => {
    expect(await communique(["export", ...store, ...words], {cwd})).toMatchObject({code: 2, out: "", err: expect.stringContaining(told)})
    expect(readdirSync(cwd).filter(name => name.startsWith("x"))).toEqual([])
  })

  it("lets query write deeds whole, under the same numbers", async () => {
    const asked = await communique(["query", ...store, "--show", "mentions", "--format", "gdelt"], {cwd})
    const ids = asked.out
      .trimEnd()
      .split("\n")
      .map(line => line.split("\t")[0])
    expect([ids, new Set(ids).size]).toEqual([["10000"], 1])
    const bare = await communique(["query", ...store, "--no-text", "--format", "csv"], {cwd})
    expect(bare.out).toContain("sha256:")
    expect(bare.out).not.toContain("accused")
  })
})

describe("communique import and compare", () => {
  it("read back what was exported, tell bad rows with their line, and set it beside the own rows", async () => {
    const into = ["--store", join(cwd, "import.duckdb")]
    expect((await communique(["export", ...store, "--format", "gdelt", "--out", "back.tsv"], {cwd})).code).toBe(0)
    writeFileSync(join(cwd, "bad.tsv"), `${readFileSync(join(cwd, "back.tsv"), "utf8")}1\t2\n`)
    copyFileSync(join(cwd, "project.duckdb"), join(cwd, "import.duckdb"))
    const first = await communique(["import", "bad.tsv", "nowhere.tsv", ...into], {cwd})
    expect(first).toMatchObject({code: 3, out: ""})
    expect(first.err).toMatch(
      /bad\.tsv:2: .*\[row-unreadable\]\n.*nowhere\.tsv.*\[input-missing\]\n.*1 event added as run 2 \(gdelt\), 0 known, 2 problems in /,
    )
    expect((await communique(["import", "back.tsv", ...into], {cwd})).err).toMatch(/0 events added as run 2 \(gdelt\), 1 known/)
    const compared = await communique(["compare", "--with", "gdelt", ...into], {cwd})
    expect(rowsOf(compared.out)).toMatchObject([{day: "2026-03-09", actor: "NOR", recipient: "KEN", verdict: "agree", with: {sentence: null}}])
    expect(compared.err).toMatch(/1 dyad-day: 1 agree, 0 differ, 0 run-only, 0 with-only/)
    const table = await communique(["compare", "--with", "2", ...into, "--format", "csv", "--verdict", "differ"], {cwd})
    expect(table.out).toMatch(/^day,actor,recipient,verdict,[^\n]*\n$/)
    expect(await communique(["compare", "--with", "icews", ...into], {cwd})).toMatchObject({code: 1, err: expect.stringContaining("[query-wrong]")})
    expect(await communique(["compare", ...into], {cwd})).toMatchObject({code: 2})
  })
})
