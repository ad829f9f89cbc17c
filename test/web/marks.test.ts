import {describe, expect, it} from "vitest"
import {letterOf, type Mark, marksOf, segments} from "../../web/marks.ts"
import {event} from "../9-export/rows.ts"

const mark = (start: number, end: number, row = "1"): Mark => ({start, end, row, field: "trigger", role: "trigger"})

/** Each paragraph with `|` between segments and the number of marks over each. */
const drawn = (text: string, ...marks: readonly Mark[]) =>
  segments(text, marks).map(paragraph => paragraph.map(({text, marks}) => `${text}:${marks.length}`).join("|"))

describe("segments", () => {
  it("cut a text where marks begin and end", () => expect(drawn("one two three", mark(4, 7))).toEqual(["one :0|two:1| three:0"]))
  it("hold every mark over them, however they overlap", () => expect(drawn("abcdef", mark(0, 4), mark(2, 6, "2"))).toEqual(["ab:1|cd:2|ef:1"]))
  it("count code points, not UTF-16 units", () => expect(drawn("😀 a 😀b", mark(4, 6))).toEqual(["😀 a :0|😀b:1"]))
  it("go on over the end of a paragraph", () => expect(drawn("ab\ncd\n", mark(1, 4))).toEqual(["a:0|b\n:1", "c:1|d\n:0"]))
  it("lose no character", () => {
    const text = "One 😀 two.\n\nThree\n"
    expect(
      segments(text, [mark(3, 9), mark(0, 12)])
        .flat()
        .map(segment => segment.text)
        .join(""),
    ).toBe(text)
  })
  it("are none for an empty text", () => expect(segments("", [])).toEqual([]))
})

describe("marksOf", () => {
  it("has the words of every field, and those that lead to a side in another sentence", () => {
    const roles = marksOf(event()).map(({role, field}) => `${field} ${role}`)
    expect(roles).toEqual(["trigger trigger", "actor0 actor", "recipient0 recipient", "recipient0 via", "date date", "place place"])
  })
})

describe("letterOf", () => {
  it.each([
    ["q1", "a"],
    ["q26", "z"],
    ["q27", "aa"],
    ["q53", "ba"],
  ])("writes %s as %s", (key, letter) => expect(letterOf(key)).toBe(letter))
})
