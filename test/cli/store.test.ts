import {existsSync, readFileSync} from "node:fs"
import {join} from "node:path"
import {beforeAll, describe, expect, it} from "vitest"
import type {EventRecord, Group, Quote} from "../../src/0-records/index.ts"
import {openStore} from "../../src/8-store/index.ts"
import {coding} from "../8-store/coded.ts"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const report =
  "Kenya accused Uganda of holding three of its fishermen. “We will not be silent,” Kenyan Foreign Minister Grace Wafula said. Uganda rejected the claim."
const row = (id: string, published: string, text = report) => `${JSON.stringify({id, text, published, publisher: "The Example"})}\n`

const cwd = folder({
  "a.jsonl": row("r1", "2026-03-12") + row("r2", "2026-03-20", report.replace("accused", "again accused")) + row("r3", "2026-04-02"),
  "changed.jsonl": row("r1", "2026-03-12", `${report} Kenya expelled the Ugandan ambassador on Monday.`),
  "broken.jsonl": `${row("r9", "2026-03-12")}{oops\n`,
})

const store = (name: string) => ["--store", join(cwd, `${name}.duckdb`)]
const filled = async (name: string) => {
  expect((await communique(["ingest", "a.jsonl", ...store(name), "--quiet"], {cwd})).code).toBe(0)
  return store(name)
}

/** A store that no test changes. */
let asked: string[]
beforeAll(async () => {
  asked = await filled("asked")
})

describe("communique ingest", () => {
  it("acknowledges each report, and knows it the next time", async () => {
    const first = await communique(["ingest", "a.jsonl", ...store("ingest")], {cwd})
    expect(first.code).toBe(0)
    expect(rowsOf(first.out).map(({id, outcome}) => [id, outcome])).toEqual(["r1", "r2", "r3"].map(id => [id, "added"]))
    expect(first.err).toMatch(/^communique: 3 reports added; \d+ mentions of \d+ events, \d+ quotes, 0 problems in /)
    const again = await communique(["ingest", "a.jsonl", ...store("ingest")], {cwd})
    expect(rowsOf(again.out)).toEqual(["r1", "r2", "r3"].map(id => ({id, outcome: "known"})))
    expect(again.err).toMatch(/^communique: 0 reports added, 3 known; 0 mentions/)
    const changed = await communique(["ingest", "changed.jsonl", ...store("ingest"), "--format", "text"], {cwd})
    expect(changed.out).toMatch(/^version {2}r1 {2}\d+ mentions of \d+ events, \d+ quotes\n0 reports added, 1 new version; /)
  })

  it("keeps the problem of a row that cannot be read, and goes on", async () => {
    const {code, err} = await communique(["ingest", "broken.jsonl", ...store("broken")], {cwd})
    expect(code).toBe(3)
    expect(err).toContain("[row-unreadable]")
    const opened = await openStore(join(cwd, "broken.duckdb"))
    expect((await opened.problems()).rows).toMatchObject([{code: "row-unreadable", place: {input: "broken.jsonl", line: 2}}])
    await opened.close()
  })

  it("wants a store", async () => {
    expect(await communique(["ingest", "a.jsonl"], {cwd})).toMatchObject({code: 2, out: "", err: expect.stringContaining('expected "--store FILE"')})
  })

  it("works beside other writers and readers of the same store", async () => {
    const inputs = ["a.jsonl", "changed.jsonl", "broken.jsonl"]
    const ran = await Promise.all([
      ...inputs.map(input => communique(["ingest", input, ...store("beside")], {cwd})),
      ...inputs.map(async () => {
        const opened = await openStore(join(cwd, "beside.duckdb"), {make: true})
        const {count} = await opened.count({}, "mentions")
        await opened.close()
        return {code: 0, out: String(count), err: ""}
      }),
    ])
    expect(ran.map(({code}) => code)).toEqual([0, 0, 3, 0, 0, 0])
    for (const {err} of ran) expect(err).not.toMatch(/lock|store-/)
    const {err} = await communique(["query", ...store("beside")], {cwd})
    expect(err).toContain("in 4 reports")
  })
})

