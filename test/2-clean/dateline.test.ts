import assert from "node:assert/strict"
import {describe, it} from "vitest"
import {findDateline} from "../../src/2-clean/dateline.ts"

describe("findDateline", () => {
  /** The dateline stands between the start and "‖"; none where there is no "‖". */
  const finds = (marked: string) => {
    const [line, ...rest] = marked.split("‖")
    const text = marked.replace("‖", "")
    const found = findDateline(`${text}\n`)
    const expected = rest.length > 0 ? line?.trimEnd() : null
    assert.equal(found && text.slice(found.span.start, found.span.end), expected)
  }

  it("tells a date that has a year, and no other", () => {
    const date = (line: string) => findDateline(`${line} The two ministers met.\n`)?.date?.trim()
    const lines = ["WARSAW, March 3, 2026 (Baltic Agency) —", "SEOUL, 17 September 2019 (Yonhap) —", "SEOUL, 17 September (Yonhap) —"]
    assert.deepEqual(lines.map(date), [", March 3, 2026", ", 17 September 2019", undefined])
  })
  it("knows a place with date and agency", () => finds("SEOUL, 17 September (Yonhap) — ‖The two ministers met."))
  it("knows a place with an agency and a hyphen", () => finds("KYIV (Reuters) - ‖Ukraine said on Monday it would talk."))
  it("knows an American date", () => finds("BEIJING, Dec. 18 (Xinhua) -- ‖China protested."))
  it("knows a place in small letters with its country", () => finds("Baghdad, Iraq — ‖A bomb killed two."))
  it("knows a place in small letters with an agency", () => finds("Tehran (IRNA) – ‖The minister flew to Doha."))
  it("knows an agency alone", () => finds("(CNN) — ‖The Senate voted on Friday."))
  it("knows a place in capitals alone", () => finds("NEW DELHI: ‖India rejected the report."))
  it("knows two places", () => finds("BUENOS AIRES/NEW YORK, Sept 26 — ‖The fund agreed."))
  it("knows an agency in slashes", () => finds("MOSCOW, March 3. /TASS/. ‖Russia expelled two diplomats."))
  it("knows places with marks and particles", () => finds("N'DJAMENA, 3 May (Sahel Press) - ‖Chad agreed."))
  it("knows a place with a full stop", () => finds("ARGYLE, St. Vincent — ‖After ten hours the talks ended."))
  it("begins before a quotation", () => finds("MANAGUA — ‖“Our flag has room for one China,” he said."))

  it("leaves an aside alone", () => finds("Iran — Russia's closest ally — rejected the offer."))
  it("leaves an aside after a place and region alone", () => finds("Ankara, Turkey — NATO's second army — hesitated."))
  it("leaves an aside in small letters alone", () => finds("Iran — a signatory of the treaty — rejected it."))
  it("leaves a sentence with a dash alone", () => finds("The talks failed — Both sides blamed the other."))
  it("leaves a longer sentence with a dash alone", () => finds("President Biden said on Tuesday that he would veto it — He did."))
  it("leaves labels alone", () => finds("BREAKING: Police storm the parliament."))
  it("leaves a speaker's name alone", () => finds("Ruto: Kenya will not pay."))
  it("leaves a range of days alone", () => finds("From 2 – 4 June, I will visit Jakarta."))
  it("leaves a hyphenated word alone", () => finds("Anti-government protesters blocked the road."))
  it("leaves a text without one alone", () => finds("Kenya recalled its envoy."))
  it("leaves a transcript's speakers alone", () => {
    assert.equal(findDateline("SMITH: Good morning.\nJONES: Good morning to you.\n"), null)
  })
  it("tells the agency", () => assert.equal(findDateline("KYIV (Reuters) - Talks began.\n")?.agency, "Reuters"))
})
