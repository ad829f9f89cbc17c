import {readFileSync} from "node:fs"
import {join} from "node:path"
import {beforeAll, expect, it} from "vitest"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const first = "Kenya accused Uganda of holding fishermen. “We will not be silent,” Kenyan Foreign Minister Grace Wafula said on Monday."
const row = (id: string, published: string, text: string) => `${JSON.stringify({id, text, published})}\n`
const cwd = folder({
  "a.jsonl": row("r1", "2026-03-12", first) + row("r2", "2026-03-20", first.replace("Monday", "Thursday")),
  "phrases.jsonl": ["2026-03-11", "2026-03-12"].map(date => `${JSON.stringify({id: date, text: "Grace Wafula", date})}\n`).join(""),
})
const store = ["--store", join(cwd, "learned.duckdb")]
const lists = ["--knowledge", join(cwd, "lists")]

beforeAll(async () => {
  expect((await communique(["ingest", "a.jsonl", ...store, "--quiet"], {cwd})).code).toBe(0)
})

it("learns from reports who somebody is", async () => {
  const learned = await communique(["actors", "learned", ...store], {cwd})
  const words = "Kenyan Foreign Minister Grace Wafula"
  const days = {from: "2026-03-12", to: "2026-03-20"}
  expect(rowsOf(learned.out)).toEqual([{name: "Grace Wafula", country: "KEN", sector: "GOV", ...days, reports: 2, words, report: "r1", tables: null}])
})

it("uses it once accepted, from the day of the report that states it", async () => {
  const accepted = await communique(["actors", "accept", "Grace Wafula", ...store, ...lists], {cwd})
  expect(accepted.err).toMatch(/1 row added to learned\.csv, 0 known/)
  const list = readFileSync(join(cwd, "lists/learned.csv"), "utf8")
  expect(list).toContain("Grace Wafula,,person,KEN,GOV,2026-03-12,,r1,Kenyan Foreign Minister Grace Wafula\n")
  const answers = await communique(["resolve", "phrases.jsonl", ...lists], {cwd})
  expect(rowsOf(answers.out).map(({code}) => code)).toEqual([null, "KENGOV"])
})

it("tells a task that is none, and a name that no report states", async () => {
  const wrong = await communique(["actors", "learn", ...store], {cwd})
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/did you mean "learned"\?/)])
  const nobody = await communique(["actors", "accept", "Nobody Atall", ...store, ...lists], {cwd})
  expect([nobody.code, nobody.err]).toEqual([2, expect.stringMatching(/Cannot accept "Nobody Atall"/)])
})
