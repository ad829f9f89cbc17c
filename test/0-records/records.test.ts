import fc from "fast-check"
import {describe, expect, it} from "vitest"
import {addDays, codePoints, day, slice, unitOf, weekday} from "../../src/0-records/index.ts"

describe("span", () => {
  it("counts code points, as Python and R do", () => {
    const text = "😀 China 🇨🇳 condemned"
    const at = text.indexOf("China")
    const point = codePoints(text)
    expect([at, point(at)]).toEqual([3, 2])
    expect(slice(text, point(at), point(at + 5))).toBe("China")
  })

  it("leads back and forth between units and points for any text", () => {
    fc.assert(
      fc.property(fc.string({unit: "binary"}), text => {
        const point = codePoints(text)
        let unit = 0
        for (const [i, letter] of Array.from(text).entries()) {
          expect(point(unit)).toBe(i)
          expect(unitOf(text, i)).toBe(unit)
          unit += letter.length
        }
        expect(point(text.length)).toBe(Array.from(text).length)
      }),
    )
  })
})

describe("day", () => {
  it("takes the day that is printed, whatever the zone", () => expect(day("2025-12-18T23:30:00-08:00")).toBe("2025-12-18"))
  it("refuses a day that no calendar has", () => expect(() => day("2025-02-30")).toThrowError('Cannot read "2025-02-30" as a day: expected YYYY-MM-DD'))
  it("refuses the days by which programs say none", () => {
    for (const none of ["0000-01-01", "0001-01-01T00:00:00", "9999-12-31"]) expect(() => day(none)).toThrowError("expected YYYY-MM-DD")
  })
  it("counts over months and leap years", () => expect([addDays("2024-03-01", -1), addDays("2023-12-31", 1)]).toEqual(["2024-02-29", "2024-01-01"]))
  it("knows the weekday", () => expect(weekday("2025-12-18")).toBe(4))
})
