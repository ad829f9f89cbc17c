import {describe, expect, it} from "vitest"
import {refer} from "../../src/5-resolve/coreference.ts"
import {speakersOf} from "../../src/5-resolve/speaker.ts"
import {naming, type Story, story} from "./story.ts"

/** Mentions of one label must be one entity, and those of two labels two; `~` is left out of the comparison. */
function links(...sentences: string[]) {
  const told = story(sentences)
  const {entities} = refer(told.report, told.marks, speakersOf(told.marks), naming)
  expect(grouped(told, entities)).toEqual(grouped(told, told.labels))
  return told
}

function grouped({marks, labels, wordsOf}: Story, groups: readonly (string | number)[]): string[] {
  const byGroup = new Map<string | number, string[]>()
  for (const [at, mark] of marks.mentions.entries()) {
    if (mark.kind !== "actor" || labels[at] === "~") continue
    const group = groups[at] ?? ""
    byGroup.set(group, [...(byGroup.get(group) ?? []), `${wordsOf(mark)}@${mark.start}`])
  }
  return [...byGroup.values()].map(group => group.join(" = ")).sort()
}

/** The codes of the mention with these words. */
function codes(words: string, ...sentences: string[]): string[] {
  const told = story(sentences)
  const {identities} = refer(told.report, told.marks, speakersOf(told.marks), naming)
  const at = told.marks.mentions.findLastIndex(mark => told.wordsOf(mark) === words)
  return (identities[at] ?? []).map(({code, name, basis}) => `${name} ${code} ${basis}`)
}

describe("names", () => {
  it("take a last name back to the full one", () => links("[Foreign Minister Li Wen|1] met [Ana Ruiz|2].", "[Ruiz|2] thanked [Li|1]."))
  it("take a courtesy title back", () => links("[Ignacio Baeza|1] spoke.", "[Mr. Baeza|1] left."))
  it("take an office and last name back", () => links("[Secretary of State Maria Novak|1] arrived.", "[Secretary Novak|1] spoke."))
  it("are found after the country of an office", () => links("[President of Brazil Davi Rocha|1] spoke.", "[Rocha|1] left."))
  it("are found after a party", () => links("[Unity Party of Brazil nominee Davi Rocha|1] spoke.", "[Rocha|1] left."))
  it("are found before an apposition inside the mention", () => links("[Salif Barry, editor of the weekly|1], was held.", "[Barry|1] was freed."))
  it("of two people stay two", () => links("[Ana Ruiz|1] met [Carlos Vega|2]."))
  it("of two relatives stay two", () => links("[Ana Ruiz|1] and [Jorge Ruiz|2] fled."))
  it("differ by gender", () => links("[Mr. Vega|1] spoke.", "[Mrs. Vega|2] left."))
  it("take initials back", () => links("The [African Mining Union|1] struck.", "The [AMU|1] marched."))
  it("take initials in brackets back", () => links("The [Wales Care Services|1] ([WSS|1]) closed."))
  it("take part of a name back", () => links("The [International Committee of the Red Lion|1] came.", "The [Red Lion|1] helped."))
  it("take a bare head back", () => links("The [Supreme Court|1] ruled.", "The [court|1] adjourned."))
  it("of a country, its capital and its side are one", () => links("[China|1] spoke.", "[Beijing|1] called on [Iran|2].", "The [Chinese side|1] agreed."))
  it("of countries stay apart", () => links("[China|1] and [Iran|2] met."))
  it("US is no pronoun", () => links("[We|~] met.", "[Peru|1] sued the [US|2]."))
})

describe("appositions", () => {
  it("join a name and an office", () => links("[Ana Ruiz|1], the [foreign minister|1], spoke."))
  it("join an office and a name", () => links("The [foreign minister|1], [Ana Ruiz|1], spoke."))
  it("join over a nested mention", () => links("The [ambassador to the [alliance|2]|1], [Ana Ruiz|1], spoke."))
  it("of the latter and the former go by order", () =>
    links("[Ana Ruiz|1] met [Wen Li|2] at the [latter|2]'s request.", "[Peru|3] sued [Chile|4].", "The [former|3] said so."))
  it("do not join a list of names", () => links("[Ana Ruiz|1], [Carlos Vega|2] and [Wen Li|3] spoke."))
  it("do not join a list of countries", () => links("[France|1], [Spain|2] and [Chile|3] agreed."))
})

