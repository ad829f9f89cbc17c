import {describe, expect, it} from "vitest"
import type {Imported, ImportedMention, Problem} from "../../src/0-records/index.ts"
import {type Importable, type Line, readDataset, sniffDataset} from "../../src/9-export/index.ts"
import {actor, event} from "./rows.ts"
import {written} from "./written.ts"

const kenya = actor("she", {name: "Kenya", country: "KEN", code: "KEN"})
const minister = actor("she", {name: "Grace Wafula", kind: "person", country: "ROU", sector: "GOV", code: "ROUGOV"})
const row = event({actors: [kenya], recipients: [minister]})

async function read(text: string, dataset: Importable): Promise<(Imported | ImportedMention | Problem | null)[]> {
  async function* lines(): AsyncGenerator<Line> {
    for (const [at, line] of text.trimEnd().split("\n").entries()) yield {text: line, place: {input: "x", line: at + 1}}
  }
  const found: (Imported | ImportedMention | Problem | null)[] = []
  for await (const one of readDataset(lines(), dataset)) found.push(one)
  return found
}

describe("rows of other data sets", () => {
  it.each([
    ["gdelt", "gdelt"],
    ["gdelt1", "gdelt"],
    ["icews", "icews"],
  ] as const)("come back from %s as they were written", async (layout, dataset) => {
    const text = (await written(layout, [row])).toString()
    expect(sniffDataset(text.split("\n")[0]!)).toBe(dataset)
    const [found] = (await read(text, dataset)) as [Imported]
    expect(found).toMatchObject({
      type: "ACCUSE",
      status: "actual",
      quad: 3,
      cameo: "112",
      date: {from: "2026-03-09", to: "2026-03-09"},
      place: {country: "NOR", lat: 60.5, lon: 9.25, level: "city"},
      confidence: 0,
      sentence: {text: ""},
    })
    expect(found.actors.map(({country, sector, code}) => [country, sector, code])).toEqual([["KEN", null, "KEN"]])
    expect(found.recipients.map(({country, sector, code}) => [country, sector, code])).toEqual([["ROU", "GOV", "ROUGOV"]])
    expect(found.id).toMatch(new RegExp(`^${dataset}/\\d+`))
    expect(found.report.publisher).toBe(dataset === "icews" ? "The Example" : "example.org")
  })

  it("are a problem each where they cannot be read, with the line, and the others go on", async () => {
    const good = (await written("gdelt", [row])).toString().trimEnd()
    const cells = good.split("\t")
    const changed = (at: number, value: string) => cells.with(at, value).join("\t")
    const found = await read([good, "1\t2\t3", changed(1, "20261399"), changed(26, "999"), changed(29, "7"), changed(26, "010"), good].join("\n"), "gdelt")
    expect(found.map(one => (one === null ? null : "code" in one ? [one.code, one.place.line] : (one as Imported).type))).toEqual([
      "ACCUSE",
      ["row-unreadable", 2],
      ["row-unreadable", 3],
      ["row-unreadable", 4],
      ["row-unreadable", 5],
      null,
      "ACCUSE",
    ])
  })

  it("reads ICEWS's days of 2017 and its missing values, and wants its columns", async () => {
    const [header, line] = (await written("icews", [row])).toString().trimEnd().split("\n")
    const cells = line!.split("\t").with(1, "3/9/2017").with(14, "NA").with(16, "NA").with(17, "NA")
    expect(await read(`${header}\n${cells.join("\t")}`, "icews")).toMatchObject([{date: {from: "2017-03-09"}, place: null}])
    expect(sniffDataset("Event ID\tEvent Date")).toBeUndefined()
    await expect(read("Event ID\tCAMEO Code\n", "icews")).rejects.toMatchObject({code: "column-missing"})
    expect(sniffDataset("a\tb")).toBeUndefined()
  })

  it("come back from POLECAT as they were written, each side in its place", async () => {
    const doctors = actor("she", {name: "doctors", kind: "group", country: null, sector: "HLH", code: "HLH"})
    const text = (await written("polecat", [event({actors: [kenya, doctors], recipients: [minister]})])).toString()
    expect(sniffDataset(text.split("\n")[0]!)).toBe("polecat")
    const [found] = (await read(text, "polecat")) as [Imported]
    expect(found).toMatchObject({
      ...{type: "ACCUSE", mode: "allege", status: "actual", quad: 3, intensity: -3, cameo: "112", contexts: ["diplomatic", "intelligence"], confidence: 0},
      date: {from: "2026-03-09", to: "2026-03-09"},
      place: {name: "Lunden", country: "NOR", lat: 60.5, lon: 9.25, level: "city"},
      report: {publisher: "The Example", published: "2026-03-12"},
    })
    expect(found.actors.map(({name, country, sector}) => [name, country, sector])).toEqual([
      ["Kenya", "KEN", null],
      ["doctors", null, "HLH"],
    ])
    expect(found.recipients.map(({name, country, sector}) => [name, country, sector])).toEqual([["Grace Wafula", "ROU", "GOV"]])
    expect(found.id).toMatch(/^polecat\/20260309-0001-[0-9a-f]{12}_ACCUSE_allege$/)
  })

  it("reads POLECAT's gaps, its bare types and other names of its columns, and tells what it cannot read", async () => {
    const [header, line] = (await written("polecat", [row])).toString().trimEnd().split("\n")
    const names = header!.split("\t")
    const changed = (cells: Record<string, string>) =>
      line!
        .split("\t")
        .map((cell, at) => cells[names[at]!] ?? cell)
        .join("\t")
    const bare = changed({
      "Actor Name": "None",
      "Actor Name Raw": "gunmen",
      "Actor Country": "None",
      "Actor Sectors": "None",
      "Primary Actor Sector": "None",
      "Event Mode": "None",
    })
    const found = await read(
      [
        header!.replace("Intensity", "Event Intensity"),
        bare,
        changed({"Event Type": "DANCE"}),
        changed({"Quad Code": "MIXED"}),
        changed({"Event Date": "soon"}),
      ].join("\n"),
      "polecat",
    )
    expect(found[0]).toMatchObject({mode: null, cameo: "112", intensity: -3, actors: [{name: "gunmen", country: null, sector: null, code: null}]})
    expect(found.slice(1)).toMatchObject([2, 3, 4].map(at => ({code: "row-unreadable", place: {line: at + 1}})))
  })

  it("are mentions of GDELT's events, each with its report", async () => {
    const text = (await written("gdelt-mentions", [row])).toString()
    expect(sniffDataset(text.split("\n")[0]!)).toBe("gdelt-mentions")
    const [{id}] = (await read((await written("gdelt", [row])).toString(), "gdelt")) as [Imported]
    expect(await read(`${text}1\t2\t3`, "gdelt-mentions")).toEqual([
      {
        of: id,
        report: {id: "https://example.org/1", title: null, url: "https://example.org/1", publisher: "The Example", published: "2026-03-12"},
        index: 0,
        confidence: 0.9,
      },
      expect.objectContaining({code: "row-unreadable"}),
    ])
  })
})
