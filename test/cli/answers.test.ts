import {readFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {communique, rowsOf} from "./command.ts"
import {folder} from "./folder.ts"

const text = "Kenya accused Uganda of holding three of its fishermen."
const pair = {id: 7, text, source: [0, 5], target: [14, 20]}
const lines = (...rows: unknown[]) => rows.map(row => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join("")

const cwd = folder({
  "pairs.jsonl": lines(pair, {...pair, id: "b"}, {...pair, id: undefined}),
  "bad-pairs.jsonl": lines(
    pair,
    "{oops",
    {...pair, source: [5, 2]},
    [1],
    {...pair, text: 3},
    {...pair, id: {}},
    {...pair, id: "last"},
    {...pair, target: [14, 2000]},
  ),
  "phrases.jsonl": lines(
    {id: 1, text: "Nairobi"},
    {id: 2, text: "the blue teapot of Aunt Wilma"},
    {id: 3, text: "Ugandan government", context: "The Ugandan government rejected it.", date: "2026-03-12"},
  ),
})

describe("communique relate", () => {
  it("answers each pair with the fields of the design, in order, and keeps ids", async () => {
    const {code, out, err} = await communique(["relate", "pairs.jsonl"], {cwd})
    const rows = rowsOf(out)
    expect(code).toBe(0)
    expect(rows.map(({id}) => id)).toEqual([7, "b", null])
    expect(Object.keys(rows[0]!)).toEqual(["id", "type", "mode", "status", "quad", "confidence", "scores"])
    expect(rows[0]!.type).toBe("ACCUSE")
    expect(err).toMatch(/^communique: 3 answers, 0 problems in /)
  })

  it("tells bad rows with their line, and goes on", async () => {
    const {code, out, err} = await communique(["relate", "bad-pairs.jsonl"], {cwd})
    expect(code).toBe(3)
    expect(rowsOf(out).map(({id}) => id)).toEqual([7, "last"])
    expect([...err.matchAll(/^communique: bad-pairs\.jsonl:(\d+): .*\[pair-unreadable\]$/gm)].map(([, line]) => line)).toEqual(["2", "3", "4", "5", "6", "8"])
  })

  it("prints a line to read with --format text", async () => {
    const {out} = await communique(["relate", "-", "--format", "text"], {cwd, input: lines(pair)})
    expect(out).toMatch(/^7 {2}Kenya → Uganda {2}ACCUSE/)
  })

  it("reads standard input and writes a file", async () => {
    expect(await communique(["relate", "-", "--out", "answers.jsonl", "--quiet"], {cwd, input: lines(pair)})).toEqual({code: 0, out: "", err: ""})
    expect(rowsOf(readFileSync(join(cwd, "answers.jsonl"), "utf8"))).toHaveLength(1)
  })

  it("tells a line that is longer than any row, and goes on", async () => {
    const {code, out, err} = await communique(["relate", "-"], {cwd, input: `{"text": "${"a ".repeat(3e6)}"}\n${lines(pair)}`})
    expect(code).toBe(3)
    expect(err).toMatch(/^communique: -:1: .*\[input-too-large\]$/m)
    expect(rowsOf(out)).toHaveLength(1)
  })

  it("tells bytes that are no UTF-8", async () => {
    const {code, err} = await communique(["relate", "-"], {cwd, input: Buffer.concat([Buffer.from(lines(pair)), Buffer.from([0x7b, 0xff, 0x7d, 10])])})
    expect(code).toBe(3)
    expect(err).toMatch(/^communique: -:2: .*no UTF-8.*\[pair-unreadable\]$/m)
  })
})

describe("communique resolve", () => {
  it("answers each phrase with the fields of the design, in order", async () => {
    const {code, out} = await communique(["resolve", "phrases.jsonl"], {cwd})
    const rows = rowsOf(out)
    expect(code).toBe(0)
    expect(rows.map(({id}) => id)).toEqual([1, 2, 3])
    for (const row of rows) expect(Object.keys(row)).toEqual(["id", "name", "kind", "country", "sector", "code", "basis"])
    expect(rows.map(({country}) => country)).toEqual(["KEN", null, "UGA"])
  })

  it("tells a day that is none with its line, and goes on", async () => {
    const {code, out, err} = await communique(["resolve", "-"], {cwd, input: lines({id: 1, text: "Nairobi", date: "soon"}, {id: 2, text: "Nairobi"})})
    expect(code).toBe(3)
    expect(err).toMatch(/^communique: -:1: .*\[day-unreadable\]$/m)
    expect(rowsOf(out).map(({id}) => id)).toEqual([2])
  })

  it("tells a missing file", async () => {
    const {code, err} = await communique(["resolve", "gone.jsonl"], {cwd})
    expect(code).toBe(1)
    expect(err).toMatch(/^communique: gone\.jsonl: .*\[input-missing\]$/m)
  })
})