describe("descriptions", () => {
  it("take an office back to its holder", () => links("[Foreign Minister Ana Ruiz|1] spoke.", "The [minister|1] left."))
  it("take a nationality and office back", () =>
    links("[Chilean Foreign Minister Ana Ruiz|1] met [Chinese Foreign Minister Li Wen|2].", "The [Chilean minister|1] thanked the [Chinese minister|2]."))
  it("tell two offices apart", () =>
    links("[Foreign Minister Ana Ruiz|1] met [Defence Minister Li Wen|2].", "The [foreign minister|1] spoke first.", "The [defence minister|2] followed."))
  it("know that leaders are presidents", () => links("[President Ana Ruiz|1] spoke.", "The [leader|1] left."))
  it("are new after a", () => links("[Senator Ana Ruiz|1] spoke.", "A [senator|2] left."))
  it("are new for another country", () => links("[Chilean President Ana Ruiz|1] spoke.", "The [Peruvian president|2] left."))
  it("are new with an office of another country", () => links("[Chilean President Ana Ruiz|1] spoke.", "The [president of Peru|2] left."))
  it("take a group back", () => links("[Kenyan soldiers|1] fired.", "The [soldiers|1] withdrew."))
  it("take a company back", () => links("[Altamira Bank|1] failed.", "The [company|1] closed."))
  it("take the country of a person back", () => links("[Chile|1] voted.", "[Chilean President Ana Ruiz|2] said her [country|1] was ready."))
  it("take a counterpart to the other person", () => links("[Ana Ruiz|1] met [Li Wen|2].", "[Ruiz|1] thanked her [counterpart|2]."))
  it("take a counterpart by nationality", () =>
    links("[Chilean Foreign Minister Ana Ruiz|1] spoke.", "[Chinese Foreign Minister Li Wen|2] called his [Chilean counterpart|1]."))
  it("do not take a possession for what was told before", () => links("The [Energy Ministry|1] objected.", "[Dockers|2] struck.", "Their [union|3] spoke."))
})

describe("pronouns", () => {
  it("he is a person", () => links("[Peru|1] freed [Carlos Vega|2].", "[He|2] thanked [Peru|1]."))
  it("it is a country", () => links("[Carlos Vega|2] left [Peru|1] out.", "[It|1] protested."))
  it("she is not Mr.", () => links("[Ana Ruiz|1] met [Mr. Vega|2].", "[She|1] left."))
  it("does nothing to itself", () => links("[Ana Ruiz|1] <met|CONSULT 1>2> [Carlos Vega|2].", "[Ruiz|1] <thanked|SUPPORT 1>2> [him|2]."))
  it("they are many", () => links("[Ana Ruiz|1] met [protesters|2].", "[They|2] left."))
  it("I is the speaker", () => links("[Ana Ruiz|1] met [Li Wen|2].", "{[I|2] am pleased|2}, said [Li|2]."))
  it("I is the speaker who is named before", () => links("[Li Wen|2] said: {[I|2] met [Ana Ruiz|1]|2}."))
  it("we is the speaker's country where the report names it", () => links("[Chile|1] voted.", "{[We|1] are ready|2}, said [Chilean President Ana Ruiz|2]."))
  it("we is the speaking ministry", () => links("The [ministry|1] said: {[We|1] object|1}."))
  it("I is who speaks with the next quote", () => links("{[I|1] object|}.", "{It is over|1}, said [Ana Ruiz|1]."))
  it("we keeps the speaker of a quote that runs on", () => links("The [ministry|1] said: {It is over|1}.", "{[We|1] object|}."))
  it("he in a quote is not its speaker", () => links("[Carlos Vega|1] met [Li Wen|2].", '[Vega|1] said: "{[He|2] lies|1}."'))
})

describe("we", () => {
  const told = (publisher: string) => {
    const {report, marks} = story(["[We|1] welcome the step.", "[We|1] thank [Peru|2]."], {publisher})
    const {identities, entities} = refer(report, marks, speakersOf(marks), naming)
    return [identities[0]?.[0]?.code, entities[0] === entities[1]]
  }
  it("is the government that published the statement", () => expect(told("Norwegian ministry of defence")).toEqual(["NORGOV", true]))
  it("is nobody known in a newspaper", () => expect(told("The Daily Bugle")).toEqual([null, true]))
})

