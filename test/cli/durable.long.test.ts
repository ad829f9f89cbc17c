import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {scratch} from "../8-store/coded.ts"
import {addIn, addUnderFire, dump, fileOf, manyCoded} from "./adder.ts"

describe("a store's file", () => {
  it("holds what was acknowledged and nothing twice after 200 kills", async () => {
    const folder = scratch()
    const file = fileOf(folder, manyCoded(1000))
    await addIn(join(folder, "calm.duckdb"), file)
    const {hit, held} = await addUnderFire(join(folder, "killed.duckdb"), file, 1000, 220)
    expect(hit).toBeGreaterThanOrEqual(200)
    expect(held).toBe(await dump(join(folder, "calm.duckdb")))
  })
})
