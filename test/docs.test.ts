import {spawnSync} from "node:child_process"
import {existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {dirname, join} from "node:path"
import {DuckDBInstance} from "@duckdb/node-api"
import {describe, expect, inject, it} from "vitest"
import {formats} from "../src/1-read/index.ts"
import {csvColumns} from "../src/9-export/csv.ts"
import {layouts} from "../src/9-export/index.ts"
import {event, quote} from "./9-export/rows.ts"
import {samples} from "./samples.ts"

/** What the papers say must be so. `ACCEPT=1 npx vitest run test/docs.test.ts` rewrites what is printed by the program, for a person to read in the diff. */
const accepts = process.env.ACCEPT === "1"

const read = (path: string) => readFileSync(path, "utf8")

const headings = (markdown: string, level = 2) => [...markdown.matchAll(new RegExp(`^#{${level}} (.+)$`, "gm"))].map(([, heading = ""]) => heading)

/** The text under a heading of the second level. */
function section(markdown: string, heading: string): string {
  const [, text = ""] = markdown.split(new RegExp(`^## ${heading}$`, "m"))
  return text.split(/^## /m)[0]!
}

/** The names in the first column of the tables of a text. */
const firstColumn = (markdown: string) =>
  [...markdown.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name))

/** Compares the code block under a heading with what is printed, or writes it there. */
function holds(path: string, heading: string, printed: string, hide: (text: string) => string = text => text): void {
  const markdown = read(path)
  const under = section(markdown, heading)
  const [whole, fence, shown] = /(```\w*\n)([\s\S]*?)```/.exec(under) ?? []
  if (whole === undefined || shown === undefined) throw new Error(`${path}: no block under ${heading}`)
  if (accepts && hide(shown) !== hide(printed)) {
    const rewritten = under.replace(whole, () => `${fence}${printed}\`\`\``)
    writeFileSync(
      path,
      markdown.replace(under, () => rewritten),
    )
  } else expect(hide(shown)).toBe(hide(printed))
}

/** What the command prints, with its standard error. */
function communique(...words: string[]): string {
  const {stdout, stderr} = spawnSync(process.execPath, [join(inject("built"), "dist/cli/main.js"), ...words], {encoding: "utf8"})
  return stdout + stderr
}

describe("docs/problems.md", () => {
  it("has each problem code as a heading, and no other", () => {
    const source = read("src/0-records/problem.ts")
    const codes = [.../type ProblemCode =([\s\S]*?)\n\n/.exec(source)![1]!.matchAll(/"([a-z-]+)"/g)].map(([, code = ""]) => code)
    expect(codes.length).toBeGreaterThan(10)
    expect(headings(read("docs/problems.md"))).toEqual(codes)
  })
})

describe("docs/event-record.md", () => {
  const page = read("docs/event-record.md")
  const [actor] = event().recipients
  it.each([
    ["Event", event()],
    ["Quote", quote()],
    ["Words", event().trigger],
    ["Actor", actor!],
    ["Date", event().date!],
    ["Place", event().place!],
    ["Sentence", event().sentence],
    ["Report", event().report],
    ["Coder", event().coder],
  ])("names every field of %s, and no other", (heading, record) => {
    expect(firstColumn(section(page, heading)).sort()).toEqual(Object.keys(record).sort())
  })

  it("shows one whole record", () => holds("docs/event-record.md", "One whole record", `${JSON.stringify(event(), null, 2)}\n`))
})

describe("docs/input.md", () => {
  it("has each format as a heading, and no other", () => {
    expect(headings(read("docs/input.md"))).toEqual(formats.map(({name}) => name))
  })

  it.each(formats.map(format => [format.name, format] as const))("names the endings of %s", (name, {extensions}) => {
    const [line = ""] = section(read("docs/input.md"), name).trim().split("\n")
    expect([...line.split(": ")[0]!.matchAll(/`([^`]+)`/g)].map(([, ending]) => ending)).toEqual(extensions)
  })
})

describe("docs/export.md", () => {
  const page = read("docs/export.md")
  it("has each layout as a heading, and no other", () => {
    expect(headings(page)).toEqual(layouts.map(({name}) => name))
  })

  it("names every column of csv, and no other", () => {
    expect(new Set(firstColumn(section(page, "csv")))).toEqual(new Set([...csvColumns.events, ...csvColumns.quotes]))
  })
})

describe("docs/samples", () => {
  it("are what each layout makes of two sample inputs in a store", async () => {
    const made = await samples()
    expect([...made.keys()].sort()).toEqual(
      layouts
        .filter(({isMixed}) => !isMixed)
        .flatMap(({ending, isDataset, name}) => [`events.${ending}`, ...(isDataset || name === "geojson" ? [] : [`quotes.${ending}`])])
        .sort(),
    )
    for (const [name, bytes] of made) {
      const path = join("docs/samples", name)
      if (accepts) writeFileSync(path, bytes)
      expect([name, existsSync(path) && readFileSync(path).equals(bytes)]).toEqual([name, true])
    }
    expect(readdirSync("docs/samples").sort()).toEqual([...made.keys(), "README.md"].sort())
  })

  it("have the rows and columns that the layouts promise", () => {
    const widths = (name: string) =>
      new Set(
        read(join("docs/samples", name))
          .split("\n")
          .slice(0, -1)
          .map(line => line.split("\t").length),
      )
    expect(
      ["events.gdelt.tsv", "events.gdelt-mentions.tsv", "events.gdelt1.tsv", "events.icews.tab", "events.polecat.tab"].map(name => [...widths(name)]),
    ).toEqual([[61], [16], [58], [20], [40]])
  })
})

describe("docs/export.md, Loading them", () => {
  it("has queries that DuckDB answers from the files", async () => {
    const folder = mkdtempSync(join(tmpdir(), "communique-load-"))
    const store = join(folder, "project.duckdb")
    communique("ingest", "examples/reports.jsonl", "examples/sample-report.txt", "--published", "2026-03-12", "--store", store, "--quiet")
    communique("export", "--store", store, "--format", "jsonl,csv,parquet,parquet-flat,gdelt,icews,panel,geojson", "--out", folder, "--quiet")
    const [, block = ""] = /```sql\n([\s\S]*?)```/.exec(read("docs/export.md"))!
    const instance = await DuckDBInstance.create(":memory:")
    const connection = await instance.connect()
    await connection.run(`SET file_search_path = '${folder}'`)
    for (const sql of block.trim().split("\n")) expect([sql, (await connection.runAndReadAll(sql)).getRows().length > 1]).toEqual([sql, true])
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, {recursive: true})
  })
})

describe("docs/cli.md", () => {
  it("shows the help of the command", () => holds("docs/cli.md", "communique", communique("--help")))
  it.each([
    "code",
    "quotes",
    "relate",
    "resolve",
    "open",
    "serve",
    "ingest",
    "query",
    "dyad",
    "export",
    "import",
    "compare",
    "recode",
    "gather",
    "merge",
    "split",
    "runs",
    "forget",
    "backup",
    "corrections",
    "corpus",
    "eval",
    "sample",
    "demo",
    "completion",
  ])("shows the help of %s", verb => holds("docs/cli.md", verb, communique(verb, "--help")))

  it("has a heading for each verb", () => {
    const verbs = [...section(communique("--help").replace("Usage:", "## Usage\n"), "Usage").matchAll(/^ {2}([a-z]+) {2,}\S/gm)].map(([, verb = ""]) => verb)
    expect(verbs.length).toBeGreaterThan(4)
    expect(headings(read("docs/cli.md"))).toEqual(expect.arrayContaining(verbs))
  })
})

describe("docs/store.md", () => {
  it("has the data dictionary that schema.sql gives", () => {
    const page = read("docs/store.md")
    const [, before = "", shown] = /(<!-- tables: made from src\/8-store\/schema.sql -->\n)([\s\S]*?)<!-- end -->/.exec(page) ?? []
    if (shown === undefined) throw new Error("docs/store.md: no tables")
    const made = dictionary(read("src/8-store/schema.sql"))
    if (accepts)
      writeFileSync(
        "docs/store.md",
        page.replace(before + shown, () => before + made),
      )
    else expect(shown).toBe(made)
  })

  it("walks from reports to a dyad as the command does", () => {
    const folder = mkdtempSync(join(tmpdir(), "communique-walk-"))
    const store = join(folder, "project.duckdb")
    const steps = ["ingest examples/reports.jsonl", "query --type ACCUSE", "query --by dyad", "dyad Kenya Uganda --since 2026-01-01"]
    const walked = steps.map(words => `$ communique ${words} --store project.duckdb\n${communique(...words.split(" "), "--store", store, "--format", "text")}`)
    rmSync(folder, {recursive: true, force: true})
    holds("docs/store.md", "A walk", walked.join("\n"), text => text.replace(/in [\d.]+ s/g, "in n s"))
  }, 180_000)
})

describe("docs/guide.md", () => {
  const steps = [
    ["Code into a store", "ingest examples/demo.jsonl"],
    ["Ask for a dyad", "dyad KEN UGA --by week"],
    ["Follow a number to its words", "query --dyad KEN,UGA --type RETREAT --limit 3"],
    ["Compare dyads", "query --by dyad --limit 8"],
  ] as const

  it("is what the command does, from reports to dyads", () => {
    const folder = mkdtempSync(join(tmpdir(), "communique-guide-"))
    const store = join(folder, "news.duckdb")
    for (const [heading, words] of steps) {
      const printed = communique(...words.split(" "), "--store", store, "--format", "text")
      // Of two hundred lines the last few.
      const lines = printed.split("\n")
      const shown = lines.length > 60 ? ["…", ...lines.slice(-4)].join("\n") : printed
      holds("docs/guide.md", heading, `$ communique ${words} --store news.duckdb\n${shown}`, text => text.replace(/in (?:[\d.]+|…) s$/gm, "in n s"))
    }
    rmSync(folder, {recursive: true, force: true})
  }, 900_000)
})

/** A table of columns for each table of the schema, with what its comments say. */
function dictionary(sql: string): string {
  const tables = [...sql.matchAll(/^-- ((?:.*\n-- )*.*)\nCREATE TABLE (\w+) \(\n([\s\S]*?)\n\);/gm)]
  return tables
    .map(([, about = "", name, columns = ""]) => {
      const rows = columns.split("\n").map(line => {
        const [, column, type, rest = "", note = ""] = /^ {2}(\w+) ((?:DOUBLE PRECISION|\w+(?:\[\])?))([^-]*?)(?:-- (.*))?$/.exec(line) ?? []
        const isNeeded = /NOT NULL|PRIMARY KEY/.test(rest)
        return `| \`${column}\` | ${type} | ${isNeeded ? "never" : "may be"} | ${note.trim()} |`
      })
      return `### ${name}\n\n${about.replaceAll("\n-- ", " ")}\n\n| column | type | null | meaning |\n|---|---|---|---|\n${rows.join("\n")}\n`
    })
    .join("\n")
}

describe("docs/http.md", () => {
  it("names every route, and no other", () => {
    const source = readdirSync("src/server")
      .map(file => read(`src/server/${file}`))
      .join("\n")
    const routes = [
      ...[...source.matchAll(/method: "(\w+)",\s+path: "([^"]+)"/g)].map(([, method = "", path = ""]) => `${method.toUpperCase()} ${path}`),
      ...[...source.matchAll(/app\.(?:get|doc31)\("(\/[a-z.]+)"/g)].map(([, path = ""]) => `GET ${path}`),
    ]
    expect(routes.length).toBeGreaterThan(6)
    expect(
      firstColumn(section(read("docs/http.md"), "Routes"))
        .filter(name => name.includes("/"))
        .sort(),
    ).toEqual(routes.sort())
  })
})

describe("README.md", () => {
  it("shows what the command really prints", () => {
    const withoutSeconds = (text: string) => text.replace(/in [\d.]+ s/, "in n s")
    const words = "code examples/sample-report.txt --published 2026-03-12 --min-confidence 0.5"
    holds("README.md", "What it does", `$ npx communique ${words}\n${communique(...words.split(" "), "--format", "text")}`, withoutSeconds)
  })
})

describe("links", () => {
  const pages = [".", "docs", "corpus", "training", "knowledge", "models", "ontologies", "examples"].flatMap(folder =>
    existsSync(folder)
      ? readdirSync(folder, {recursive: folder !== ".", encoding: "utf8"})
          .filter(name => name.endsWith(".md"))
          .map(name => join(folder, name))
      : [],
  )

  it.each(pages)("%s has no dead link", page => {
    const dead = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = ""]) => link)
      .filter(link => !/^[a-z]+:/.test(link))
      .filter(link => {
        const [path = "", anchor] = link.split("#")
        const target = path === "" ? page : join(dirname(page), path)
        if (!existsSync(target)) return true
        const anchors = anchor === undefined ? [] : [1, 2, 3, 4].flatMap(level => headings(read(target), level)).map(anchorOf)
        return anchor !== undefined && !anchors.includes(anchor)
      })
    expect(dead).toEqual([])
  })
})

/** As the common code hosts make it of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .replaceAll(" ", "-")
