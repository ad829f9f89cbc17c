import {describe, expect, it} from "vitest"
import {bandsOf, copied} from "../../src/7-gather/index.ts"
import {tollsOf} from "../../src/7-gather/tolls.ts"
import {actor, event} from "../9-export/rows.ts"
import {gatherAll} from "./gathered.ts"
import {agreement, labelled} from "./labelled.ts"

const rows = labelled()
const written = ({pairs, cubed}: ReturnType<typeof agreement>) =>
  `pairs P ${pairs.precision.toFixed(3)} R ${pairs.recall.toFixed(3)} F1 ${pairs.f1.toFixed(3)}; B-cubed P ${cubed.precision.toFixed(3)} R ${cubed.recall.toFixed(3)} F1 ${cubed.f1.toFixed(3)}`

describe("gathering the labelled set", () => {
  it("has at least 150 pairs of one deed, and more of one type and affair that are two", () => {
    const pairs = rows.flatMap((a, i) => rows.slice(0, i).flatMap(b => (a.affair === b.affair && a.event.type === b.event.type ? [a.deed === b.deed] : [])))
    expect(pairs.filter(Boolean).length).toBeGreaterThanOrEqual(150)
    expect(pairs.filter(isOne => !isOne).length).toBeGreaterThanOrEqual(150)
  })

  it.each([
    ["tune", 0.85],
    ["held", 0.85],
  ] as const)("finds one deed in many reports: %s", (part, least) => {
    const own = rows.filter(row => row.part === part)
    const {deeds, stories} = gatherAll(own.map(({event}) => event))
    const scored = agreement(deeds, new Map(own.map(({event, deed}) => [event.id, deed])))
    const affairs = agreement(stories, new Map(own.map(({event, affair}) => [event.id, affair])))
    console.log(`events, ${part}: ${own.length} mentions: ${written(scored)}\nstories, ${part}: ${written(affairs)}`)
    expect(scored.pairs.f1).toBeGreaterThanOrEqual(least)
    expect(scored.pairs.precision).toBeGreaterThanOrEqual(0.95)
    expect(affairs.pairs.precision).toBeGreaterThanOrEqual(0.9)
  })

  it("hardly depends on the order of arrival", () => {
    const reports = [...new Set(rows.map(({event}) => event.report.id))]
    const inOrder = gatherAll(rows.map(({event}) => event))
    const scores = [1, 2, 3, 4, 5].map(seed => {
      const order = new Map(shuffled(reports, seed).map((id, at) => [id, at]))
      const {deeds, stories} = gatherAll([...rows].sort((a, b) => order.get(a.event.report.id)! - order.get(b.event.report.id)!).map(({event}) => event))
      return {deeds: agreement(deeds, inOrder.deeds).pairs.f1, stories: agreement(stories, inOrder.stories).pairs.f1}
    })
    const least = (of: "deeds" | "stories") => Math.min(...scores.map(score => score[of]))
    console.log(
      `five shuffles against the order of the set: pairs of events agree with F1 ${least("deeds").toFixed(3)} and more, of stories ${least("stories").toFixed(3)} and more`,
    )
    expect(least("deeds")).toBeGreaterThanOrEqual(0.95)
    expect(least("stories")).toBeGreaterThanOrEqual(0.95)
  })
})

/** In an order drawn from a seed. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  const rest = [...list]
  let state = seed
  return list.map(() => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return rest.splice(state % rest.length, 1)[0]!
  })
}

describe("reasons", () => {
  it("says why two tellings are one", () => {
    const {reasons} = gatherAll(rows.filter(({affair}) => affair === "schoolgirls").map(({event}) => event))
    expect(reasons.get("schoolgirls-1/1")).toEqual([])
    expect(reasons.get("schoolgirls-2/1")).toEqual(expect.arrayContaining(["on the same day, 2014-04-14", "in Tarwa", "the same count, 200"]))
  })

  it("obeys what was ruled by hand", () => {
    const own = rows.filter(({affair}) => affair === "two towns").map(({event}) => event)
    const {deeds} = gatherAll(own, {together: [["two-towns-4/1", 1]], apart: [["two-towns-2/1", 1]], setApart: [2]})
    expect(deeds.get("two-towns-4/1")).toBe(deeds.get("two-towns-1/1"))
    expect(deeds.get("two-towns-2/1")).not.toBe(deeds.get("two-towns-1/1"))
  })
})

describe("a round-up", () => {
  const row = (id: string, country: string, name: string) => {
    const [report = ""] = id.split("/")
    const side = actor(name, {name, kind: "country", country, sector: null, code: country})
    const sentence = {...event().sentence, text: `${name} condemned the raid.`}
    return event({
      id,
      event: id,
      sentence,
      actors: [side],
      recipients: [],
      place: null,
      report: {...event().report, id: report, title: `The week in ${report}`},
    })
  }
  const [kenya, peru, fiji] = [row("one/1", "KEN", "Kenya"), row("two/1", "PER", "Peru"), row("three/1", "FJI", "Fiji")]
  const stories = (...rows: Parameters<typeof gatherAll>[0]) => new Set(gatherAll(rows).stories.values()).size

  it("of three things joins no affair and ties none together", () => {
    const week = [row("week/1", "KEN", "Kenya"), row("week/2", "PER", "Peru"), row("week/3", "FJI", "Fiji")]
    expect(stories(kenya, peru, fiji, ...week)).toBe(4)
    expect(stories(...week, kenya, peru, fiji)).toBe(4)
  })
  it("is no report of two things, which are one affair with it", () =>
    expect(stories(kenya, peru, row("both/1", "KEN", "Kenya"), row("both/2", "PER", "Peru"))).toBe(1))
})

describe("tolls", () => {
  const counts = (sentence: string, ...expected: [string, number][]) => expect(tollsOf(sentence).map(({of, count}) => [of[0], count])).toEqual(expected)
  it("of the dead", () => counts("A suicide bomber killed at least 9 worshippers on 12 January 2026.", ["dead", 9]))
  it("in words", () => counts("Twenty-three civilians died.", ["dead", 23]))
  it("of the arrested", () => counts("Fourteen protesters were detained by police.", ["held", 14]))
  it("of money, by what follows", () => counts("Germany pledged 150 million euros.", ["euro", 150e6]))
  it("are no days or years", () => counts("On 3 May 2026 the minister resigned after two years."))
})

describe("copies", () => {
  const text =
    "The ministry said on Monday that the ferry to the northern islands will stop at the old harbour again, after two winters in which it passed by and left the villages there without mail, bread and doctors for weeks on end."
  it("share bands and most of the text", () => {
    const edited = text.replace("on Monday ", "").replace("bread and doctors", "bread or doctors")
    const bands = new Set(bandsOf(text))
    expect(bandsOf(edited).filter(band => bands.has(band)).length).toBeGreaterThan(0)
    expect(copied(text, edited)).toBeGreaterThan(0.6)
    expect(copied(text, text)).toBe(1)
  })
  it("are not texts of like words in another order", () => expect(copied(text, text.split(" ").reverse().join(" "))).toBeUndefined())
  it("are not told of a text of a few words", () => expect(bandsOf("Four words stand here")).toEqual([]))
})
