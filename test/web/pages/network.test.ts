import {describe, expect, it} from "vitest"
import type {Group} from "../../../src/0-records/index.ts"
import {placed} from "../../../web/network.ts"

const dyad = (from: string, to: string, count = 1) => ({key: `${from} ${to}`, dyad: [from, to], count}) as unknown as Group
const places = (dyads: readonly Group[]) =>
  Object.fromEntries(
    placed(dyads)
      .mapNodes((node, {x, y}) => [node, [x, y]] as const)
      .toSorted(([one], [other]) => one.localeCompare(other)),
  )

describe("the network's layout", () => {
  const dyads = [dyad("CHN", "VEN", 9), dyad("VEN", "CHN", 2), dyad("USA", "VEN", 4), dyad("FJI", "NZL")]
  it("is the same every time", () => expect(places(dyads)).toEqual(places(dyads)))
  it("does not ask in which order dyads come", () => expect(Object.keys(places(dyads.toReversed()))).toEqual(["CHN", "FJI", "NZL", "USA", "VEN"]))
  it("puts those who deal with each other nearer than strangers", () => {
    const at = places(dyads)
    const far = (one: string, other: string) => Math.hypot(at[one]![0] - at[other]![0], at[one]![1] - at[other]![1])
    expect(far("CHN", "VEN")).toBeLessThan(far("CHN", "FJI"))
    expect(far("FJI", "NZL")).toBeLessThan(far("FJI", "USA"))
  })
  it("draws nobody a line to itself", () => expect(placed([dyad("CHN", "CHN")]).order).toBe(1))
})
