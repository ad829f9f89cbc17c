import {describe, expect, it} from "vitest"
import type {Group} from "../../src/0-records/index.ts"
import {flowLines, labelsOf, unrolled} from "../../web/map.ts"

const dyad = (from: string, to: string, count = 1, conflict = 0) => ({dyad: [from, to], count, cooperation: count - conflict, conflict}) as unknown as Group
const line = (from: string, to: string) => (flowLines([dyad(from, to)])[0]!.geometry as unknown as {coordinates: [number, number][]}).coordinates

describe("the map's flows", () => {
  it("run from capital to capital", () => {
    expect(line("CHN", "VEN")[0]).toEqual([116.397, 39.907])
    expect(line("USA", "VEN").at(-1)).toEqual([-66.879, 10.488])
  })
  it("lie apart, there and back", () => {
    const [there, back] = [line("USA", "VEN")[16]!, line("VEN", "USA")[16]!]
    expect(Math.abs(there[0] - back[0])).toBeGreaterThan(3)
  })
  it("cross the nearer ocean", () => {
    expect(line("CHN", "USA").at(-1)![0]).toBeCloseTo(-77.036 + 360)
    expect(Math.max(...line("CHN", "USA").map(([lon]) => lon))).toBeLessThan(300)
  })
  it("leave out whoever has no capital", () => expect(flowLines([dyad("CHN", "police"), dyad("ATA", "CHN")])).toEqual([]))
  it("tell more conflict than cooperation, and do not draw one event as thick as many", () => {
    const [one, many] = [flowLines([dyad("CHN", "USA", 1, 1)])[0]!.properties!, flowLines([dyad("CHN", "USA", 40)])[0]!.properties!]
    expect([one.isConflict, many.isConflict]).toEqual([true, false])
    expect(one.width).toBeLessThan(many.width / 2)
  })
})

describe("the map's names", () => {
  it("are those of the busiest first", () => {
    const beijing = {name: "Beijing", country: "CHN", level: "city", lat: 39.907, lon: 116.397, count: 9, cooperation: 9, conflict: 0} as const
    expect(labelsOf([beijing], [], [dyad("USA", "VEN", 4)]).map(({name}) => name)).toEqual(["Beijing", "United States", "Venezuela"])
  })
})

describe("a shape over the 180th meridian", () => {
  it("goes on beyond it", () => {
    const ring = [
      [179, 0],
      [-179, 0],
      [-179, 1],
      [179, 1],
      [179, 0],
    ]
    expect(unrolled({type: "Polygon", coordinates: [ring]})).toEqual({
      type: "Polygon",
      coordinates: [
        [
          [179, 0],
          [181, 0],
          [181, 1],
          [179, 1],
          [179, 0],
        ],
      ],
    })
  })
  it("is closed at the pole where it goes around the world", () => {
    const ring = [-180, -60, 60, 180].map(lon => [lon, -70])
    const around = [
      [-180, -70],
      [-60, -70],
      [60, -70],
      [170, -70],
      [-180, -70],
    ]
    const closed = unrolled({type: "Polygon", coordinates: [around]}) as unknown as {coordinates: number[][][]}
    expect(closed.coordinates[0]!.slice(-3)).toEqual([
      [180, -90],
      [-180, -90],
      [-180, -70],
    ])
    expect(unrolled({type: "Polygon", coordinates: [ring]})).toEqual({type: "Polygon", coordinates: [ring]})
  })
})
