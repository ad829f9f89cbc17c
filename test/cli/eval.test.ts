import {readFileSync, writeFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {document, lines} from "../10-score/told.ts"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const jsonl = (...rows: unknown[]) => rows.map(row => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join("")

const kenya = {
  ...document("kenya", {
    text: "Kenya accused Uganda of holding three of its fishermen.",
    m: [
      ["a", "Kenya", "E4"],
      ["b", "Uganda", "E5"],
    ],
    e: [{type: "ACCUSE", mode: "allege", trig: "accused", act: ["a"], rec: ["b"], status: "actual", date: null, place: [], ctx: []}],
    q: [],
  }),
  entities: [
    {id: "E4", name: "Kenya", kind: "country", country: "KEN", sector: null},
    {id: "E5", name: "Uganda", kind: "country", country: "UGA", sector: null},
  ],
}
const report = document("report", lines.call, lines.march, lines.calm, lines.calm)
const accused = {
  report: {id: "kenya"},
  type: "ACCUSE",
  trigger: {text: "accused", start: 6, end: 13},
  actors: [{start: 0, end: 5}],
  recipients: [{start: 14, end: 20}],
}

const cwd = folder({
  "gold/a.jsonl": jsonl(kenya),
  "gold/deep/b.jsonl": jsonl(report),
  "gold/notes.md": "no gold",
  "broken.jsonl": jsonl(kenya, "{oops", {...report, sentences: [{...lines.call, m: []}]}, kenya, {...report, form: "communique-standoff-1"}),
  "rows.jsonl": jsonl(accused),
  "other.jsonl": jsonl({...accused, type: "PRAISE"}, {...accused, report: {id: "elsewhere"}}),
  "lost.jsonl": jsonl(accused, {...accused, trigger: {text: "praised", start: 6, end: 13}}, {...accused, trigger: null}),
  "news.jsonl": jsonl(
    ...Array.from({length: 12}, (_, n) => ({
      id: `n${n}`,
      text: `Kenya accused Uganda of holding ${n + 2} of its fishermen. Uganda rejected the claim.`,
      published: "2026-03-12",
    })),
  ),
})

type Evaluation = {
  coder: string
  scores: {documents: number; groups: {name: string; figures: Record<string, {right: number; found: number; gold: number; f1: number}>}[]}
  against: {coder: string; comparison: {differences: {group: string; measure: string; difference: number}[]}} | null
}
const evaluated = (out: string) => JSON.parse(out) as Evaluation

describe("communique eval", () => {
  it("codes the gold texts of files and folders, and scores every layer", async () => {
    const {code, out, err} = await communique(["eval", "gold"], {cwd})
    const {coder, scores} = evaluated(out)
    expect({code, coder}).toEqual({code: 0, coder: expect.stringMatching(/^communique \d.*model sha256/)})
    expect(err).toMatch(/^communique: 2 documents, 0 problems in /)
    expect(scores.groups.map(({name}) => name)).toEqual(["all", "items", "single", "reports"])
    expect(scores.groups[2]!.figures.full).toMatchObject({right: 1, gold: 1})
    expect(Object.keys(scores.groups[0]!.figures)).toContain("mention")
  })

  it("scores rows of another system, and only what it has rows of", async () => {
    const {code, out} = await communique(["eval", "gold/a.jsonl", "--rows", "rows.jsonl"], {cwd})
    const [all] = evaluated(out).scores.groups
    expect(code).toBe(0)
    expect(all!.figures.full).toMatchObject({right: 1, found: 1, gold: 1, f1: 1})
    expect(Object.keys(all!.figures)).not.toEqual(expect.arrayContaining(["mention"]))
    expect(Object.keys(all!.figures)).not.toEqual(expect.arrayContaining(["quote"]))
  })

  it("takes the rows that code itself printed of the texts it wrote", async () => {
    await communique(["eval", "gold", "--texts", "--out", "texts.jsonl"], {cwd})
    expect(rowsOf(readFileSync(join(cwd, "texts.jsonl"), "utf8")).map(({id, text}) => [id, text])).toEqual([
      ["kenya", kenya.sentences.map(sentence => (sentence as {text: string}).text).join("")],
      ["report", report.sentences.map(sentence => (sentence as {text: string}).text).join("\n\n")],
    ])
    await communique(["code", "texts.jsonl", "--out", "events.jsonl"], {cwd})
    await communique(["quotes", "texts.jsonl", "--out", "quotes.jsonl"], {cwd})
    const own = evaluated((await communique(["eval", "gold"], {cwd})).out).scores.groups[0]!.figures
    const theirs = evaluated((await communique(["eval", "gold", "--rows", "events.jsonl,quotes.jsonl"], {cwd})).out).scores.groups[0]!.figures
    for (const name of ["full", "type", "dyad", "quote", "date"]) expect(theirs[name]).toEqual(own[name])
  })

  it("compares two systems and tells rows of other documents", async () => {
    const {code, out, err} = await communique(["eval", "gold/a.jsonl", "--rows", "rows.jsonl", "--against", "other.jsonl"], {cwd})
    expect(code).toBe(0)
    expect(evaluated(out).against!.comparison.differences.find(({measure}) => measure === "full")).toMatchObject({difference: 1})
    expect(err).toContain("1 row of other documents left out")
  })

  it("tells documents and rows that cannot be read, and goes on", async () => {
    const gold = await communique(["eval", "broken.jsonl", "--rows", "rows.jsonl"], {cwd})
    expect([...gold.err.matchAll(/^communique: broken\.jsonl:(\d): .*\[gold-unreadable\]$/gm)].map(([, line]) => line)).toEqual(["2", "3", "4", "5"])
    expect({code: gold.code, documents: evaluated(gold.out).scores.documents}).toEqual({code: 3, documents: 1})
    const rows = await communique(["eval", "gold/a.jsonl", "--rows", "lost.jsonl"], {cwd})
    expect([...rows.err.matchAll(/^communique: lost\.jsonl:(\d): .*\[row-unreadable\]$/gm)].map(([, line]) => line)).toEqual(["2", "3"])
    expect(rows.code).toBe(3)
  })

  it("takes one part of the corpus", async () => {
    const parts = await Promise.all(["train", "dev", "test"].map(part => communique(["eval", "gold", "--rows", "rows.jsonl", "--part", part], {cwd})))
    const counts = parts.map(({out}) => (out === "" ? 0 : evaluated(out).scores.documents))
    expect(counts.reduce((a, b) => a + b, 0)).toBe(2)
    expect(parts.map(({code}) => code)).toEqual(counts.map(count => (count > 0 ? 0 : 1)))
  })

  it("writes a page by the ending of --out, and text on demand", async () => {
    await communique(["eval", "gold", "--rows", "rows.jsonl", "--out", "scores.html"], {cwd})
    expect(readFileSync(join(cwd, "scores.html"), "utf8")).toMatch(/^<!doctype html>/)
    expect((await communique(["eval", "gold", "--rows", "rows.jsonl", "--format", "text"], {cwd})).out).toMatch(/type, actor and recipient +\d\.\d{3}/)
  })

  it("fails where there is no document", async () => {
    const {code, err} = await communique(["eval", "nowhere.jsonl"], {cwd})
    expect({code, isTold: err.includes("[input-missing]")}).toEqual({code: 1, isTold: true})
  })
})

describe("communique sample", () => {
  const draw = (sheet: string, ...more: string[]) => communique(["sample", "news.jsonl", "--n", "6", "--by", "status", "--sheet", sheet, ...more], {cwd})
  const read = (name: string) => readFileSync(join(cwd, name), "utf8")

  it("draws a blind sheet, whose answers eval then reads", async () => {
    const {code, err} = await draw("check")
    expect({code, err}).toEqual({
      code: 0,
      err: expect.stringMatching(/^communique: 6 mentions of \d+ drawn from 12 reports in .*: check\.csv, check\.html, check\.key\.jsonl$/m),
    })
    expect(read("check.csv").split("\r\n")[0]).toBe("row,published,title,before,sentence,after,type,actor,recipient,status,right,note")
    expect(`${read("check.csv")}${read("check.html").split("<section>")[1]}`).not.toContain("ACCUSE")
    const [, ...key] = rowsOf<{row: number; event: {type: string}}>(read("check.key.jsonl"))
    expect(key).toHaveLength(6)
    writeFileSync(join(cwd, "filled.csv"), `row,type\n${key.map(({row, event}) => `${row},${row === 1 ? "none" : event.type}\n`).join("")}`)
    const {out} = await communique(["eval", "filled.csv", "--key", "check.key.jsonl"], {cwd})
    expect(JSON.parse(out)).toMatchObject({rows: 6, answered: 6, overall: {judged: 6}})
    expect(JSON.parse(out).overall.right).toBeLessThan(1)
    expect((await communique(["eval", "filled.csv", "--key", "check.key.jsonl", "--format", "text"], {cwd})).out).toContain("6 of 6 rows answered")
  })

  it("draws the same again, and others under another seed", async () => {
    await draw("again")
    await draw("others", "--seed", "7")
    expect(read("again.csv")).toBe(read("check.csv"))
    expect(read("others.csv")).not.toBe(read("check.csv"))
  })

  it("never writes over a sheet", async () => {
    const {code, err} = await draw("check")
    expect({code, isTold: err.includes('Cannot write "check.csv"')}).toEqual({code: 1, isTold: true})
  })

  it("tells a sheet or key that is none", async () => {
    const sheet = await communique(["eval", "news.jsonl", "--key", "check.key.jsonl"], {cwd})
    expect({code: sheet.code, isTold: sheet.err.includes("[column-missing]")}).toEqual({code: 1, isTold: true})
    const key = await communique(["eval", "check.csv", "--key", "news.jsonl"], {cwd})
    expect({code: key.code, isTold: key.err.includes("as a key")}).toEqual({code: 1, isTold: true})
    expect((await communique(["eval", "check.csv", "--key", "check.key.jsonl"], {cwd})).code).toBe(1)
  })
})
