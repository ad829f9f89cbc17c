import assert from "node:assert/strict"
import {describe, it} from "vitest"
import {CoderError} from "../../src/0-records/index.ts"
import {readDay} from "../../src/2-clean/published.ts"

describe("readDay", () => {
  const means = (written: string, day = "2019-09-17") => assert.equal(readDay(written), day)
  const meansNothing = (written: string) =>
    assert.throws(
      () => readDay(written),
      (error: unknown) => error instanceof CoderError && error.code === "day-unreadable",
    )

  it("reads ISO dates", () => means("2019-09-17"))
  it("reads ISO dates and times", () => means("2019-09-17T10:00:00Z"))
  it("shifts no zone", () => means("2019-09-17T23:50:00-11:00"))
  it("reads RFC 822", () => means("Tue, 17 Sep 2019 23:50:00 -0800"))
  it("reads a day written out", () => means("17 September 2019"))
  it("reads a day with its month first", () => means("September 17, 2019"))
  it("reads abbreviated months", () => means("Sept. 17, 2019, 4:05 p.m. ET"))
  it("reads ordinals", () => means("Tuesday, the 17th of September 2019"))
  it("reads a day within words", () => means("Published on 17 Sep 2019 at 10:30"))
  it("reads digits alone", () => means("20190917"))
  it("reads digits with a time", () => means("20190917T101500Z"))
  it("reads fourteen digits", () => means("20190917101500"))
  it("reads slashes, year first", () => means("2019/9/17 10:00"))
  it("reads slashes where only one reading is possible", () => means("17/09/2019"))
  it("reads American slashes where only one reading is possible", () => means("9/17/2019"))
  it("reads one-digit days", () => means("5 May 2020", "2020-05-05"))
  it("reads Unix times", () => means("1568714400"))
  it("reads Unix times in milliseconds", () => means("1568714400000"))
  it("guesses no month", () => meansNothing("05/06/2019"))
  it("takes no day that is none", () => meansNothing("31 February 2019"))
  it("takes no word for a month", () => meansNothing("12 People 2019"))
  it("takes no relative day", () => meansNothing("yesterday"))
  it("takes no bare year", () => meansNothing("2019"))
})
