import {expect, it} from "vitest"
import {isLandOf} from "../../src/5-resolve/lands.ts"

it("says which countries may be called after their region or their kind", () => {
  expect(isLandOf("West African nation", "GHA")).toBe(true)
  expect(isLandOf("West African nation", "KEN")).toBe(false)
  expect(isLandOf("Central African country", "TCD")).toBe(true)
  expect(isLandOf("island", "TWN")).toBe(true)
  expect(isLandOf("island", "CHN")).toBe(false)
  expect(isLandOf("Gulf kingdom", "SAU")).toBe(true)
  expect(isLandOf("Gulf kingdom", "OMN")).toBe(false)
  expect(isLandOf("southern African country", "ZAF")).toBe(true)
})

it("says nothing against a country where the words tell none", () => expect(isLandOf("troubled country", "CHN")).toBe(true))
