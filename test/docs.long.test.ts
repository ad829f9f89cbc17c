import {spawnSync} from "node:child_process"
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs"
import {tmpdir} from "node:os"
import {join} from "node:path"
import {afterAll, beforeAll, describe, expect, inject, it} from "vitest"

/** The snippets of docs/export.md are run as they stand, in a folder with the files that they read. */

const scratch = mkdtempSync(join(tmpdir(), "communique-load-"))
const release = join(scratch, "release")
afterAll(() => rmSync(scratch, {recursive: true, force: true}))

function run(program: string, words: readonly string[], cwd = scratch): string {
  const {status, stdout, stderr, error} = spawnSync(program, words, {encoding: "utf8", cwd, env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}})
  if (status !== 0) throw new Error(`${program} ${words.join(" ")}: ${error?.message ?? stderr.slice(-2000)}`)
  return stdout
}

const snippet = (language: string) => new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readFileSync("docs/export.md", "utf8"))![1]!

let rowsOf: ReadonlyMap<string, number>

beforeAll(() => {
  const command = (...words: string[]) => run(process.execPath, [join(inject("built"), "dist/cli/main.js"), ...words], process.cwd())
  const store = join(scratch, "project.duckdb")
  command("ingest", "examples/reports.jsonl", "examples/sample-report.txt", "--published", "2026-03-12", "--store", store, "--quiet")
  const formats = "jsonl,csv,parquet,parquet-flat,gdelt,icews,panel,geojson,graphml,gexf"
  command("export", "--store", store, "--format", formats, "--out", release, "--quiet")
  const {files} = JSON.parse(readFileSync(join(release, "manifest.json"), "utf8")) as {files: {format: string; rows: number}[]}
  rowsOf = new Map(files.map(({format, rows}) => [format, rows]))
})

describe("pandas and networkx", () => {
  const python = join(scratch, "venv/bin/python")
  beforeAll(() => {
    run("python3", ["-m", "venv", join(scratch, "venv")])
    run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pandas", "pyarrow", "networkx"])
  })

  it("read every file that docs/export.md loads, row for row", () => {
    const asked = `
import json
print(json.dumps({
  "csv": len(events), "jsonl": len(records), "parquet": len(nested), "parquet-flat": len(flat), "gdelt": len(gdelt), "icews": len(icews), "panel": len(panel),
  "codes": events["cameo"].str.fullmatch("[0-9]{2,4}").all() and gdelt[26].str.fullmatch("[0-9]{2,4}").all(),
  "whole": bool((gdelt[0] < 2**53).all() and gdelt[0].is_unique),
  "day": str(flat["date_to"].dropna().iloc[0]), "zeros": int((panel["events"] == 0).sum()),
}, default=bool))
`
    writeFileSync(join(release, "load.py"), snippet("python") + asked)
    const found = JSON.parse(run(python, ["load.py"], release)) as Record<string, unknown>
    const counted = ["csv", "jsonl", "parquet", "parquet-flat", "gdelt", "icews", "panel"]
    expect(counted.map(format => [format, found[format]])).toEqual(counted.map(format => [format, rowsOf.get(format)]))
    expect(found).toMatchObject({codes: true, whole: true, day: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)})
    expect(found.zeros).toBeGreaterThan(0)
  })

  it("read the networks, edge for edge, with their weights", () => {
    const asked = `
import json, networkx
one, other = networkx.read_graphml("events.graphml"), networkx.read_gexf("events.gexf")
weights = lambda graph, label: sorted((graph.nodes[a][label], graph.nodes[b][label], int(data["weight"])) for a, b, data in graph.edges(data=True))
print(json.dumps({"edges": [one.number_of_edges(), other.number_of_edges()], "directed": one.is_directed() and other.is_directed(),
  "same": weights(one, "label") == weights(other, "label")}))
`
    const edges = rowsOf.get("graphml")
    expect(edges).toBeGreaterThan(3)
    expect(JSON.parse(run(python, ["-c", asked], release))).toEqual({edges: [edges, edges], directed: true, same: true})
  })
})

/** Debian's R, installed where that is possible. */
function hasR(): boolean {
  const isThere = () => spawnSync("Rscript", ["--version"]).status === 0
  if (isThere()) return true
  if (!existsSync("/etc/debian_version") || process.getuid?.() !== 0) return false
  const apt = (...words: string[]) => spawnSync("apt-get", words, {stdio: "ignore", env: {...process.env, DEBIAN_FRONTEND: "noninteractive"}})
  apt("update")
  apt("install", "-y", "--no-install-recommends", "r-base-core")
  return isThere()
}

const isRThere = hasR()
if (!isRThere) console.warn("R IS NOT INSTALLED: the snippets of docs/export.md for R were NOT run (apt-get install r-base-core)")

describe.skipIf(!isRThere)("R", () => {
  it("reads every file that docs/export.md loads, row for row", () => {
    const asked = `
cat(nrow(events), nrow(gdelt), nrow(icews), nrow(panel), "\\n")
cat(all(grepl("^[0-9]{2,4}$", events$cameo)), all(grepl("^[0-9]{2,4}$", gdelt$V27)), anyDuplicated(gdelt$V1) == 0, class(panel$day), "\\n")
`
    writeFileSync(join(release, "load.R"), snippet("r") + asked)
    const [counts, checks] = run("Rscript", ["load.R"], release).trim().split("\n")
    expect(counts!.trim().split(" ").map(Number)).toEqual(["csv", "gdelt", "icews", "panel"].map(format => rowsOf.get(format)))
    expect(checks!.trim()).toBe("TRUE TRUE TRUE Date")
  })
})
