import {spawnSync} from "node:child_process"
import {mkdtempSync, readFileSync, rmSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {afterAll, beforeAll, describe, expect, it} from "vitest"

/** What docs/export.md says of pandas and R is tried with them; where one is not there and cannot be had, its test is skipped, and says so. */

const folder = mkdtempSync(join(tmpdir(), "communique-loading-"))
afterAll(() => rmSync(folder, {recursive: true, force: true}))

const run = (program: string, words: readonly string[], input?: string) =>
  spawnSync(program, words, {cwd: folder, encoding: "utf8", ...(input !== undefined && {input})})

const block = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readFileSync("docs/export.md", "utf8"))![1]!

beforeAll(() => {
  const built = join(folder, "dist")
  const root = process.cwd()
  expect(spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json"], {encoding: "utf8"}).status, built).toBe(0)
  const main = join(root, "dist/cli/main.js")
  const inputs = ["reports.jsonl", "sample-report.txt"].map(name => join(root, "examples", name))
  expect(run(process.execPath, [main, "ingest", ...inputs, "--published", "2026-03-12", "--store", "s.duckdb", "--quiet"]).status).toBe(0)
  const formats = "jsonl,csv,gdelt,icews,panel,graphml,gexf"
  expect(run(process.execPath, [main, "export", "--store", "s.duckdb", "--format", formats, "--out", ".", "--quiet"]).status).toBe(0)
})

const rowsOf = (file: string) =>
  (JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {files: {file: string; rows: number}[]}).files.find(one => one.file === file)!.rows

describe("loading, as docs/export.md says", () => {
  it("with pandas", context => {
    const python = join(folder, "venv/bin/python")
    const made = run("python3", ["-m", "venv", "venv"]).status === 0 && run(python, ["-m", "pip", "install", "--quiet", "pandas", "networkx"]).status === 0
    if (!made) return context.skip("no Python with pandas can be had here")
    const print = [
      "import networkx",
      "print(len(events), len(records), len(gdelt), len(icews), len(panel), set(len(code) > 1 for code in events.cameo))",
      'print(networkx.read_graphml("events.graphml").number_of_edges(), networkx.read_gexf("events.gexf", version="1.2draft").number_of_edges())',
    ]
    const {stdout, stderr} = run(python, ["-c", `${block("python")}${print.join("\n")}`])
    const rows = ["events.csv", "events.jsonl", "events.gdelt.tsv", "events.icews.tab", "events.panel.csv"].map(rowsOf)
    expect([stdout, stderr]).toEqual([`${rows.join(" ")} {True}\n${rowsOf("events.graphml")} ${rowsOf("events.gexf")}\n`, ""])
  })

  it("with R", context => {
    const hasR = () => run("Rscript", ["--version"]).status === 0
    if (!hasR()) run("apt-get", ["install", "--yes", "--quiet", "r-base-core"])
    if (!hasR()) return context.skip("no R can be had here")
    const script = `${block("r")}cat(nrow(events), nrow(gdelt), nrow(icews), nrow(panel), all(nchar(events$cameo) > 1), class(panel$day))`
    const {stdout} = run("Rscript", ["-e", script])
    const rows = ["events.csv", "events.gdelt.tsv", "events.icews.tab", "events.panel.csv"].map(rowsOf)
    expect(stdout).toBe(`${rows.join(" ")} TRUE Date`)
  })
})
