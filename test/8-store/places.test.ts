import {beforeAll, describe, expect, it} from "vitest"
import type {EventPlace} from "../../src/0-records/index.ts"
import type {Store} from "../../src/8-store/index.ts"
import {event} from "../9-export/rows.ts"
import {coded, storeWith} from "./coded.ts"

const at = (name: string, country: string | null, level: EventPlace["level"], lat: number | null = null, lon: number | null = null): EventPlace => ({
  ...{name, country, level, lat, lon, text: name},
  ...{start: 0, end: name.length},
})
const beijing = at("Beijing", "CHN", "city", 39.907, 116.397)
const suva = at("Suva", "FJI", "city", -18.142, 178.442)
const apia = at("Apia", "WSM", "city", -13.833, -171.767)

/** Where each event is, and whether it is conflict. */
const told: readonly (readonly [EventPlace | null, 1 | 4])[] = [
  [beijing, 1],
  [beijing, 4],
  [at("Kenya", "KEN", "country"), 4],
  [at("northern Kenya", "KEN", "region"), 1],
  [at("the Red Sea", null, "sea"), 4],
  [suva, 1],
  [apia, 1],
  [null, 1],
]

let store: Store
beforeAll(async () => {
  store = await storeWith(coded({}, {events: told.map(([place, quad], n) => event({id: `r1/${n + 1}`, event: `r1/${n + 1}`, place, quad, status: "actual"}))}))
})

describe("places", () => {
  it("are points only where a place is known to one, and whole countries otherwise", async () => {
    const {points, countries} = await store.places({})
    expect(points.map(({name, lat, lon, count, conflict}) => [name, lat, lon, count, conflict])).toEqual([
      ["Beijing", 39.907, 116.397, 2, 1],
      ["Apia", -13.833, -171.767, 1, 0],
      ["Suva", -18.142, 178.442, 1, 0],
    ])
    expect(countries).toEqual([{name: "KEN", country: "KEN", level: "country", lat: null, lon: null, count: 2, cooperation: 1, conflict: 1}])
  })

  it("add up to what is counted, with and without a limit", async () => {
    for (const limit of [1, 2000]) {
      const {points, countries, more, elsewhere, unplaced} = await store.places({}, {limit})
      expect([more, elsewhere, unplaced]).toEqual([limit === 1 ? 2 : 0, 1, 1])
      expect([...points, ...countries].reduce((sum, {count}) => sum + count, more + elsewhere + unplaced)).toBe((await store.count({}, "events")).count)
    }
  })

  it("are found within a box, which may cross the 180th meridian", async () => {
    const within = async (...box: readonly [number, number, number, number]) => (await store.events({box})).rows.map(({place}) => place!.name).toSorted()
    expect(await within(100, 30, 130, 45)).toEqual(["Beijing", "Beijing"])
    expect(await within(170, -30, -170, 0)).toEqual(["Apia", "Suva"])
    expect(await within(-10, -5, 10, 5)).toEqual([])
    expect((await store.places({box: [100, 30, 130, 45]})).countries).toEqual([])
  })
})
