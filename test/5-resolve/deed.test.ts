import {describe, expect, it} from "vitest"
import {openKnowledge, resolve} from "../../src/5-resolve/index.ts"
import {story} from "./story.ts"

const knowledge = openKnowledge(new URL("../../knowledge", import.meta.url).pathname)

/** The codes of a label's mentions, each once. */
function codesOf(label: string, ...marked: string[]): string[] {
  const {report, sentences, marks: told, labels} = story(marked)
  const isHere = ({mention}: {mention: number}) => mention >= 0
  const triggers = told.triggers.map(one => ({...one, actors: one.actors.filter(isHere), recipients: one.recipients.filter(isHere)}))
  const {identities} = resolve(report, sentences, {...told, triggers}, knowledge)
  return [...new Set(labels.flatMap((one, at) => (one === label ? identities[at]!.map(({code}) => code ?? "-") : [])))]
}

describe("what people do and suffer", () => {
  it("makes whoever protests a protester", () => expect(codesOf("1", "[Thousands of people|1] <marched|PROTEST 1>> in [Kenya|place].")).toEqual(["KENPRO"]))
  it("leaves those who are struck civilians", () =>
    expect(codesOf("1", "[Nairobi police|2] <shot|ASSAULT 2>1> [two people|1] in [Kenya|place].")).toEqual(["KENCVL"]))
  it("counts others among those told of beside them", () =>
    expect(codesOf("2", "Gunmen <killed|ASSAULT >1+2> [three Kenyan soldiers|1] and [four others|2] in [Kenya|place].")).toEqual(["KENMIL"]))
  it("takes a bare number for civilians", () => expect(codesOf("1", "A bomb in [Kenya|place] <killed|ASSAULT >1> [at least 20|1].")).toEqual(["KENCVL"]))
  it("makes a man who kills a criminal", () =>
    expect(codesOf("1", "[Carl Amsel|1] <killed|ASSAULT 1>2> [two people|2] in [Norway|place].")).toEqual(["NORCRM"]))
  it("does not make those whom a country strikes its own", () =>
    expect(codesOf("2", "[Norway|1] launched <strikes|ASSAULT 1>2>, killing [eight people|2].")).toEqual(["CVL"]))
})

describe("an office", () => {
  it("is told after a name", () => expect(codesOf("1", "[Nelida Teich|1] <resigns|RETREAT 1>> as Brazil's minister of health.")).toEqual(["BRAGOV"]))
  it("is shared by two names", () =>
    expect(codesOf("2", "Kenyan [senators Ana Mwai|1] and [Juma Odera|2] <criticised|ACCUSE 1+2>3> the [government|3].")).toEqual(["KENLEG"]))
  it("is a union's after its possessive", () =>
    expect(codesOf("1", "The [union|2] spoke in [Kenya|3].", "The union's [general secretary Mike Brannan|1] left.")).toEqual(["KENLAB"]))
  it("is no company's for a last name", () =>
    expect(codesOf("1", "[Deputy Prime Minister Ilir Meta|1] <resigned|RETREAT 1>> in Tirana, [Albania|place].")).toEqual(["ALBGOV"]))
})

describe("two who met", () => {
  const met = "[Kenyan President Juma Odera|1] <met|CONSULT 1>2> [Ugandan President Ana Okot|2]."
  it("are they", () => expect(codesOf("3", met, "[They|3] <discussed|CONSULT 3>> trade.")).toEqual(["KENGOV", "UGAGOV"]))
  it("are both heads of state", () => expect(codesOf("3", met, "[Both heads of state|3] <signed|AGREE 3>> a pact.")).toEqual(["KENGOV", "UGAGOV"]))
})

it("knows suspected members of a group for the group's", () =>
  expect(codesOf("1", "[Seven suspected members of Boko Haram|1] were <held|COERCE >1> in [Nigeria|place].")).toEqual(["NGAREB"]))
