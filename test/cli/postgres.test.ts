import {spawn} from "node:child_process"
import {once} from "node:events"
import {join} from "node:path"
import {createInterface} from "node:readline"
import {beforeAll, describe, expect, it} from "vitest"
import {hasPostgres, type Server, startPostgres} from "../8-store/postgres.ts"
import {communique, main, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const report =
  "Kenya accused Uganda of holding three of its fishermen. “We will not be silent,” Kenyan Foreign Minister Grace Wafula said. Uganda rejected the claim."
const row = (id: string, published: string, text = report) => `${JSON.stringify({id, text, published, publisher: "The Example"})}\n`

const cwd = folder({
  "a.jsonl": row("r1", "2026-03-12") + row("r2", "2026-03-20", report.replace("accused", "again accused")),
  "b.jsonl": row("r2", "2026-03-20", report.replace("accused", "again accused")) + row("r3", "2026-04-02"),
})

describe.skipIf(!hasPostgres)("the command on PostgreSQL", () => {
  let server: Server
  let store: string[]
  const file = ["--store", join(cwd, "file.duckdb")]
  beforeAll(async () => {
    server = await startPostgres()
    store = ["--store", await server.database()]
  }, 300_000)

  it("ingests by two processes at a time, each report once, and answers as a file does", async () => {
    const both = await Promise.all(["a.jsonl", "b.jsonl"].map(input => communique(["ingest", input, ...store], {cwd})))
    expect(both.map(({code}) => code)).toEqual([0, 0])
    const outcomes = both.flatMap(({out}) => rowsOf(out).map(({id, outcome}) => `${id} ${outcome}`))
    expect(outcomes.filter(one => one.endsWith("added")).sort()).toEqual(["r1 added", "r2 added", "r3 added"])
    expect(rowsOf((await communique(["ingest", "a.jsonl", ...store], {cwd})).out).map(({outcome}) => outcome)).toEqual(["known", "known"])
    for (const input of ["a.jsonl", "b.jsonl"]) await communique(["ingest", input, ...file, "--quiet"], {cwd})
    const sorted = (out: string) => out.split("\n").sort()
    const words = ["query", "--show", "mentions", "--status", "all", "--min-confidence", "0"]
    expect(sorted((await communique([...words, ...store], {cwd})).out)).toEqual(sorted((await communique([...words, ...file], {cwd})).out))
    for (const asked of [["query", "--by", "dyad"], ["dyad", "Kenya", "Uganda", "--by", "month"], ["runs"]]) {
      expect((await communique([...asked, ...store], {cwd})).out).toBe((await communique([...asked, ...file], {cwd})).out)
    }
  }, 240_000)

  it("codes nothing again that the present coder coded, writes a backup and forgets", async () => {
    expect((await communique(["recode", ...store], {cwd})).err).toContain("nothing to code again")
    expect(await communique(["backup", "copy.duckdb", ...store], {cwd})).toEqual({code: 0, out: "wrote copy.duckdb\n", err: ""})
    expect((await communique(["forget", "--report", "r2", ...store], {cwd})).out).toMatch(/^removed 1 report, /)
    expect((await communique(["query", ...store], {cwd})).err).toContain("in 2 reports")
    expect((await communique(["query", "--store", "copy.duckdb"], {cwd})).err).toContain("in 3 reports")
  }, 240_000)

  it("serves, and others write meanwhile", async () => {
    const served = spawn(process.execPath, [main(), "serve", "--port", "0", ...store], {stdio: ["ignore", "pipe", "ignore"]})
    try {
      const [address] = (await once(createInterface(served.stdout), "line")) as [string]
      const total = async () => ((await (await fetch(`${address}api/v1/reports`)).json()) as {total: number}).total
      const before = await total()
      expect((await communique(["ingest", "a.jsonl", ...store], {cwd})).code).toBe(0)
      expect(await total()).toBe(before + 1)
    } finally {
      served.kill("SIGTERM")
      await once(served, "close")
    }
  }, 240_000)

  it("tells what is wrong on one line, and never a password", async () => {
    const at = server.address("nowhere", {password: "s3cret"})
    for (const words of [["query"], ["ingest", "a.jsonl"], ["dyad", "KEN", "UGA"], ["serve", "--port", "0"]]) {
      const {code, out, err} = await communique([...words, "--store", at], {cwd})
      expect({code, out}).toEqual({code: 1, out: ""})
      expect(err).toMatch(
        /^communique: Cannot open the store "postgres:\/\/owner@127\.0\.0\.1:\d+\/nowhere": database "nowhere" does not exist \[store-unreadable\]\n$/,
      )
    }
  })
})
