import {spawnSync} from "node:child_process"
import {writeFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import type {Mention} from "../../src/0-records/index.ts"
import {annotate, readGold} from "../../src/10-score/index.ts"
import {scratch} from "../8-store/coded.ts"
import {actor, event, quote, text, words} from "../9-export/rows.ts"

const sentences = [
  {start: 0, end: 72},
  {start: 73, end: text.length},
]
const mention = (part: string, kind: Mention["kind"] = "actor"): Mention => ({...words(part), kind})
const document = (fields = {}) =>
  annotate(
    {
      report: event().report,
      text,
      sentences,
      events: [event()],
      quotes: [quote()],
      mentions: [mention("We"), mention("Ada Berg"), mention("Lunden", "place")],
      ...fields,
    },
    () => undefined,
    "CC0-1.0",
  )

describe("annotate", () => {
  it("writes a reviewed report in the form of corpus/GUIDE.md", () => {
    expect(document()).toEqual({
      id: "r1",
      title: "Norland, Sudmark trade charges",
      date: "2026-03-12",
      source: "https://example.org/1",
      license: "CC0-1.0",
      entities: [
        {id: "E1", name: "Ada Berg", kind: "person", country: "NOR", sector: "GOV"},
        {id: "E2", name: "Sudmark", kind: "country", country: "SUD", sector: null},
        {id: "E3", name: "We", kind: "other", country: null, sector: null},
      ],
      sentences: [
        {
          text: text.slice(0, 72),
          m: [
            ["a", "Norland’s foreign minister Ada Berg", "E1"],
            ["b", "Monday", null],
            ["c", "Sudmark", "E2"],
          ],
          e: [
            {
              type: "ACCUSE",
              mode: "allege",
              trig: "accused",
              act: ["a"],
              rec: ["c"],
              status: "actual",
              date: "Monday",
              place: [],
              ctx: ["diplomatic", "intelligence"],
            },
          ],
          q: [],
        },
        {
          text: text.slice(73),
          m: [
            ["a", "We", "E3"],
            ["b", "she", "E1"],
            ["c", "Lunden", null],
          ],
          e: [],
          q: [{kind: "direct", cue: "said", speaker: "b", content: "We will not be silent,"}],
        },
      ],
    })
  })

  it("takes a side of another sentence by the words that lead there", () => {
    const far = {...actor("Ada Berg"), ...words("she"), via: words("spying")}
    expect(document({events: [event({recipients: [far]})]}).sentences[0]).toMatchObject({
      m: expect.arrayContaining([["c", "spying", expect.any(String)]]),
      e: [{rec: ["c"]}],
    })
    expect(document({events: [event({recipients: [{...far, via: null}]})]}).sentences[0]?.e[0]?.rec).toEqual([])
  })

  it("counts which of the same words is meant", () => {
    const twice = "Norland met Sudmark. Norland left Norland."
    const at = (start: number) => ({text: "Norland", start, end: start + 7})
    const told = event({
      ...{actors: [{...actor("Sudmark"), ...at(21)}], recipients: [{...actor("Sudmark"), ...at(34)}], date: null, place: null},
      trigger: {text: "left", start: 29, end: 33},
    })
    const ends = [
      {start: 0, end: 20},
      {start: 21, end: 42},
    ]
    expect(document({text: twice, sentences: ends, events: [told], quotes: [], mentions: []}).sentences[1]?.m.map(([, written]) => written)).toEqual([
      "Norland",
      "Norland#2",
    ])
  })

  it("makes one mention of both sides", () => {
    const both = [actor("Sudmark", {name: "China"}), actor("Sudmark", {name: "France"})]
    const {sentences: found, entities} = document({events: [event({actors: both, recipients: []})]})
    expect(found[0]?.e[0]?.act).toEqual(["b"].map(() => found[0]!.m.find(([, written]) => written === "Sudmark")![0]))
    expect(entities.find(({name}) => name === "Sudmark")).toMatchObject({kind: "group"})
  })

  it("is read by the scorer, and has no fault for corpus/check.py where Python is", () => {
    const gold = readGold(document() as unknown as Record<string, unknown>, {})
    expect(gold.sentences.map(({events, quotes}) => [events.length, quotes.length])).toEqual([
      [1, 0],
      [0, 1],
    ])
    const path = join(scratch(), "reviewed.jsonl")
    writeFileSync(path, `${JSON.stringify(document())}\n`)
    const {error, stdout, status} = spawnSync("python3", ["corpus/check.py", path], {encoding: "utf8"})
    if (!error) expect([status, stdout]).toEqual([0, expect.stringContaining("0 faults")])
  })
})