describe("communique query", () => {
  it("gives the rows that code gives", async () => {
    const coded = rowsOf<EventRecord>((await communique(["code", "a.jsonl"], {cwd})).out).filter(({status}) => status === "actual")
    const shown = await communique(["query", ...asked, "--show", "mentions"], {cwd})
    expect(shown.code).toBe(0)
    // Gathering says which deed of all reports and which story a row is of; nothing else differs.
    const sorted = (rows: readonly EventRecord[]) => rows.map(each => JSON.stringify({...each, event: null, story: null})).sort()
    expect(sorted(rowsOf<EventRecord>(shown.out))).toEqual(sorted(coded))
    const quotes = rowsOf<Quote>((await communique(["query", ...asked, "--show", "quotes", "--actor", "Grace Wafula"], {cwd})).out)
    expect(quotes.map(({report: {id}}) => id)).toEqual(["r3", "r2", "r1"])
  })

  it("filters, and tells how many it left out", async () => {
    const {out, err} = await communique(
      ["query", ...asked, "--actor", "Kenya", "--recipient", "UGA", "--type", "accuse", "--since", "2026-04-01", "--limit", "1"],
      {cwd},
    )
    expect(rowsOf<EventRecord>(out).map(({type, report: {id}}) => [type, id])).toEqual([["ACCUSE", "r3"]])
    expect(err).toMatch(/^communique: 1 event in 1 report/)
  })

  it("knows the members of a group on the day", async () => {
    const actors = async (who: string) => rowsOf<EventRecord>((await communique(["query", ...asked, "--actor", who], {cwd})).out).length
    expect(await actors("NATO")).toBe(0)
    const path = join(cwd, "nato.duckdb")
    const row = (id: string, published: string) => `${JSON.stringify({id, published, text: "Finland accused Russia of jamming its aircraft on Monday."})}\n`
    await communique(["ingest", "-", "--store", path, "--quiet"], {cwd, input: row("before", "2022-03-15") + row("after", "2024-03-12")})
    const rows = rowsOf<EventRecord>((await communique(["query", "--store", path, "--actor", "NATO", "--min-confidence", "0"], {cwd})).out)
    expect(new Set(rows.map(({report}) => report.id))).toEqual(new Set(["after"]))
  })

  it("tells three kinds of nothing apart", async () => {
    const closing = async (...words: string[]) => (await communique(["query", ...words], {cwd})).err
    const opened = await openStore(join(cwd, "empty.duckdb"), {make: true})
    await opened.close()
    expect(await closing(...store("empty"))).toMatch(/^communique: nothing ingested: the store holds no report in /)
    expect(await closing(...asked, "--actor", "FRA")).toMatch(/^communique: nothing matches in 3 reports in /)
    expect(await closing(...asked, "--min-confidence", "1")).toMatch(/^communique: no event passed the filters; left out: .*\d+ less sure in /)
    expect(await communique(["query", ...store("missing")], {cwd})).toMatchObject({code: 1, err: expect.stringContaining("found no such file")})
    expect(existsSync(join(cwd, "missing.duckdb"))).toBe(false)
  })

  it("counts by a group, as jsonl, csv and text", async () => {
    const words = ["query", ...asked, "--by", "month", "--type", "ACCUSE"]
    const groups = rowsOf<Group>((await communique(words, {cwd})).out)
    expect(groups.map(({key, unit, reports}) => [key, unit, reports])).toEqual([
      ["2026-03-01", "events", 2],
      ["2026-04-01", "events", 1],
    ])
    expect((await communique([...words, "--limit", "1"], {cwd})).err).toMatch(/^communique: 1 of 2 groups: 3 events in 3 reports/)
    const csv = await communique([...words, "--format", "csv"], {cwd})
    expect(csv.out.split("\n")[0]).toBe("month,unit,count,cooperation,conflict,mean_intensity,reports,per_1000_reports")
    expect(csv.out.split("\n")).toHaveLength(4)
    const text = await communique([...words, "--format", "text"], {cwd})
    expect(text.out).toMatch(/^month +events +cooperation +conflict +mean intensity +reports +per 1,000 reports\n2026-03-01 +2 +0 +2 /)
    const dyads = rowsOf<Group>((await communique(["query", ...asked, "--by", "dyad"], {cwd})).out)
    expect(dyads[0]).toMatchObject({dyad: ["KEN", "UGA"], conflict: 3})
  })

  it("writes parquet to a file", async () => {
    expect(await communique(["query", ...asked, "--out", "events.parquet", "--quiet"], {cwd})).toEqual({code: 0, out: "", err: ""})
    expect(readFileSync(join(cwd, "events.parquet")).subarray(0, 4).toString()).toBe("PAR1")
  })

  it.each([
    [["--type", "ACCUSED"], 'did you mean "ACCUSE"?'],
    [["--dyad", "CHN"], "expected two sides"],
    [["--directed"], '"--dyad A,B"'],
    [["--quad", "5"], "expected 1, 2, 3 or 4"],
    [["--since", "soon"], "expected YYYY-MM-DD"],
    [["--limit", "0"], "expected a whole number"],
    [["--by", "months"], 'did you mean "month"?'],
    [["--show", "quotes", "--by", "month"], "Cannot count quotes"],
    [["a.txt"], "takes options only"],
  ])("refuses %j", async (words, says) => {
    expect(await communique(["query", ...asked, ...words], {cwd})).toMatchObject({code: 2, out: "", err: expect.stringContaining(says)})
  })
})