describe("both sides", () => {
  it("are the two countries", () =>
    expect(codes("Both sides", "[China|1] and [Venezuela|2] met.", "[Both sides|3] agreed.")).toEqual(["China CHN resolved", "Venezuela VEN resolved"]))
  it("are the countries of two persons", () =>
    expect(codes("two countries", "[Chinese President Li Wen|1] met [Chilean President Ana Ruiz|2].", "The [two countries|3] are partners.")).toEqual([
      "China CHN resolved",
      "Chile CHL resolved",
    ]))
  it("are two persons where persons are meant", () =>
    expect(codes("two leaders", "[Chinese President Li Wen|1] met [Chilean President Ana Ruiz|2] in [Peru|3].", "The [two leaders|4] spoke.")).toEqual([
      "Li Wen CHNGOV resolved",
      "Ana Ruiz CHLGOV resolved",
    ]))
  it("are the bodies of two persons of one country", () => {
    const told = story([
      "The [Chilean interior ministry|1] spoke.",
      "The [Chilean miners' union|2] struck.",
      "[Chilean unionist Wen Li|3] <met|CONSULT 3>4> [Chilean Interior Minister Ana Ruiz|4].",
      "[Both sides|5] agreed.",
    ])
    const {identities} = refer(told.report, told.marks, speakersOf(told.marks), naming)
    expect((identities[4] ?? []).map(({name}) => name)).toEqual(["Chilean miners' union", "Chilean interior ministry"])
  })
  it("stay one entity through the report", () =>
    links("[China|1] and [Venezuela|2] met.", "[Both sides|3] agreed.", "The [two countries|3] are partners.", "[Both|3] hope so."))
  it("are not two of many", () => expect(codes("two ministers", "[China|1] and [Venezuela|2] met.", "Only [two ministers|3] came.").length).toBe(1))
  const quarrel = ["[China|1] sued [Venezuela|2].", "[Venezuela|2] sued [China|1].", "It rained."]
  it("are the two countries told of most, not who urges them", () =>
    expect(codes("two partners", ...quarrel, "[Chile|3] <urged|REQUEST 3>4> the [two partners|4] to talk.")).toEqual([
      "China CHN resolved",
      "Venezuela VEN resolved",
    ]))
  it("are the two of the sentence where it names two", () =>
    expect(codes("two countries", ...quarrel, "[Chile|3] and [Peru|4] met, and the [two countries|5] agreed.")).toEqual([
      "Chile CHL resolved",
      "Peru PER resolved",
    ]))
  it("are each side", () => expect(codes("Each side", ...quarrel, "[Each side|3] shot.").length).toBe(2))
  it("the other side is not the one of its event", () =>
    expect(codes("other side", ...quarrel, "[China|1] <accused|ACCUSE 1>3> the [other side|3].")).toEqual(["other side VEN resolved"]))
  it("the other side is unknown where three are told of alike", () =>
    expect(codes("other side", ...quarrel, "[Chile|3] met [Chile|3].", "[China|1] <accused|ACCUSE 1>4> the [other side|4].")).toEqual([
      "other side null resolved",
    ]))
  it("are unknown where nobody was named", () => expect(codes("Both sides", "[Both sides|3] agreed.").length).toBe(1))
  it("are split where a mention names two", () =>
    expect(codes("ministers of France and Spain", "The [ministers of France and Spain|1] met.").map(code => code.split(" ").at(-2))).toEqual([
      "FRAGOV",
      "ESPGOV",
    ]))
})

describe("what the report says of somebody", () => {
  it("holds wherever they are named", () =>
    expect(codes("Vega", "[Li Wen|1] called his [Venezuelan counterpart Carlos Vega|2].", "[Vega|2] agreed.")).toEqual(["Carlos Vega VEN resolved"]))
  it("gives a counterpart the other's office", () =>
    expect(codes("Vega", "[Chilean President Ana Ruiz|1] called her [Venezuelan counterpart Carlos Vega|2].", "[Vega|2] agreed.")).toEqual([
      "Carlos Vega VENGOV resolved",
    ]))
  it("holds for pronouns", () => expect(codes("She", "[Chilean President Ana Ruiz|1] spoke.", "[She|1] left.")).toEqual(["Ana Ruiz CHLGOV resolved"]))
  it("is stated in its own words", () => expect(codes("Chilean minister", "The [Chilean minister|1] spoke.")).toEqual(["Chilean minister CHLGOV stated"]))
  it("gives an owner's country", () =>
    expect(codes("government", "[Chilean President Ana Ruiz|1] spoke to [Peru|2].", "Her [government|3] agreed.")).toEqual(["government CHLGOV resolved"]))
  it("gives no owner's country to who may be of another", () =>
    expect(codes("guest", "[Chilean President Ana Ruiz|1] spoke.", "Her [guest|3] agreed.")).toEqual(["guest null resolved"]))
  it("gives who holds the same office by another name the other country", () =>
    expect(
      codes(
        "Foreign Minister Li Wen",
        "[Chile|1] sued [China|2].",
        "[China|2] sued [Chile|1].",
        "[Chilean Foreign Minister Ana Ruiz|3] spoke.",
        "[Foreign Minister Li Wen|4] left.",
      ),
    ).toEqual(["Li Wen CHNGOV resolved"]))
  it("stays unknown where it says nothing", () => expect(codes("official", "The [official|1] spoke.")).toEqual(["official null resolved"]))
})

it("takes time in line with the report's length", () => {
  const part = ["[Chilean President Ana Ruiz|1] met [Li Wen|2].", "[She|1] thanked [him|2].", "The [minister|3] and the [rebels|4] agreed with [both sides|5]."]
  const time = (count: number) => {
    const told = story(Array.from({length: count}, () => part).flat())
    const from = process.cpuUsage()
    refer(told.report, told.marks, speakersOf(told.marks), naming)
    return process.cpuUsage(from).user
  }
  time(300)
  expect(time(3000) / Math.max(time(300), 1000)).toBeLessThan(40)
})
