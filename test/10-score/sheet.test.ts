import {describe, expect, it} from "vitest"
import type {EventRecord} from "../../src/0-records/index.ts"
import {drawer, type Key, scoreSheet, sheetCsv, sheetHtml, sheetRows} from "../../src/10-score/index.ts"
import {actor, event, text} from "../9-export/rows.ts"

const rows: EventRecord[] = Array.from({length: 60}, (_, n) =>
  event({id: `r${n}/1`, type: n < 50 ? "ACCUSE" : n < 58 ? "REJECT" : "AID", confidence: (n % 10) / 10, recipients: [actor("Sudmark")]}),
)

function draw(of: readonly EventRecord[], n = 12, by: Key["by"] = "type", seed = 1) {
  const drawing = drawer(n, by, seed)
  for (const row of of) drawing.add(row, text)
  return drawing.end()
}

describe("a sample", () => {
  const {drawn, key} = draw(rows)
  const count = (type: string) => key.rows.filter(({stratum}) => stratum === type).length
  it("takes as many of each stratum, and gives the rest to those that have more", () => {
    expect(key.strata).toEqual({ACCUSE: 50, AID: 2, REJECT: 8})
    expect([count("AID"), count("REJECT"), count("ACCUSE")]).toEqual([2, 5, 5])
  })
  it("is the same for the same seed, in whatever order the rows come", () => {
    expect(draw([...rows].reverse())).toEqual({drawn, key})
    expect(draw(rows, 12, "type", 2).key.rows).not.toEqual(key.rows)
  })
  it("takes all where it wants more than there are", () => expect(draw(rows, 500).drawn).toHaveLength(60))
  it("can go by steps of confidence", () =>
    expect(Object.keys(draw(rows, 12, "confidence").key.strata)).toEqual(["0.0–0.2", "0.2–0.4", "0.4–0.6", "0.6–0.8", "0.8–1.0"]))

  it("marks the trigger and hides the answer, in both forms", () => {
    const [csv, html] = [sheetCsv(drawn), sheetHtml(drawn, ["ACCUSE", "AID"])]
    expect(csv).toContain("Norland’s foreign minister Ada Berg on Monday [[accused]] Sudmark of spying.")
    expect(html).toContain("<mark>accused</mark>")
    for (const sheet of [csv, html.slice(html.indexOf("<section>"))]) expect(sheet).not.toMatch(/ACCUSE|REJECT|NORGOV|r\d+\/1/)
    expect(sheetRows(csv, "s.csv").map(({row, type, actor}) => [row, type, actor])).toEqual(drawn.map((_, at) => [String(at + 1), "", ""]))
  })
  it("runs no formula of a text in a spreadsheet", () => {
    const title = "=HYPERLINK(1)"
    const {drawn} = draw([event({report: {...event().report, title}})])
    expect(sheetCsv(drawn)).toContain(`,'${title},`)
  })
})

describe("a filled sheet", () => {
  const key: Key = {
    by: "type",
    seed: 1,
    strata: {ACCUSE: 90, AID: 10},
    rows: [
      {row: 1, stratum: "ACCUSE", event: event()},
      {row: 2, stratum: "ACCUSE", event: event()},
      {row: 3, stratum: "AID", event: event({type: "AID"})},
      {row: 4, stratum: "AID", event: event({type: "AID", recipients: []})},
    ],
  }
  const head = "row,type,actor,recipient,status,right\n"
  const scored = (...lines: string[]) => scoreSheet(sheetRows(head + lines.join("\n"), "s.csv"), key, "s.csv")

  it("tells precision by stratum, and weighs it", () => {
    const {answered, strata, overall} = scored("1,accuse,Berg,Sudmark,actual,", "2,REJECT,,,,", "3,AID,the minister,,negated,", "4,AID,,-,,")
    expect(answered).toBe(4)
    expect(strata.map(({name, judged, right}) => [name, judged, right])).toEqual([
      ["ACCUSE", 2, 0.5],
      ["AID", 2, 1],
    ])
    expect(overall.right).toBeCloseTo(0.9 * 0.5 + 0.1 * 1, 10)
    expect(strata[1]!.parts).toEqual({type: 1, actor: 1, recipient: 1, status: 0})
    for (const {interval, right} of [...strata, overall]) {
      expect(interval![0]).toBeLessThan(right!)
      expect(interval![1]).toBeGreaterThanOrEqual(right!)
    }
  })
  it("has Wilson's interval for a stratum", () => {
    // 1 of 2: (0.5 + z²/4) / (1 + z²/2) ± …, z = 1.96: 0.0945 to 0.9055
    const [low, high] = scored("1,ACCUSE,,,,", "2,none,,,,").strata[0]!.interval!
    expect([low, high]).toEqual([expect.closeTo(0.0945, 4), expect.closeTo(0.9055, 4)])
  })
  it("takes the person's word for right or wrong", () => {
    expect(scored("1,REJECT,,,,yes", "2,,,,,no").strata[0]).toMatchObject({judged: 2, right: 0.5})
  })
  it("wants nobody for a dash, and judges no empty cell", () => {
    expect(scored("1,ACCUSE,Ruritania,,,", "2,ACCUSE,,-,,").strata[0]).toMatchObject({judged: 2, right: 0})
    expect(scored("1,ACCUSE,,,,", "2,,,,,")).toMatchObject({answered: 1, strata: [{right: 1}, {right: null, interval: null}]})
  })
  it("is read as spreadsheets save it", () => {
    const saved = '\ufeffrow;sentence;type;right\r\n1;"one ""quoted""\r\nover; lines";ACCUSE;\r\n2;x;AID;\r\n'
    expect(sheetRows(saved, "s.csv")).toEqual([
      {row: "1", sentence: 'one "quoted"\r\nover; lines', type: "ACCUSE", right: ""},
      {row: "2", sentence: "x", type: "AID", right: ""},
    ])
  })
  it("tells answers that are none, and columns that are not there", () => {
    expect(() => scored("1,ACCUSE,,,done,")).toThrow('Cannot read "done" as "status" in row 1 of the sheet: expected actual')
    expect(() => scored("1,ACCUSE,,,,perhaps")).toThrow("expected yes or no")
    expect(() => sheetRows("a,b\n1,2\n", "s.csv")).toThrow('Cannot find the column "row" of the sheet')
  })
})
