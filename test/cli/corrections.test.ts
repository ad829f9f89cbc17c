import {readFileSync} from "node:fs"
import {join} from "node:path"
import {beforeAll, describe, expect, it} from "vitest"
import type {EventRecord} from "../../src/0-records/index.ts"
import {openStore} from "../../src/8-store/index.ts"
import {readGold} from "../../src/10-score/index.ts"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const text = "Kenya accused Uganda of holding three of its fishermen. Uganda rejected the claim on Monday."
const cwd = folder({"a.jsonl": ["r1", "r2"].map(id => `${JSON.stringify({id, text, published: "2026-03-12"})}\n`).join("")})
const path = join(cwd, "project.duckdb")
const run = (...words: string[]) => communique([...words, "--store", path], {cwd})

beforeAll(async () => {
  expect((await run("ingest", "a.jsonl", "--quiet")).code).toBe(0)
})

describe("communique corrections and corpus export", () => {
  it("tell where to begin while nobody reviewed", async () => {
    expect(await run("corrections", "--format", "text")).toMatchObject({code: 0, out: expect.stringMatching(/^0 corrections in /)})
    expect(await run("corpus", "export")).toMatchObject({code: 0, out: "", err: expect.stringContaining("no report is reviewed; the page /review")})
  })

  it("list verdicts, which override the rows, and write reviewed reports", {timeout: 180_000}, async () => {
    const store = await openStore(path)
    const {events} = (await store.report("r1"))!
    const decision = (event: EventRecord, n: number) => ({
      key: `k${n}`,
      report: "r1",
      event: event.id,
      reviewer: "Ann",
      made: `2026-11-26T10:0${n}:00Z`,
      isBlind: false,
    })
    for (const [n, event] of events.entries()) {
      if (n === 0) await store.correct({...decision(event, n), verdict: "corrected", why: "alleged only", record: {...event, status: "hypothetical"}})
      else await store.correct({...decision(event, n), verdict: "accepted", why: null, record: null})
    }
    await store.close()

    const listed = await run("corrections", "--format", "text")
    expect(listed.out).toMatch(
      /\n1 {2}2026-11-26 10:00 {2}Ann {2}corrected {2}r1\/1 {2}ACCUSE “accused”\n {4}status: actual → hypothetical\n {4}because alleged only\n/,
    )
    expect(rowsOf((await run("corrections", "--reviewer", "Ann")).out)).toHaveLength(events.length)
    expect(rowsOf((await run("corrections", "--unattached")).out)).toEqual([])
    const rows = rowsOf<EventRecord>((await run("query", "--show", "mentions", "--report", "r1", "--status", "hypothetical", "--format", "jsonl")).out)
    expect(rows.find(({id}) => id === "r1/1")).toMatchObject({review: "corrected", confidence: 1})

    const exported = await run("corpus", "export", "--license", "CC0-1.0", "--out", "reviewed.jsonl")
    expect(exported).toMatchObject({code: 0, err: expect.stringMatching(/^communique: 1 document with \d+ events in /)})
    const [document] = rowsOf(readFileSync(join(cwd, "reviewed.jsonl"), "utf8"))
    expect(readGold(document!, {}).sentences.flatMap(({events}) => events.map(({type, status}) => [type, status]))[0]).toEqual(["ACCUSE", "hypothetical"])
    expect(document).toMatchObject({id: "r1", license: "CC0-1.0"})
    const scored = await communique(["eval", "reviewed.jsonl", "--format", "json"], {cwd})
    expect(scored.code).toBe(0)
  })

  it("know no other action", async () =>
    expect(await run("corpus", "import")).toMatchObject({code: 2, err: expect.stringContaining('Cannot use "import" with corpus: expected export')}))
})
