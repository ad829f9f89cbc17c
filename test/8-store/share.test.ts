import {existsSync, readFileSync} from "node:fs"
import {join} from "node:path"
import {describe, expect, it} from "vitest"
import {openStore} from "../../src/8-store/index.ts"
import {coded, coding, scratch} from "./coded.ts"

describe("a store opened several times", () => {
  it("is one store, and the others go on when its owner closes", async () => {
    const path = join(scratch(), "shared.duckdb")
    const [owner, second, third] = [await openStore(path, {make: true}), await openStore(path), await openStore(path)]
    expect(existsSync(`${path}.lock`)).toBe(true)
    await Promise.all([owner.add(coded({id: "a"}), coding), second.add(coded({id: "b"}), coding), third.add(coded({id: "c"}), coding)])
    await owner.close()
    const counts = await Promise.all([second.count({}, "mentions"), third.count({}, "mentions")])
    expect(counts.map(({count}) => count)).toEqual([3, 3])
    expect(await third.add(coded({id: "a"}), coding)).toMatchObject({outcome: "known"})
    await second.close()
    expect((await third.reports({})).rows).toHaveLength(3)
    await third.close()
    expect(existsSync(`${path}.lock`)).toBe(false)
  })

  it("forgets while others read", async () => {
    const path = join(scratch(), "forget.duckdb")
    const [owner, reader] = [await openStore(path, {make: true}), await openStore(path)]
    for (const id of ["a", "b", "c"]) await owner.add(coded({id}), coding)
    const counts = Promise.all(Array.from({length: 20}, () => reader.count({}, "mentions")))
    expect(await reader.forget({report: "b"})).toMatchObject({reports: 1})
    for (const {count} of await counts) expect([2, 3]).toContain(count)
    expect((await owner.reports({})).rows.map(({id}) => id)).toEqual(["c", "a"])
    await owner.close()
    expect((await reader.reports({})).rows.map(({id}) => id)).toEqual(["c", "a"])
    await reader.close()
  })

  it("tells the same errors from afar", async () => {
    const path = join(scratch(), "errors.duckdb")
    const [owner, other] = [await openStore(path, {make: true}), await openStore(path)]
    await expect(other.quotes({type: ["COERCE"]})).rejects.toMatchObject({name: "CoderError", code: "query-wrong"})
    await other.close()
    await owner.close()
  })

  it("is no other database, and no later store", async () => {
    const {openDuckDB} = await import("../../src/8-store/duckdb.ts")
    const folder = scratch()
    const foreign = await openDuckDB(join(folder, "foreign.duckdb"))
    await foreign.transaction(session => session.all("CREATE TABLE sales (n INTEGER)"))
    await foreign.close()
    await expect(openStore(join(folder, "foreign.duckdb"))).rejects.toMatchObject({code: "store-unreadable"})
    await (await openStore(join(folder, "later.duckdb"), {make: true})).close()
    const later = await openDuckDB(join(folder, "later.duckdb"))
    await later.transaction(session => session.all("UPDATE store SET version = 99"))
    await later.close()
    await expect(openStore(join(folder, "later.duckdb"))).rejects.toThrow("a later version of this program made it")
  })

  it("of version 1 is brought to the present one and answers", async () => {
    const {DuckDBInstance} = await import("@duckdb/node-api")
    const path = join(scratch(), "version-1.duckdb")
    const instance = await DuckDBInstance.create(path)
    const connection = await instance.connect()
    for (const statement of readFileSync("test/8-store/version-1.sql", "utf8").split(";\n")) if (statement.trim()) await connection.run(statement)
    connection.closeSync()
    instance.closeSync()
    const store = await openStore(path)
    const ids = async (query: Parameters<typeof store.events>[0]) => (await store.events(query)).rows.map(({id}) => id)
    expect(await ids({text: "élo sud", reportText: "fish no", actor: ["élodie åberg"], place: ["örebro"]})).toEqual(["r1/1"])
    expect(await ids({text: "lodie"})).toEqual([])
    expect((await store.quotes({text: "no"})).rows).toHaveLength(1)
    expect(await store.add(coded({id: "r2"}), coding)).toMatchObject({outcome: "added", report: 2})
    await store.close()
  })

  it("is brought to the present version", async () => {
    const {openDuckDB} = await import("../../src/8-store/duckdb.ts")
    const {migrate, schema} = await import("../../src/8-store/migrate.ts")
    const database = await openDuckDB(":memory:")
    await migrate(database, {tables: schema, steps: []})
    await migrate(database, {tables: schema, steps: ["ALTER TABLE reports ADD COLUMN licence VARCHAR", "ALTER TABLE reports ADD COLUMN colour VARCHAR"]})
    expect(await database.all("SELECT version FROM store")).toEqual([{version: 3}])
    expect(await database.all("SELECT licence, colour FROM reports")).toEqual([])
    await database.close()
  })
})