describe("communique dyad", () => {
  it("draws cooperation and conflict apart", async () => {
    const {code, out} = await communique(["dyad", "Kenya", "UGA", ...asked, "--by", "week", "--type", "ACCUSE", "--format", "text"], {cwd})
    expect(code).toBe(0)
    expect(out).toMatch(/^KEN ↔ UGA, events by week, 2026-03-09 to 2026-03-30\ncooperation {8}0 events\nconflict {5}██ █ {2}3 events\n\nweek /)
    expect(out).toContain("3 events in 3 reports")
  })

  it("gives every period as a row, and one way only where asked", async () => {
    const groups = rowsOf<Group>((await communique(["dyad", "KEN", "UGA", ...asked, "--by", "month", "--directed", "--type", "ACCUSE"], {cwd})).out)
    expect(groups.map(({key, count, conflict}) => [key, count, conflict])).toEqual([
      ["2026-03-01", 2, 2],
      ["2026-04-01", 1, 1],
    ])
    expect((await communique(["dyad", "UGA", "KEN", ...asked, "--directed", "--type", "ACCUSE"], {cwd})).out).toBe("")
  })

  it("wants two sides", async () => {
    expect(await communique(["dyad", "KEN", ...store("any")], {cwd})).toMatchObject({code: 2, err: expect.stringContaining("expected two")})
  })
})

describe("communique recode", () => {
  it("codes what another coder coded, and shows what changed", async () => {
    const at = await filled("recode")
    const path = join(cwd, "recode.duckdb")
    const nothing = await communique(["recode", ...at], {cwd})
    expect(nothing).toMatchObject({code: 0, out: "", err: expect.stringContaining("nothing to code again")})
    const older = await openStore(join(cwd, "older.duckdb"), {make: true})
    const opened = await openStore(path)
    const found = (await opened.report("r1"))!
    const others = found.events.slice(1).map(each => ({...each, status: "negated" as const}))
    await older.add({...found, events: others}, {...coding, day: "2026-01-01"})
    await older.close()
    await opened.close()
    const {code, out, err} = await communique(["recode", ...store("older")], {cwd})
    expect(code).toBe(0)
    expect(rowsOf(out).some(({before}) => before === null)).toBe(true)
    expect(err).toMatch(/^communique: 1 report coded again as run 2; from run 1 to run 2: \d+ mentions changed, \d+ the same in /)
    const was = await communique(["query", ...store("older"), "--run", "1", "--status", "all", "--min-confidence", "0", "--show", "mentions"], {cwd})
    expect(rowsOf<EventRecord>(was.out).map(({status}) => status)).toEqual(others.map(() => "negated"))
    expect((await communique(["query", ...store("older"), "--as-of", "2026-01-01"], {cwd})).err).toContain("no event passed")
    expect(rowsOf((await communique(["runs", ...store("older")], {cwd})).out)).toMatchObject([
      {run: 1, model: "sha256:aa", reports: 1},
      {run: 2, reports: 1},
    ])
    const changes = await communique(["runs", ...store("older"), "--changes", "1,2", "--format", "text"], {cwd})
    expect(changes.out).toMatch(/^r1 {2}.* → .* {2}“/)
  })
})

describe("communique forget and backup", () => {
  it("removes a report and says what went; a backup made before has it still", async () => {
    const at = await filled("forget")
    expect(await communique(["backup", "copy.duckdb", ...at], {cwd})).toEqual({code: 0, out: "wrote copy.duckdb\n", err: ""})
    expect((await communique(["backup", "copy.duckdb", ...at], {cwd})).err).toContain("found a file of that name")
    const {code, out} = await communique(["forget", ...at, "--report", "r2"], {cwd})
    expect(code).toBe(0)
    expect(out).toMatch(/^removed 1 report, \d+ mentions, \d+ quotes, 0 problems, and 0 actors named nowhere else\n$/)
    expect(await communique(["forget", ...at, "--report", "r2"], {cwd})).toMatchObject({code: 1, err: expect.stringContaining("no such report")})
    expect((await communique(["query", ...at], {cwd})).err).toContain("in 2 reports")
    expect((await communique(["query", "--store", "copy.duckdb"], {cwd})).err).toContain("in 3 reports")
    expect((await communique(["forget", ...at], {cwd})).code).toBe(2)
  })
})
