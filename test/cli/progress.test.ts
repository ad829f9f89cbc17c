import {execFileSync} from "node:child_process"
import {symlinkSync} from "node:fs"
import {join} from "node:path"
import {afterEach, beforeEach, describe, expect, it, vi} from "vitest"
import {countReports, showProgress} from "../../src/cli/progress.ts"
import {folder} from "./folder.ts"

describe("the progress line", () => {
  let written: string[] = []
  let now = 0
  beforeEach(() => {
    written = []
    now = 0
    vi.spyOn(performance, "now").mockImplementation(() => now)
    vi.spyOn(process.stderr, "write").mockImplementation(text => written.push(String(text)) > 0)
  })
  afterEach(() => vi.restoreAllMocks())

  /** What the line says after `reports` reports in `ms`. */
  async function line(total: number | undefined, reports: number, ms: number): Promise<string | undefined> {
    const progress = showProgress(Promise.resolve(total))
    await new Promise(setImmediate)
    now += ms
    progress.count(reports, 2 * reports)
    return written.at(-1)
  }

  it("tells reports, mentions and reports a second", async () => expect(await line(undefined, 50, 2000)).toBe("50 reports, 100 mentions, 25.0 reports/s"))
  it("tells the time left where the total is known", async () =>
    expect(await line(100, 50, 2000)).toBe("[#####     ] 50 of 100 reports, 100 mentions, 25.0 reports/s, 2 s left"))
  it("says nothing in the first second", async () => expect(await line(100, 50, 900)).toBeUndefined())
  it("claims no total that is passed", async () => expect(await line(10, 50, 2000)).toMatch(/^50 reports,/))
  it("is wiped before anything else is printed", async () => {
    const progress = showProgress(Promise.resolve(undefined))
    now = 2000
    progress.count(1, 1)
    progress.clear()
    progress.clear()
    expect(written.slice(1)).toEqual(["\r\u001b[2K"])
  })
})

describe("countReports", () => {
  const path = folder({"a.txt": "", "in/b.html": "", "in/c.jsonl": "{}\n{}\n", "feed.xml": ""})
  it("counts files, folders and lines", async () => expect(await countReports([`${path}/a.txt`, `${path}/in`])).toBe(4))
  it("does not guess at feeds", async () => expect(await countReports([`${path}/a.txt`, `${path}/feed.xml`])).toBeUndefined())
  it("counts what is read: nothing hidden, no folder that is a link", async () => {
    const circle = folder({"a.txt": "", ".draft/b.txt": ""})
    symlinkSync(circle, join(circle, "again"))
    expect(await countReports([circle])).toBe(1)
  })
  it("takes nothing out of a pipe", async () => {
    const pipe = join(folder({}), "rows.jsonl")
    execFileSync("mkfifo", [pipe])
    expect(await countReports([pipe])).toBeUndefined()
  })
  it("does not guess at standard input", async () => expect(await countReports(["-"])).toBeUndefined())
})
