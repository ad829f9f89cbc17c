import assert from "node:assert/strict"
import fc from "fast-check"
import {describe, it} from "vitest"
import type {Report} from "../../src/0-records/index.ts"
import {segment} from "../../src/3-segment/index.ts"
import {cpuMs} from "../2-clean/cpu.ts"

const report = (text: string): Report => ({id: "1", title: null, url: null, publisher: null, published: null, text, dateline: null, dropped: [], problems: []})

/** Sentences end at each "‖" and nowhere else. */
const cuts = (marked: string) => {
  const text = marked.replaceAll("‖ ", " ").replaceAll("‖", "")
  assert.deepEqual(
    segment(report(text)).map(({start, end}) => text.slice(start, end)),
    marked.split(/‖ ?|\n/).filter(part => part !== ""),
  )
}

describe("segment", () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    "ends sentences": ["Mali freed ten men.‖ Chad freed four.", "Who fired?‖ Nobody knows!‖ The army denied it."],
    "goes on after abbreviations that stand before names": [
      "Gen. Warsame met Sen. Cole and Rep. Diaz.‖ Gov. Hill did not.",
      "Mr. Odera, Mrs. Odera, Ms. Wambui and Dr. Kilonzo fled.",
      "Lt. Col. Belli led Brig. Gen. Costa to St. Vincent.",
      "The Brig.-Gen. Costa case went on.",
    ],
    "knows countries and bodies by their letters": [
      "The U.S. President met U.N. officials in the U.K. Parliament.",
      "He left the U.S.‖ The ministry said so.",
      "He spoke to the U.N.‖ But nobody listened.",
      "Sanctions by the E.U. Commission began.",
      "He flew to Washington, D.C.‖ On Monday he left.",
    ],
    "knows initials": ["J. R. Smith met John F. Kennedy and N. K. Singh.", "They chose plan B.‖ Then the tone changed.", "He met P. J. So in Seoul."],
    "knows numbers": [
      "Resolution No. 1701 and Art. 5 hold.‖ No. 3 fell.",
      "He said no.‖ Nobody asked.",
      "It cost $12.5 million and 3.4 percent.‖ 200 people died.",
      "On Sept. 3 and Jan. 4 he fled.",
      "The vote was 5.2 to 4.1.‖ It passed.",
      "Ten fell.‖ 11 troops were hurt.",
    ],
    "knows times of day": ["At 5 p.m. Tuesday they met.", "They met at 5 p.m.‖ The talks failed.", "At 7 a.m. EST it began.", "They left at 6 a.m. on Friday."],
    "knows companies": ["Gazflow Inc. said so.", "He owns Royal Holding Co. Inc. and Peak Ltd.‖ The state wants both."],
    "knows Latin": ["Kenya vs. Somalia goes on, e.g. at sea, i.e. off Lamu.", "Roe v. Wade fell."],
    "keeps the closing quote with its sentence": [
      "“We will go.”‖ He left.",
      '"We will go."‖ He left.',
      "He said: “We will go.”‖ “When?” she asked.‖ Nobody knew.",
      "“We will go.‖ We will win,” he said.",
      "'We will go.'‖ He left.",
      "(The army denied it.)‖ The talks went on.",
    ],
    "goes on after a question inside a sentence": ['"Why?" he asked.‖ "Stop!" cried the crowd.', "“Who pays?” reads the wall.", "Yahoo! said so."],
    "knows ellipses": ["He paused ... and went on.", "“We saw … smoke.”‖ He left.", "“It burned [...] It fell.”‖ He left."],
    "keeps numbers of lists": ["1. The army leaves.‖ 2. The rebels disarm.", "(a) The army leaves."],
    "never crosses a paragraph": ["Mali frees ten men\nChad freed four.", "He said:\n“Go.”"],
    "keeps the dateline in the first sentence": ["SEOUL, Sept. 17 (Yonhap) — The ministers met.‖ They agreed.", "KYIV (A.P.) - Talks began."],
    "ends before a name with al": ["Hafez fell in the strike.‖ al-Masri led the group."],
    "has nothing to say of white space": ["", "\n\n"],
  }
  for (const [name, marked] of Object.entries(cases)) {
    describe(name, () => {
      for (const one of marked) it(one, () => cuts(one))
    })
  }

  it("keeps a dateline with full stops in the first sentence", () => {
    const text = "MOSCOW, March 3. /TASS/. Russia expelled two diplomats. It named neither.\n"
    const dateline = {start: 0, end: 24}
    assert.deepEqual(
      segment({...report(text), dateline}).map(({start, end}) => text.slice(start, end)),
      ["MOSCOW, March 3. /TASS/. Russia expelled two diplomats.", "It named neither."],
    )
  })

  it("counts sentences and paragraphs from 0", () => {
    const found = segment(report("One fell. Two fled.\n\nThree stayed.\n"))
    assert.deepEqual(found, [
      {start: 0, end: 9, index: 0, paragraph: 0},
      {start: 10, end: 19, index: 1, paragraph: 0},
      {start: 21, end: 34, index: 2, paragraph: 1},
    ])
  })

  it("leaves out nothing but white space, whatever the text", () => {
    const piece = fc.constantFrom(
      "Mr. ",
      "U.S. ",
      "fell. ",
      "“",
      "”",
      '"',
      " (",
      ") ",
      "? ",
      "! ",
      "... ",
      "\n",
      " ",
      "12",
      "al-X",
      "J. ",
      "😀",
      "a",
      "A",
      ". ",
      "[...] ",
    )
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 40}), parts => {
        const text = parts.join("")
        let at = 0
        for (const {start, end} of segment(report(text))) {
          assert.match(text.slice(at, start), /^\s*$/)
          assert.match(text.slice(start, end), /^\S(?:[^\n]*\S)?$/)
          at = end
        }
        assert.match(text.slice(at), /^\s*$/)
      }),
      {numRuns: 500},
    )
  })

  it("cuts a long paragraph as it cuts its parts", () => {
    const sentences = Array.from({length: 2000}, (_, at) => `The U.S. envoy met Gen. Cole ${at} times in No. ${at} Hill St. on Monday.`)
    const text = sentences.join(" ")
    assert.deepEqual(
      segment(report(text)).map(({start, end}) => text.slice(start, end)),
      sentences,
    )
  })

  it("cuts what never ends at spaces, and letters never in half", () => {
    for (const unit of ["rain ", "😀"]) {
      const text = unit.repeat(3000).trim()
      const found = segment(report(text)).map(({start, end}) => text.slice(start, end))
      assert.ok(found.length > 1 && found.every(part => part.length <= 5000 && part.isWellFormed()))
      assert.equal(found.join(unit.endsWith(" ") ? " " : ""), text)
    }
  })

  it("takes time in proportion to the text", () => {
    for (const unit of ["U.S. ", "a ", ". ", "Mr. X fell. ", "[...] ", '" ', "1. ", "\n", "A. ", "! "]) {
      const took = cpuMs(() => segment(report(unit.repeat(300_000 / unit.length))))
      assert.ok(took < 1500, `${JSON.stringify(unit)} took ${Math.round(took)} ms`)
    }
  })
})
