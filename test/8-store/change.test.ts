import {existsSync} from "node:fs"
import {expect, it} from "vitest"
import {coded, coding, storeWith} from "./coded.ts"

it("forgets in a store in memory, which goes on and makes no file", async () => {
  const store = await storeWith(coded({id: "gone"}), coded({id: "kept"}))
  expect(await store.forget({report: "gone"})).toMatchObject({reports: 1, mentions: 1, quotes: 1})
  expect((await store.reports({})).rows.map(({id}) => id)).toEqual(["kept"])
  expect(await store.add(coded({id: "after"}), coding)).toMatchObject({outcome: "added"})
  await store.close()
  expect([":memory:", ":memory:.rewritten"].filter(existsSync)).toEqual([])
})
