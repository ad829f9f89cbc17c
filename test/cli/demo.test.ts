import {readFileSync} from "node:fs"
import {describe, expect, it} from "vitest"
import type {Aggregate, ReviewQueue} from "../../web/records.ts"
import {rowsOf} from "./command.ts"
import {folder} from "./folder.ts"
import {serving} from "./serving.ts"

type Row = {readonly id: string; readonly title: string; readonly publisher: string; readonly published: string; readonly text: string}

describe("communique demo", () => {
  const reports = rowsOf<Row>(readFileSync("examples/demo.jsonl", "utf8"))

  it("comes with two invented months, and says that they are invented", () => {
    expect(reports.length).toBeGreaterThanOrEqual(200)
    expect(new Set(reports.map(({id}) => id)).size).toBe(reports.length)
    for (const {published, publisher} of reports) {
      expect(published).toMatch(/^2026-(01|02|03-01)/)
      expect(publisher).toMatch(/Invented|Imaginary|Fable|Fictional|Made-Up|Pretend/)
    }
  })

  it("codes and serves them with something to see on every page, and lets a reviewer in by its link", {timeout: 900_000}, async () => {
    const cwd = folder({})
    const words = ["demo", "--no-browser", "--port", "0"]
    const ran = await serving(
      words,
      async (address, told) => {
        const ask = async <T>(path: string) => (await (await fetch(`${address}api/v1/${path}`)).json()) as T
        expect(await ask("reports?limit=1")).toMatchObject({total: reports.length})
        const {groups} = await ask<Aggregate>("dyads?limit=200")
        const count = (one: string, other: string) =>
          groups.filter(({dyad}) => dyad?.includes(one) && dyad.includes(other)).reduce((sum, {count}) => sum + count, 0)
        for (const [one, other] of [
          ["KEN", "UGA"],
          ["GRC", "TUR"],
          ["COL", "VEN"],
          ["CHN", "VEN"],
          ["USA", "VEN"],
          ["DZA", "MAR"],
        ] as const)
          expect([one, other, count(one, other) > 10]).toEqual([one, other, true])
        expect((await ask<Aggregate>("timeline?by=week")).groups.length).toBeGreaterThanOrEqual(8)
        expect((await ask<Aggregate>("timeline?by=place")).groups.length).toBeGreaterThan(10)
        expect((await ask<{rows: object[]}>("quotes?limit=100")).rows.length).toBeGreaterThan(30)
        expect((await ask<{rows: {reports: number}[]}>("stories?limit=100")).rows.filter(({reports}) => reports > 1).length).toBeGreaterThanOrEqual(3)
        const {rows} = await ask<ReviewQueue>("review?limit=1")
        const [, token] = /\/review#token=(\S+)/.exec(told())!
        const response = await fetch(`${address}api/v1/corrections`, {
          method: "POST",
          headers: {"content-type": "application/json", authorization: `Bearer ${token}`},
          body: JSON.stringify({report: rows[0]!.report.id, event: rows[0]!.id, verdict: "rejected", reviewer: "Ann"}),
        })
        expect(response.status).toBe(200)
      },
      {cwd},
    )
    expect([ran.code, ran.err]).toEqual([0, expect.stringContaining(`${reports.length} reports coded into communique-demo.duckdb in `)])
    // The next time it is there at once, with what was corrected.
    const again = await serving(words, async address => void expect(await (await fetch(`${address}api/v1/corrections`)).json()).toMatchObject({total: 1}), {
      cwd,
    })
    expect([again.code, again.err]).toEqual([0, expect.stringContaining("communique: ready in ")])
  })
})
