import {describe, expect, it} from "vitest"
import type {Imported, Problem} from "../../src/0-records/index.ts"
import {type Importable, type Line, readDataset, sniffDataset} from "../../src/9-export/index.ts"
import {actor, event} from "./rows.ts"
import {written} from "./written.ts"

const kenya = actor("she", {name: "Kenya", country: "KEN", code: "KEN"})
const minister = actor("she", {name: "Grace Wafula", kind: "person", country: "ROU", sector: "GOV", code: "ROUGOV"})
const row = event({actors: [kenya], recipients: [minister]})

async function read(text: string, dataset: Importable): Promise<(Imported | Problem | null)[]> {
  async function* lines(): AsyncGenerator<Line> {
    for (const [at, line] of text.trimEnd().split("\n").entries()) yield {text: line, place: {input: "x", line: at + 1}}
  }
  const found: (Imported | Problem | null)[] = []
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
    expect(found.map(one => (one === null ? null : "code" in one ? [one.code, one.place.line] : one.type))).toEqual([
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
    await expect(read("Event ID\tCAMEO Code\n", "icews")).rejects.toMatchObject({code: "column-missing"})
    expect(sniffDataset("a\tb")).toBeUndefined()
  })
})
