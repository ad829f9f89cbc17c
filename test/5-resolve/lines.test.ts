import {describe, expect, it} from "vitest"
import {openLines} from "../../src/5-resolve/lines.ts"

const head = '# {"columns":["key","name"]}\n'
const table = openLines(`${head}14th dalai lama\tone\nab\ttwo\nab\tthree\nab c\tfour\nabc\tfive\tmore\nþor\tsix\n`, "table.tsv")

describe("openLines", () => {
  it("finds every line of a key, in order, and no other", () => {
    expect(table.find("ab")).toEqual([["two"], ["three"]])
    expect(table.find("ab c")).toEqual([["four"]])
    expect(table.find("abc")).toEqual([["five", "more"]])
  })
  it("finds the first and the last line", () => expect(["14th dalai lama", "þor"].map(key => table.find(key)[0]?.[0])).toEqual(["one", "six"]))
  it("finds nothing between, before and after", () => expect(["", "a", "ab ", "abcd", "zz", "ÿ", "ж", "14"].flatMap(key => table.find(key))).toEqual([]))
  it("gives a line by its number, the head not counted", () => expect([0, 4].map(number => table.at(number))).toEqual([["one"], ["five", "more"]]))
  it("finds nothing in a table of no lines", () => expect(openLines(head, "empty.tsv").find("ab")).toEqual([]))
  it("refuses what is no such table, or ends within a line", () => {
    const expected = /^Cannot read the table "table.tsv": expected lines below a head that begins with #$/
    expect(() => openLines("ab\ttwo\n", "table.tsv")).toThrow(expected)
    expect(() => openLines(`${head}ab\ttw`, "table.tsv")).toThrow(expected)
  })
})
