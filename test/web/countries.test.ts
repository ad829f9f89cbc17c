import {readFileSync} from "node:fs"
import {createRequire} from "node:module"
import {describe, expect, it} from "vitest"
import {countries, unshaped} from "../../web/countries.ts"

const {countries: made} = (await import(`${process.cwd()}/scripts/countries.js`)) as {countries: () => unknown[]}
const load = createRequire(import.meta.url)
const rows = JSON.parse(readFileSync("web/countries.json", "utf8")) as [string, string | null, string, string | null, number | null, number | null][]

describe("the map's countries", () => {
  it("are what scripts/countries.js makes of the knowledge tables", () => expect(rows).toEqual(made()))
  it("have a shape of Natural Earth each, but for a few specks", () => {
    const {objects} = load("world-atlas/countries-50m.json") as {objects: {countries: {geometries: {id?: string}[]}}}
    const drawn = new Set(objects.countries.geometries.map(({id}) => id))
    const missing = [...countries.values()].filter(({code, number}) => code !== "XKX" && !drawn.has(number ?? "")).map(({code}) => code)
    expect(missing.toSorted()).toEqual([...unshaped].toSorted())
  })
  it("have a capital within the world each", () => {
    const of = (wanted: string) => rows.find(([code]) => code === wanted)!
    expect(of("CHN").slice(2)).toEqual(["China", "Beijing", 116.397, 39.907])
    expect(of("BEL")[3]).toBe("Brussels")
    for (const [, , , , lon, lat] of rows) if (lon !== null) expect([Math.abs(lon) <= 180, Math.abs(lat!) <= 90]).toEqual([true, true])
    expect(rows.filter(([, , , capital]) => capital === null).length).toBeLessThan(10)
  })
})
