import type {ChildProcess} from "node:child_process"
import {createHash} from "node:crypto"
import {readdirSync, readFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {openStore} from "../../src/8-store/index.ts"
import {scratch} from "../8-store/coded.ts"
import {addIn, addUnderFire, dump, fileOf, manyCoded} from "./adder.ts"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

describe("a store's file", () => {
  it("holds what was acknowledged and nothing twice after 200 kills", async () => {
    const folder = scratch()
    const file = fileOf(folder, manyCoded(500))
    await addIn(join(folder, "calm.duckdb"), file)
    const {hit, held} = await addUnderFire(join(folder, "killed.duckdb"), file, 500, 220)
    expect(hit).toBeGreaterThanOrEqual(200)
    expect(held).toBe(await dump(join(folder, "calm.duckdb")))
    // 220 programs are started: minutes where the machine is quiet.
  }, 3_600_000)
})

/** Reports of the project's own corpus, as lines to ingest. */
function originals(count: number): string {
  return readdirSync("corpus/original")
    .flatMap(name => readFileSync(`corpus/original/${name}`, "utf8").trim().split("\n"))
    .map(line => JSON.parse(line) as {id: string; title: string; date: string; sentences: {text: string}[]})
    .filter(({sentences}) => sentences.length > 3)
    .slice(0, count)
    .map(({id, title, date, sentences}) => `${JSON.stringify({id, title, published: date, text: sentences.map(({text}) => text).join("\n")})}\n`)
    .join("")
}

describe("communique ingest", () => {
  it("ends with the same store, however often it is killed on its way through 300 reports", async () => {
    const cwd = folder({"reports.jsonl": originals(300)})
    const ingest = (store: string, killAfter = Number.POSITIVE_INFINITY) => {
      let lines = 0
      const during = (child: ChildProcess) => {
        child.stdin?.end()
        child.stdout?.on("data", (chunk: string) => {
          lines += chunk.split("\n").length - 1
          if (lines >= killAfter) child.kill("SIGKILL")
        })
      }
      return communique(["ingest", "reports.jsonl", "--store", store], {cwd, during})
    }
    expect((await ingest("calm.duckdb")).code).toBe(0)
    const acknowledged = new Set<string>()
    // Each goes some reports further than the one before.
    for (let at = 40; at < 300; at += 40) {
      const {code, out} = await ingest("killed.duckdb", at)
      expect(code).toBe(null)
      for (const {id} of rowsOf<{id: string}>(out.slice(0, out.lastIndexOf("\n") + 1))) acknowledged.add(id)
      const store = await openStore(join(cwd, "killed.duckdb"))
      const held = new Set((await store.reports({}, {limit: 300})).rows.map(({id}) => id))
      await store.close()
      expect([...acknowledged].filter(id => !held.has(id))).toEqual([])
    }
    const last = await ingest("killed.duckdb")
    expect(last.code).toBe(0)
    expect(rowsOf(last.out)).toHaveLength(300)
    const [calm, killed] = [await dump(join(cwd, "calm.duckdb")), await dump(join(cwd, "killed.duckdb"))]
    expect(createHash("sha256").update(killed).digest("hex")).toBe(createHash("sha256").update(calm).digest("hex"))
  })
})
