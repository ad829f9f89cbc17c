import {describe, expect, it} from "vitest"
import {deedsBetween, weighed} from "../../src/4-encode/decode.ts"
import type {Manifest} from "../../src/4-encode/manifest.ts"
import type {Outputs} from "../../src/4-encode/session.ts"

const types = ["ACCUSE", "CONSULT"]
const labels = {types, roles: ["actor", "recipient"], triggers: ["O", "B-ACCUSE", "B-CONSULT", "I"]} as unknown as Manifest["labels"]

/** Three words, "Kenya accused Uganda": the second a trigger, the first its actor, the third its recipient. */
const outputs = (() => {
  const trigger = new Float32Array(12)
  trigger.set([9, 0, 0, 0, 0, 9, 0, 0, 9, 0, 0, 0])
  const roles = new Float32Array(18).fill(-9)
  roles[0 * 9 + 3 + 0] = 9
  roles[1 * 9 + 3 + 2] = 9
  return {trigger: {data: trigger, width: 4}, roles: {data: roles, width: 3}} as unknown as Outputs
})()

const [kenya, uganda] = [
  {first: 0, last: 1},
  {first: 2, last: 3},
]

describe("deedsBetween", () => {
  it("finds the deed of the one to the other, and counts it half the other way round", () => {
    const [accused, consulted] = deedsBetween(outputs, [kenya, uganda], labels)
    expect(accused).toBeCloseTo(1, 1)
    expect(consulted).toBeCloseTo(0, 2)
    expect(deedsBetween(outputs, [uganda, kenya], labels)[0]).toBeCloseTo(0.5, 1)
  })
  it("finds none between a side and itself", () => expect(deedsBetween(outputs, [kenya, kenya], labels)[0]).toBeCloseTo(0, 2))
})

describe("weighed", () => {
  it("lets the sentence decide where the pair head wavers, and adds up to one", () => {
    const [accused, consulted] = weighed([0.45, 0.55], [0.9, 0.01])
    expect(accused).toBeGreaterThan(0.8)
    expect(accused! + consulted!).toBeCloseTo(1)
  })
})
