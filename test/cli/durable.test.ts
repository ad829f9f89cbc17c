import {spawn} from "node:child_process"
import {once} from "node:events"
import {chmodSync, existsSync, mkdirSync, readdirSync, readFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, inject, it} from "vitest"
import {openStore} from "../../src/8-store/index.ts"
import {coded, coding, scratch} from "../8-store/coded.ts"
import {text} from "../9-export/rows.ts"
import {addIn, addUnderFire, dump, fileOf, manyCoded} from "./adder.ts"

describe("a store's file", () => {
  it("holds what was acknowledged and nothing twice, however often its writer is killed", async () => {
    const folder = scratch()
    const file = fileOf(folder, manyCoded(60))
    const {code, acknowledged} = await addIn(join(folder, "calm.duckdb"), file)
    expect({code, acknowledged: acknowledged.length}).toEqual({code: 0, acknowledged: 60})
    const {hit, held} = await addUnderFire(join(folder, "killed.duckdb"), file, 60, 12)
    expect(hit).toBeGreaterThanOrEqual(10)
    expect(held).toBe(await dump(join(folder, "calm.duckdb")))
  }, 240_000)

  it("is shared by several writers and readers at a time, and outlives the one that owns it", async () => {
    const folder = scratch()
    const path = join(folder, "shared.duckdb")
    const reports = manyCoded(40)
    const halves = [reports.slice(0, 25), reports.slice(15)].map((half, n) => {
      mkdirSync(join(folder, String(n)))
      return fileOf(join(folder, String(n)), half)
    })
    // The first is killed on its way; whichever process owns the file then, the others go on.
    const [killed, other, reader] = await Promise.all([
      addIn(path, halves[0]!, {killAfter: 10}),
      addIn(path, halves[1]!),
      (async () => {
        const store = await openStore(path, {make: true})
        const counts: number[] = []
        for (let n = 0; n < 20; n++) counts.push((await store.count({}, "mentions")).count)
        await store.close()
        return counts
      })(),
    ])
    expect(killed.code).toBe(null)
    expect(other).toMatchObject({code: 0, err: ""})
    expect(other.acknowledged).toHaveLength(25)
    expect(reader).toEqual([...reader].sort((a, b) => a - b))
    expect(await addIn(path, halves[0]!)).toMatchObject({code: 0})
    const store = await openStore(path)
    expect(await store.count({}, "mentions")).toMatchObject({count: 40, ingested: 40})
    await store.close()
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  it("keeps no byte of what was forgotten", async () => {
    const folder = scratch()
    const path = join(folder, "forget.duckdb")
    // Random letters cannot be packed, so that they stand in the file as they are.
    const marker = Array.from({length: 64}, (_, n) => "abcdefghjkmnpqrstuvwxyz"[(n * n * 7 + n * 3 + 5) % 23]).join("")
    const store = await openStore(path, {make: true})
    await store.add(coded({id: "kept"}), coding)
    await store.add(coded({id: "gone", url: "https://example.org/gone"}, {words: `${text} The word was ${marker}.`}), coding)
    await store.close()
    const bytes = () => readdirSync(folder).map(name => readFileSync(join(folder, name)).includes(marker))
    expect(bytes()).toContain(true)
    const again = await openStore(path)
    expect(await again.forget({url: "https://example.org/gone"})).toEqual({reports: 1, mentions: 1, quotes: 1, problems: 0, actors: 0})
    expect(await again.report("gone")).toBe(null)
    expect(await again.add(coded({id: "after"}), coding)).toMatchObject({outcome: "added"})
    await again.close()
    expect(bytes()).not.toContain(true)
    const last = await openStore(path)
    expect((await last.reports({})).rows.map(({id}) => id).sort()).toEqual(["after", "kept"])
    await last.close()
  })

  it("finishes a forgetting that was killed before the file was written anew", async () => {
    const folder = scratch()
    const path = join(folder, "due.duckdb")
    const store = await openStore(path, {make: true})
    await store.add(coded({id: "gone"}), coding)
    await store.forget({report: "gone"})
    await store.close()
    const {openDuckDB} = await import("../../src/8-store/duckdb.ts")
    const database = await openDuckDB(path)
    await database.transaction(session => session.all("UPDATE store SET must_rewrite = true"))
    await database.close()
    await (await openStore(path)).close()
    const after = await openDuckDB(path)
    expect(await after.all("SELECT must_rewrite FROM store")).toEqual([{must_rewrite: false}])
    await after.close()
  })

  it.runIf(process.platform === "linux")("loses nothing where the disk is full, and says so", async () => {
    const folder = scratch()
    const path = join(folder, "full.duckdb")
    const file = fileOf(folder, manyCoded(60))
    // A limit on the size of files (in KiB) fails a write as a full disk does.
    const full = await addIn(path, file, {shell: "trap '' XFSZ; ulimit -f 100"})
    expect(full.code).toBe(1)
    expect(full.err).toMatch(/^store-failed: Cannot work on the store ".*full\.duckdb": .*\n$/)
    expect(full.acknowledged.length).toBeGreaterThan(0)
    const store = await openStore(path)
    const {rows} = await store.reports({}, {limit: 1000})
    expect(rows.map(({id}) => id)).toEqual(expect.arrayContaining(full.acknowledged))
    await store.close()
    expect((await addIn(path, file)).acknowledged).toHaveLength(60)
  })

  it.runIf(process.platform === "linux" && process.getuid?.() === 0)("may be asked and not written where it is read-only", async () => {
    const folder = scratch()
    const path = join(folder, "read.duckdb")
    const store = await openStore(path, {make: true})
    await store.add(coded(), coding)
    await store.close()
    chmodSync(path, 0o444)
    chmodSync(folder, 0o555)
    // Root may write everything, so somebody else asks.
    chmodSync(inject("built"), 0o755)
    const nobody = (script: string) => runAs(65534, folder, script)
    const asks = `const s = await openStore(path, {isReader: true}); console.log((await s.count({}, "mentions")).count)`
    expect(await nobody(asks)).toEqual({code: 0, out: "1\n"})
    const writes = `try { await openStore(path) } catch ({code, message}) { console.log(code, message.split(path).join("…")) }`
    expect(await nobody(writes)).toEqual({code: 0, out: expect.stringMatching(/^store-unreadable Cannot open the store "…": .*(permission denied|read-only)/i)})
  })
})

/** Runs a script with `openStore` and `path` at hand as another user. */
async function runAs(uid: number, folder: string, script: string): Promise<{code: number | null; out: string}> {
  const module = `import {openStore} from ${JSON.stringify(`${inject("built")}/dist/8-store/index.js`)}; const path = ${JSON.stringify(join(folder, "read.duckdb"))}; ${script}`
  const child = spawn(process.execPath, ["--input-type=module", "-e", module], {uid, gid: uid, cwd: "/", env: {PATH: process.env.PATH}})
  let out = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      out += chunk
    })
  }
  const [code] = (await once(child, "close")) as [number | null]
  return {code, out}
}
