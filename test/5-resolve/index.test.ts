import {expect, it} from "vitest"
import {openKnowledge, resolve} from "../../src/5-resolve/index.ts"
import {story} from "./story.ts"

const knowledge = openKnowledge(new URL("../../knowledge", import.meta.url).pathname)

const report = [
  "[Norwegian Foreign Minister Kari Solberg|1] <met|CONSULT 1>2> [Kenyan counterpart Peter Otieno|2] in [Mombasa|place] on [Tuesday|time].",
  "[Otieno|2] <thanked|SUPPORT 2>3> [Norway|3] and will <visit|CONSULT 2>> [Oslo|place] [next week|time].",
  "[Norway|3] had <closed|SANCTION 3>> its ports [since 2023|time].",
  "[Kenya|4] <rejected|REJECT 4>> the ban.",
]

it("answers for every mark of a report", () => {
  const {report: told, sentences, marks, labels} = story(report)
  const resolved = resolve(told, sentences, marks, knowledge)
  const at = (label: string, which = 0) => labels.flatMap((one, index) => (one === label ? [index] : []))[which] ?? -1
  expect(resolved.identities.map(list => list.length)).toEqual(labels.map(label => (label === "time" || label === "place" ? 0 : 1)))
  expect(resolved.identities[at("1")]?.[0]).toMatchObject({name: "Kari Solberg", country: "NOR", sector: "GOV", code: "NORGOV"})
  expect(resolved.identities[at("2", 1)]?.[0]).toMatchObject({name: "Peter Otieno", country: "KEN", basis: "resolved"})
  expect(resolved.days.flatMap(found => (found ? [found.days] : []))).toEqual([
    {from: "2025-12-16", to: "2025-12-16"},
    {from: "2025-12-22", to: "2025-12-28"},
    {from: "2023-01-01", to: "2025-12-18"},
  ])
  expect(resolved.places.flatMap(place => (place ? [`${place.name} ${place.level}`] : []))).toEqual(["Mombasa city", "Oslo city"])
  expect(resolved.borrowed).toEqual([expect.objectContaining({role: "recipient", mention: at("3", 1)})])
})

/** The codes of the mentions with a label. */
function codesOf(label: string, ...sentences: string[]): (string | null | undefined)[] {
  const {report: told, sentences: spans, marks, labels} = story(sentences)
  const {identities} = resolve(told, spans, marks, knowledge)
  return labels.flatMap((one, index) => (one === label ? [identities[index]?.[0]?.code] : []))
}

it("gives everybody the country of a report that tells of one only, and all others that of its chief one", () => {
  const kenya = ["[Kenya|1] spoke.", "[Kenya|1] left.", "The [villagers|2], the [police|3] and the [rebels|4] came."]
  expect([codesOf("2", ...kenya), codesOf("3", ...kenya), codesOf("4", ...kenya)]).toEqual([["KENCVL"], ["KENCOP"], ["KENREB"]])
  const chief = [...kenya, "[Kenya|1] left.", "[Kenya|1] left.", "[Norway|5] came."]
  expect([codesOf("2", ...chief), codesOf("4", ...chief)]).toEqual([["KENCVL"], ["KENREB"]])
  const two = ["[Kenya|1] met [Norway|5].", "[Peru|3] met [Chile|6].", "The [villagers|2] came."]
  expect(codesOf("2", ...two)).toEqual(["CVL"])
})

it("gives a body whose name many countries' bodies bear the country that the tables know only where the report tells of it", () => {
  const party = "The [Workers' Party|2] <thanked|SUPPORT 2>1> [Kenya|1]."
  expect(codesOf("2", "[Kenya|1] spoke.", party)).toEqual(["KENPTY"])
  expect(codesOf("2", "[Kenya|1] met [Brazil|3].", party)).toEqual(["BRAPTY"])
})

it("gives a named minister the side told of before her in her sentence", () => {
  const war = ["[Kenya|1] sued [Uganda|2].", "[Uganda|2] sued [Kenya|1].", "[Kenya|1] met [Uganda|2]."]
  expect(codesOf("3", ...war, "[Kenya|1] would fight, [Defence Minister Grace Wanjiru|3] warned.", "[Wanjiru|3] left.")).toEqual(["KENGOV", "KENGOV"])
})

it("gives days of an undated report only where they are absolute", () => {
  const {
    report: told,
    sentences,
    marks,
  } = story(["[Kenya|1] <met|CONSULT 1>> on [Tuesday|time].", "[Kenya|1] <met|CONSULT 1>> on [3 May 2019|time]."], {published: null})
  expect(resolve(told, sentences, marks, knowledge).days.flatMap(found => (found ? [found.days.from] : []))).toEqual(["2019-05-03"])
})

it("gives the same answer twice", () => {
  const {report: told, sentences, marks} = story(report)
  expect(resolve(told, sentences, marks, knowledge)).toEqual(resolve(told, sentences, marks, knowledge))
})

it("answers for a report without marks", () => {
  const {report: told, sentences, marks} = story(["Nothing happened."])
  expect(resolve(told, sentences, marks, knowledge)).toEqual({identities: [], entities: [], days: [], places: [], speakers: [], borrowed: []})
})

it("takes less than half a millisecond of processor time a sentence, however long the report", () => {
  const time = (times: number) => {
    const {report: told, sentences, marks} = story(Array.from({length: times}, () => report).flat())
    const from = process.cpuUsage()
    resolve(told, sentences, marks, knowledge)
    return process.cpuUsage(from).user / 1000 / sentences.length
  }
  time(50)
  expect(time(2500)).toBeLessThan(0.5)
})
